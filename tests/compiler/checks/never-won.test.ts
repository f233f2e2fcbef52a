// What is written and could be left out: arms of a waitFor that never win, time zones that decide nothing.
import { describe, expect, test } from 'vitest';
import { changed, readJourneys } from './good-journey.ts';

function told(steps: readonly unknown[]): string[] {
  const text = changed({ '/steps': steps });
  return readJourneys({ 'sample.json': text }).diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
}

const anyOf = (...events: readonly object[]): unknown => ({
  id: 'a',
  type: 'waitFor',
  within: '2 hours',
  events: events.map((each) => ({ event: 'Cart Viewed', anyKey: true, ...each })),
});

describe('two arms with one event', () => {
  test('the second wins where the first does not want every one', () => {
    expect(told([anyOf({ where: { 'profile.age': 3 } }, {})])).toEqual([]);
    expect(told([anyOf({ where: { 'profile.age': 3 } }, { where: { 'profile.age': 4 } })])).toEqual([]);
  });

  test('another event does not take it', () => {
    expect(told([anyOf({}, { event: 'Order Completed' })])).toEqual([]);
  });

  test('where the first wants every one, no later one wins', () => {
    expect(told([anyOf({}, { where: { 'profile.age': 3 } }, {})])).toEqual([
      'case-never-taken /steps/0/events/1/event',
      'case-never-taken /steps/0/events/2/event',
    ]);
  });
});

describe('a time zone', () => {
  const timezone = 'Europe/Paris';
  const wait = (fields: object): unknown => ({ id: 'a', type: 'wait', timezone, ...fields });
  const waitFor = (fields: object): unknown => ({
    id: 'a',
    type: 'waitFor',
    timezone,
    events: [{ event: 'Cart Viewed', anyKey: true }],
    ...fields,
  });

  test.each([
    wait({ for: '90 minutes' }),
    wait({ for: '24 hours' }),
    wait({ for: 'PT2H' }),
    waitFor({ within: '2 hours' }),
    waitFor({ within: '2 hours', since: '1 day' }),
  ])('of an exact wait decides nothing: %j', (step) => {
    expect(told([step])).toEqual(['without-effect /steps/0/timezone']);
  });

  test.each([
    wait({ for: '1 day' }),
    wait({ for: 'P1DT2H' }),
    wait({ until: '09:00' }),
    wait({ for: '2 hours', until: '09:00' }),
    wait({ for: '2 hours', on: ['weekdays'] }),
    waitFor({ within: '1 day' }),
    waitFor({ until: '09:00' }),
  ])('decides where there are days or times of day: %j', (step) => {
    expect(told([step])).toEqual([]);
  });
});
