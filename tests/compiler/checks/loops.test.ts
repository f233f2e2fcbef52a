// Loops that never end, loops without a wait, and how long the longest way through a journey is.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { describe, expect, test } from 'vitest';
import { changed, readJourneys } from './good-journey.ts';

const wait = (id: string, length = '1 day'): unknown => ({ id, type: 'wait', for: length });
const send = (id: string, more: object = {}): unknown => ({
  id,
  type: 'send',
  message: 'need-help',
  channel: 'email',
  ...more,
});
const goto = (step: string, atMost?: number): unknown => ({
  type: 'goto',
  step,
  ...(atMost !== undefined && { atMost }),
});
const branch = (id: string, then: readonly unknown[], otherwise: readonly unknown[] = []): unknown => ({
  id,
  type: 'branch',
  cases: [{ name: 'yes', when: { 'profile.age': 1 }, then }],
  otherwise,
});

/** What is said about a journey of these steps, whose exits and goal do not matter here. */
function told(steps: readonly unknown[], values: Readonly<Record<string, unknown>> = {}): string[] {
  const text = changed({ '/steps': steps, ...values });
  return readJourneys({ 'sample.json': text }).diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('without a bound', () => {
  test('a goto back', () => {
    expect(told([wait('a'), goto('a')])).toEqual(['loop-without-bound /steps/1']);
  });

  test('a goto forward is no loop', () => {
    expect(told([branch('ask', [goto('b')]), wait('a'), wait('b')])).toEqual([]);
  });

  test('out of the one arm into the other and back', () => {
    const steps = [branch('ask', [wait('a'), goto('b')], [wait('b'), goto('a')])];
    expect(told(steps)).toEqual([
      'loop-without-bound /steps/0/cases/0/then/1',
      'loop-without-bound /steps/0/otherwise/1',
    ]);
  });

  test('a goto with a bound inside does not save the loop around it: used up, it is passed over', () => {
    expect(told([wait('a'), goto('a', 2), wait('b'), goto('a')])).toEqual(['loop-without-bound /steps/3']);
  });

  test('the goto that leads back needs the bound, the one forward does not', () => {
    expect(told([branch('ask', [wait('a'), goto('b')], [wait('b'), goto('a', 3)])])).toEqual([]);
    expect(told([branch('ask', [wait('a'), goto('b', 3)], [wait('b'), goto('a')])])).toEqual([
      'loop-without-bound /steps/0/otherwise/1',
    ]);
  });

  test('a goto back that no way leads to again is no loop', () => {
    expect(told([branch('ask', [wait('a')], [wait('b'), goto('a')])])).toEqual([]);
  });
});

describe('without a wait', () => {
  test('a loop of sends', () => {
    expect(told([send('a'), goto('a', 2)])).toEqual(['loop-without-wait /steps/1']);
  });

  test('one arm without a wait is enough', () => {
    expect(told([branch('ask', [wait('a')]), goto('ask', 2)])).toEqual(['loop-without-wait /steps/1']);
    expect(told([branch('ask', [wait('a')], [wait('b')]), goto('ask', 2)])).toEqual([]);
  });

  test('a wait for events is a wait', () => {
    const events = [{ event: 'Cart Viewed', anyKey: true }];
    expect(told([{ id: 'a', type: 'waitFor', within: '1 day', events }, goto('a', 2)])).toEqual([]);
  });
});

describe('how long a run lasts', () => {
  test('has no limit: it goes on in a new execution', () => {
    expect(told([wait('a', '10 years')])).toEqual([]);
    expect(told([wait('a', '1 hour'), send('b'), goto('a', 10_000)])).toEqual([]);
  });

  test('a loop that never ends is told all the same', () => {
    expect(told([wait('a', '300 days'), wait('b', '300 days'), goto('a')])).toEqual([
      'loop-without-bound /steps/2',
    ]);
  });
});

describe('unreachable', () => {
  const exit = { type: 'exit' };

  test('the first of several in a row is told', () => {
    expect(told([exit, wait('a'), wait('b')])).toEqual(['unreachable-step /steps/1']);
  });

  test('a branch of which all arms leave', () => {
    expect(told([branch('ask', [exit], [exit]), wait('a')])).toEqual(['unreachable-step /steps/1']);
    expect(told([branch('ask', [exit]), wait('a')])).toEqual([]);
  });

  test('behind an exit, but the target of a goto', () => {
    expect(told([branch('ask', [goto('b')]), exit, wait('b')])).toEqual([]);
  });
});
