// What marketers get wrong, one file each: tests/samples/typical-mistakes. Each gives exactly the diagnostic that its first line names, at its place.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGNOSTICS } from '#lib/compiler/diagnostics/registry.ts';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';

const FOLDER = new URL('../samples/typical-mistakes/', import.meta.url);
const GOOD = 'good-journey.jsonc';
const settings = { path: 'settings.json', text: read('settings.json') };
const messages = (['hello', 'offer'] as const).map((id) => ({
  id,
  hash: id,
  channels: ['email', 'sms'] as const,
  locales: ['en'],
  file: `messages/${id}/message.json`,
}));

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

function told(name: string) {
  const journeys = [{ path: `journeys/${name}`, text: read(name) }];
  return readWorkspace({ settings, journeys, messages, readLiquid }).diagnostics;
}

/** `// unknown-event 8:14: Did you mean "Product Added"?`: code, place, and a part of the message or hint. */
function expected(name: string): { readonly code: string; readonly place: string; readonly says: string } {
  const [line = ''] = read(name).split('\n');
  const [, code = '', place = '', says = ''] = /^\/\/ ([a-z0-9-]+) (\d+:\d+): (.+)$/.exec(line) ?? [];
  return { code, place, says };
}

const mistakes = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonc') && name !== GOOD);

it('the journey without a mistake has none', () => {
  expect(told(GOOD)).toEqual([]);
});

it('there are at least eighty mistakes, and their kinds are known', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(80);
  expect(mistakes.filter((name) => !Object.hasOwn(DIAGNOSTICS, expected(name).code))).toEqual([]);
});

describe('one mistake, one diagnostic', () => {
  it.each(mistakes)('%s', (name) => {
    const { code, place, says } = expected(name);
    const diagnostics = told(name);
    expect(diagnostics.map((one) => `${one.code} ${one.line}:${one.column}`)).toEqual([`${code} ${place}`]);
    expect(`${diagnostics[0]?.message} ${diagnostics[0]?.hint ?? ''}`).toContain(says);
  });
});
