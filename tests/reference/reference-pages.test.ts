// The reference is made from the schemas: the committed pages say what the files may hold today, and nothing is left unexplained.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import { editorSchema } from '#lib/journey/editor-schema.ts';
import { entrySchema } from '#lib/journey/entry.ts';
import { journeySchema } from '#lib/journey/journey.ts';
import { stepSchema } from '#lib/journey/steps/step.ts';
import type { Schema } from '../../scripts/generate-reference/schema-text.ts';
import { OPERATOR_NAMES } from '#lib/journey/conditions/operators.ts';
import { DIAGNOSTICS } from '#lib/compiler/diagnostics/registry.ts';
import { ROOTS } from '#lib/messages/liquid.ts';
import { referencePages } from '../../scripts/generate-reference/pages.ts';
import { VARIABLES } from '../../scripts/generate-reference/variables.ts';

const FOLDER = new URL('../../docs/reference/', import.meta.url);
const pages = await referencePages();

function textOf(name: string): string {
  return pages.find((page) => page.name === `${name}.md`)?.text ?? '';
}

/** What zod makes is a JSON Schema. */
function definition(schema: Readonly<Record<string, unknown>>): Schema {
  return schema;
}

function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'));
}

describe('the committed pages', () => {
  it.each(pages.map(({ name, text }) => ({ name, text })))(
    '$name is up to date (else: node scripts/generate-reference.ts)',
    ({ name, text }) => {
      expect(readFileSync(new URL(name, FOLDER), 'utf8')).toBe(text);
    },
  );

  it('there are no others', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(pages.map(({ name }) => name).toSorted());
  });

  it('links lead to pages and headings that there are', () => {
    const anchors = new Set(
      pages.flatMap(({ name, text }) => [name, ...headings(text).map((one) => `${name}#${one}`)]),
    );
    const links = pages.flatMap(({ name, text }) =>
      [...text.matchAll(/\]\(([a-z-]*\.md)?(#[a-z-]+)?\)/gi)].map(
        ([, file = name, anchor = '']) => `${file}${anchor}`,
      ),
    );
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !anchors.has(link))).toEqual([]);
  });
});

describe('examples are right', () => {
  const { $defs = {}, properties = {} } = definition(editorSchema(journeySchema));

  it('of steps', () => {
    const examples = Object.values($defs).flatMap((kind) =>
      kind.properties?.['type'] === undefined ? [] : (kind.examples ?? []),
    );
    expect(examples.length).toBeGreaterThan(11);
    for (const example of examples) expect(stepSchema.safeParse(example).error?.issues).toBeUndefined();
  });

  it('of entries', () => {
    const examples = (properties['entry']?.anyOf ?? []).flatMap((form) => form.examples ?? []);
    expect(examples.length).toBeGreaterThan(7);
    for (const example of examples) expect(entrySchema.safeParse(example).error?.issues).toBeUndefined();
  });

  it('of conditions', () => {
    const { anyOf = [], examples: common = [] } = $defs['condition'] ?? {};
    const examples = [...common, ...anyOf.flatMap((form) => form.examples ?? [])];
    expect(examples.length).toBeGreaterThan(12);
    for (const example of examples) expect(parseCondition(example)).toHaveProperty('condition');
  });
});

describe('everything is explained', () => {
  it('every field has a meaning', () => {
    const rows = pages.flatMap(({ name, text }) =>
      [...text.matchAll(/^\| `.*\|$/gm)].map(([row]) => `${name}: ${row}`),
    );
    expect(rows.length).toBeGreaterThan(200);
    expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
  });

  it('every operator, variable and diagnostic', () => {
    for (const name of OPERATOR_NAMES) expect(textOf('conditions')).toContain(`| \`${name}\` |`);
    expect(VARIABLES.map(({ name }) => name).toSorted()).toEqual([...ROOTS].toSorted());
    for (const code of Object.keys(DIAGNOSTICS))
      expect(textOf('diagnostics')).toContain(`](../diagnostics/${code}.md)`);
  });
});
