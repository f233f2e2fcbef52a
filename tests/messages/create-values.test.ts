// Values of steps: Liquid that keeps types, and leaves out what it cannot fill in.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueVariables } from '#lib/engine/ports.ts';
import { createValues } from '#lib/messages/create-values.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';

const VARIABLES = {
  profile: { name: 'Ada', points: 7, tags: ['a', 'b'], member: true, gone: null, home: { city: 'Ulm' } },
  entry: { total: 49.9, day: '2026-03-27' },
  saved: { score: { value: 80 } },
  journey: { id: 'j', step: 's' },
  run: { id: 'r', round: 2 },
  customer: { id: 'c1' },
};
const fill = (written: Record<string, unknown>, variables: ValueVariables = VARIABLES) =>
  createValues('en').fill(written, variables);

describe('values', () => {
  it.each<readonly [unknown, unknown]>([
    ['{{ profile.points }}', 7],
    ['{{ profile.points | times: 2 }}', 14],
    ['{{ profile.tags }}', ['a', 'b']],
    ['{{ profile.member }}', true],
    ['{{ profile.home }}', { city: 'Ulm' }],
    ['{{ saved.score.value }}', 80],
    ['{{ run.round }}', 2],
    ['{{ profile.unknown | default: 0 }}', 0],
    ['Hello {{ profile.name }}', 'Hello Ada'],
    [' {{ profile.points }} ', 7],
    ['{{ profile.points }}{{ profile.points }}', '77'],
    ['{% if profile.member %}yes{% else %}no{% endif %}', 'yes'],
    ['{{ entry.total | money: "EUR" }}', '€49.90'],
    ['plain', 'plain'],
    [5, 5],
    [false, false],
    [
      ['{{ profile.name }}', 1],
      ['Ada', 1],
    ],
    [{ deep: { er: '{{ customer.id }}' } }, { deep: { er: 'c1' } }],
  ])('%j becomes %j', (written, value) => {
    expect(fill({ field: written })).toEqual({ values: { field: value }, missing: [] });
  });

  it.each<readonly [string, unknown, unknown, string[]]>([
    ['a missing value', '{{ profile.unknown }}', undefined, ['field']],
    ['null', '{{ profile.gone }}', undefined, ['field']],
    ['half a text', 'Hello {{ profile.unknown }}', undefined, ['field']],
    ['a filter that refuses', '{{ profile.name | money: "EUR" }}', undefined, ['field']],
    ['text that is no Liquid', '{{ profile.name', undefined, ['field']],
    ['one of a list', ['{{ profile.unknown }}', 'b'], ['b'], ['field.0']],
    ['one in an object', { a: '{{ profile.unknown }}', b: 1 }, { b: 1 }, ['field.a']],
  ])('%s is left out and named', (_, written, value, missing) => {
    const filled = fill({ field: written, other: 1 });
    expect(filled.values).toEqual(value === undefined ? { other: 1 } : { field: value, other: 1 });
    expect(filled.missing).toEqual(missing);
  });

  it('gives JSON and nothing else, changes nothing that it was given, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        const variables = { ...VARIABLES, entry: { value: structuredClone(value) } };
        const written = { a: '{{ entry.value }}', b: text, c: `{{ ${text} }}` };
        const filled = fill(written, variables);
        expect(JSON.stringify(JSON.parse(JSON.stringify(filled)))).toBe(JSON.stringify(filled));
        expect(JSON.stringify(variables.entry.value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a text reads', () => {
  it.each<readonly [string, unknown]>([
    ['plain', { variables: [], gives: 'itself' }],
    ['{{ profile.name }}', { variables: [['profile', 'name']], gives: 'variable' }],
    ['{{ profile.points | plus: 1 }}', { variables: [['profile', 'points']], gives: 'expression' }],
    ['Hello {{ profile.name }}', { variables: [['profile', 'name']], gives: 'text' }],
    ['{{ saved.score.value }}', { variables: [['saved', 'score', 'value']], gives: 'variable' }],
  ])('%s', (text, read) => {
    expect(readLiquid(text)).toEqual(read);
  });

  it.each(['{{ profile.name', '{% if %}x', '{{ profile.name | nonsense }}'])(
    '%s is told as no Liquid',
    (text) => {
      expect(readLiquid(text)).toHaveProperty('problem');
    },
  );
});
