// Whatever is wrong with a journey is told once, at the right place, and hides nothing else.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changed, readJourneys } from './good-journey.ts';
import { MISTAKES_IN_ACTIONS, SOUND_ACTIONS } from './mistakes-in-actions.ts';
import { MISTAKES_IN_RULES } from './mistakes-in-rules.ts';
import { MISTAKES_IN_STEPS } from './mistakes-in-steps.ts';

const MISTAKES = [...MISTAKES_IN_RULES, ...MISTAKES_IN_STEPS, ...MISTAKES_IN_ACTIONS];
/** Told, and compiled all the same. */
const WARNINGS = new Set(['personal-data', 'saved-never-used']);

const pointersOf = (text: string): string[] =>
  readJourneys({ 'sample.json': text }).diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);

test('the good journey is good', () => {
  const { diagnostics, journeys } = readJourneys({ 'sample.json': changed({}) });
  expect(diagnostics).toEqual([]);
  expect(journeys.map(({ id, status }) => ({ id, status }))).toEqual([{ id: 'sample', status: 'live' }]);
});

describe('one mistake, one diagnostic', () => {
  test.each(MISTAKES)('%s', (_, values, code, pointer) => {
    expect(pointersOf(changed(values))).toEqual([`${code} ${pointer}`]);
  });
});

test('a journey with an error is not among those that can be compiled', () => {
  for (const [, values] of MISTAKES.filter(([, , code]) => !WARNINGS.has(code)))
    expect(readJourneys({ 'sample.json': changed(values) }).journeys).toHaveLength(0);
});

test('two mistakes in different places are told both', () => {
  const topics = MISTAKES.filter(([, , code]) => code === 'unknown-topic' || code === 'unknown-message');
  const shapes = MISTAKES.filter(([, values]) =>
    Object.keys(values).every((pointer) => pointer.startsWith('/goal')),
  );
  fc.assert(
    fc.property(fc.constantFrom(...topics), fc.constantFrom(...shapes), (first, second) => {
      const found = pointersOf(changed({ ...first[1], ...second[1] }));
      expect(found).toContain(`${first[2]} ${first[3]}`);
      expect(found).toContain(`${second[2]} ${second[3]}`);
    }),
  );
});

test.each(Object.entries(SOUND_ACTIONS))('nothing is said of %s', (_, steps) => {
  expect(pointersOf(changed({ '/steps': steps }))).toEqual([]);
});
