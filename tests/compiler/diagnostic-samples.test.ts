// Every diagnostic has a sample workspace with that mistake and no other, and a page that explains it with that very message.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DIAGNOSTICS, docsPage, type DiagnosticCode } from '#lib/compiler/diagnostics/registry.ts';
import { diagnosticsOf, expectedOf, sampleNames } from '../samples/read-sample.ts';

const ROOT = new URL('../../', import.meta.url);
const codes = Object.keys(DIAGNOSTICS).toSorted() as DiagnosticCode[];

test('every code has a sample, and every sample is of a code', () => {
  expect(sampleNames().toSorted()).toEqual(codes);
});

test('every code has a page, and every page is of a code', () => {
  const pages = readdirSync(new URL('docs/diagnostics/', ROOT)).filter((name) => name !== 'README.md');
  expect(pages.toSorted()).toEqual(codes.map((code) => `${code}.md`).toSorted());
  const overview = readFileSync(new URL('docs/diagnostics/README.md', ROOT), 'utf8');
  expect(codes.filter((code) => !overview.includes(`(${code}.md) | ${DIAGNOSTICS[code].title}`))).toEqual([]);
});

test('a mistake is told once: all samples but one give a single diagnostic', () => {
  const several = codes.filter((code) => expectedOf(code).length !== 1);
  expect(several).toEqual(['too-many-syntax-errors']);
});

describe.each(codes)('%s', (code) => {
  test('the sample gives exactly what is expected, at its place', async () => {
    const diagnostics = await diagnosticsOf(code);
    const told = diagnostics.map(({ code: is, file, line, column }) => ({ code: is, file, line, column }));
    expect(told).toEqual(expectedOf(code));
    expect(told.filter((one) => one.code === code)).toHaveLength(1);
  });

  test('the page says what it means, by the example of the sample, and how to mend it', async () => {
    const page = new URL(docsPage(code), ROOT);
    expect(existsSync(page)).toBe(true);
    const text = readFileSync(page, 'utf8');
    const { title, severity } = DIAGNOSTICS[code];
    expect(text.startsWith(`# ${code}: ${title}\n`)).toBe(true);
    expect(text).toContain(severity === 'error' ? '*Error.*' : '*Warning.*');
    expect(text).toContain('## How to mend it');
    const [told] = (await diagnosticsOf(code)).filter((one) => one.code === code);
    const hint = told?.hint === undefined ? '' : `>\n> ${told.hint}\n`;
    expect(text).toContain(`> ${told?.message}\n${hint}`);
  });
});
