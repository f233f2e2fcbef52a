// Whatever a file of tests holds, it gives diagnostics with their places, or scenarios that can be played.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScenarios, scenario } from './small-scenarios.ts';

const codes = async (change: Readonly<Record<string, unknown>>): Promise<string[]> => {
  const file = { journey: 'cart', scenarios: [scenario({ expect: [{ enters: true }], ...change })] };
  return (await readScenarios(file)).diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
};

describe('mistakes', () => {
  test.each([
    ['a start that counts from nothing', { start: '2 hours' }, 'invalid-value /scenarios/0/start'],
    [
      'two things in one entry',
      { timeline: [{ at: '1 hour', event: 'Cart Viewed', traits: {} }] },
      'invalid-value /scenarios/0/timeline/0/traits',
    ],
    [
      'a field of another kind',
      { timeline: [{ at: '1 hour', event: 'Cart Viewed', send: 'remind' }] },
      'invalid-value /scenarios/0/timeline/0/send',
    ],
    [
      'a customer to whom nothing happens',
      { timeline: [{ at: '1 hour', customer: 'anna' }] },
      'invalid-value /scenarios/0/timeline/0',
    ],
    ['an expectation of nothing', { expect: [{ at: '1 hour' }] }, 'invalid-value /scenarios/0/expect/0'],
    [
      'a misspelt field',
      { timeline: [{ at: '1 hour', evnt: 'Cart Viewed' }] },
      'unknown-field /scenarios/0/timeline/0/evnt',
    ],
    [
      'an event that there is not',
      { timeline: [{ at: '1 hour', event: 'Cart Seen' }] },
      'unknown-event /scenarios/0/timeline/0/event',
    ],
    [
      'a property that there is not',
      { timeline: [{ at: '1 hour', event: 'Cart Viewed', properties: { prise: 1 } }] },
      'unknown-property /scenarios/0/timeline/0/properties/prise',
    ],
    [
      'a trait that there is not',
      { timeline: [{ at: '1 hour', traits: { fristName: 'A' } }] },
      'unknown-trait /scenarios/0/timeline/0/traits/fristName',
    ],
    [
      'a topic that there is not',
      { timeline: [{ at: '1 hour', consent: { promo: 'all' } }] },
      'unknown-topic /scenarios/0/timeline/0/consent/promo',
    ],
    [
      'a report on a wait',
      { timeline: [{ at: '1 hour', report: 'opened', send: 'give-time' }] },
      'not-a-send /scenarios/0/timeline/0/send',
    ],
    [
      'a message that there is not',
      { expect: [{ sends: 'remindr' }] },
      'unknown-message /scenarios/0/expect/0/sends',
    ],
    ['a journey that there is not', { with: ['welcom'] }, 'unknown-journey /scenarios/0/with/0'],
    [
      'a function that there is not',
      { answers: [{ function: 'score' }] },
      'unknown-function /scenarios/0/answers/0/function',
    ],
    [
      'a segment that there is not',
      { expect: [{ joins: 'vip' }] },
      'unknown-segment /scenarios/0/expect/0/joins',
    ],
  ])('%s', async (_, change, expected) => {
    expect(await codes(change)).toEqual([expected]);
  });

  test('a scenario with errors is not played, the others are', async () => {
    const good = scenario({ name: 'good', expect: [{ enters: true }] });
    const bad = scenario({ name: 'bad', expect: [{ sends: 'nothing' }] });
    const { scenarios } = await readScenarios({ journey: 'cart', scenarios: [bad, good] });
    expect(scenarios.map((one) => one.scenario.name)).toEqual(['good']);
  });
});

test('a good file with anything anywhere in it never throws', async () => {
  const good = {
    journey: 'cart',
    scenarios: [scenario({ expect: [{ at: '1 hour', sends: 'reminder' }], nothingElse: true })],
  };
  const pointers = [...pointersIn(good, [])];
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('1 day', 'anna', [], {}, { at: '1 hour' }, true, -1, '2026-03-29 02:30'),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...pointers), anything, async (path, value) => {
      fc.pre(!JSON.stringify(value).includes('__proto__'));
      const { scenarios, player, diagnostics } = await readScenarios(put(good, path, value));
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(scenarios.length > 0 || errors.length > 0).toBe(true);
      for (const placed of scenarios) await player.play(placed);
    }),
    { numRuns: 60 },
  );
});

function* pointersIn(
  value: unknown,
  path: readonly (string | number)[],
): Generator<readonly (string | number)[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    yield here;
    yield* pointersIn(part, here);
  }
}

function put(value: unknown, [part, ...rest]: readonly (string | number)[], other: unknown): unknown {
  if (part === undefined) return other;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === part ? put(each, rest, other) : each));
  const holder = value as Record<string, unknown>;
  return { ...holder, [part]: put(holder[part], rest, other) };
}
