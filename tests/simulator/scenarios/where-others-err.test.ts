// Moments and situations in which other journey engines are known to do something else than what is written. The inputs are
// those of published code that was run; what is wanted is the plain reading of the setting.
import { describe, expect, test } from 'vitest';
import { play } from './small-scenarios.ts';

const hello = { id: 'hello', type: 'send', message: 'reminder', channel: 'email' };

function journey(steps: readonly object[], change: object = {}): Readonly<Record<string, unknown>> {
  const cart = {
    name: 'Cart',
    stage: 'decision',
    status: 'live',
    entry: { event: 'Product Added', reentry: 'always' },
    delivery: { topic: 'promotions', quietHours: 'none' },
    steps,
    ...change,
  };
  return { cart };
}

function anna(timezone: string): object {
  return {
    id: 'anna',
    traits: { email: 'anna@example.com', timezone },
    consent: { promotions: ['email'] },
  };
}

const added = { at: '0 minutes', event: 'Product Added', properties: { cart_id: 'k1' } };

/** Nothing but time: a scenario waits no longer than a year by itself. */
const later = { at: '2031-01-01T00:00:00Z' };

/** When the letter goes out to a customer who enters at the instant. */
async function sentAt(
  start: string,
  zone: string,
  journeys: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const { actual } = await play({ start, customers: [anna(zone)], timeline: [added, later] }, journeys);
  return actual.flatMap(({ kind, at }) => (kind === 'sends' ? [at] : []));
}

describe('a local time in the days around a change of the clocks, and a weekday', () => {
  test.each([
    [
      '09:00 in New York on the day of spring',
      '2026-03-07T20:00:00Z',
      'America/New_York',
      { until: '09:00' },
      '2026-03-08T13:00:00.000Z',
    ],
    [
      '09:00 in London on the day of autumn',
      '2026-10-24T20:00:00Z',
      'Europe/London',
      { until: '09:00' },
      '2026-10-25T09:00:00.000Z',
    ],
    [
      'Monday 08:00 in Tokyo',
      '2026-01-06T03:00:00Z',
      'Asia/Tokyo',
      { until: '08:00', on: ['monday'] },
      '2026-01-11T23:00:00.000Z',
    ],
    [
      'Friday 20:00 in Los Angeles',
      '2026-01-06T03:00:00Z',
      'America/Los_Angeles',
      { until: '20:00', on: ['friday'] },
      '2026-01-10T04:00:00.000Z',
    ],
    [
      '09:00 when it is 09:20',
      '2026-01-06T14:20:00Z',
      'America/New_York',
      { until: '09:00' },
      '2026-01-07T14:00:00.000Z',
    ],
    [
      '09:00 when it is exactly 09:00',
      '2026-01-06T14:00:00Z',
      'America/New_York',
      { until: '09:00' },
      '2026-01-07T14:00:00.000Z',
    ],
    [
      'a date of years ahead',
      '2026-01-06T03:00:00Z',
      'UTC',
      { until: '2030-01-01T00:00:00Z' },
      '2030-01-01T00:00:00.000Z',
    ],
  ])('%s', async (_, start, zone, wait, expected) => {
    const journeys = journey([{ id: 'pause', type: 'wait', ...wait }, hello]);
    expect(await sentAt(start, zone, journeys)).toEqual([expected]);
  });
});

describe('hours that pass midnight', () => {
  const late = Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [
      day,
      '23:00-01:00',
    ]),
  );
  test.each([
    ['before them: when they begin', '2026-01-05T22:30:00Z', '2026-01-05T23:00:00.000Z'],
    ['inside them, before midnight: now', '2026-01-05T23:30:00Z', '2026-01-05T23:30:00.000Z'],
    ['inside them, after midnight: now', '2026-01-06T00:30:00Z', '2026-01-06T00:30:00.000Z'],
    ['at their end, which is outside: the next evening', '2026-01-06T01:00:00Z', '2026-01-06T23:00:00.000Z'],
  ])('%s', async (_, start, expected) => {
    const delivery = { topic: 'promotions', quietHours: 'none', windows: { email: late } };
    expect(await sentAt(start, 'UTC', journey([hello], { delivery }))).toEqual([expected]);
  });

  test('quiet hours from 22:00 to 06:00 are the night and not the day', async () => {
    const delivery = { topic: 'promotions', quietHours: { from: '22:00', to: '06:00' } };
    const journeys = journey([hello], { delivery });
    expect(await sentAt('2026-01-05T12:00:00Z', 'UTC', journeys)).toEqual(['2026-01-05T12:00:00.000Z']);
    expect(await sentAt('2026-01-05T23:00:00Z', 'UTC', journeys)).toEqual(['2026-01-06T06:00:00.000Z']);
  });
});

test('a date that nobody knows is past, and is not taken for now', async () => {
  const wait = { id: 'pause', type: 'wait', until: { date: 'profile.renewsOn' }, ifPast: 'exit' };
  const expected = [{ at: '0 minutes', exits: 'no date' }];
  const told = { customers: [anna('UTC')], timeline: [added], expect: expected, nothingElse: true };
  expect((await play(told, journey([wait, hello]))).passed).toBe(true);
});

test('an event that comes before the wait for it is not missed', async () => {
  const steps = [
    { id: 'pause', type: 'wait', for: '1 hour' },
    {
      id: 'looked',
      type: 'waitFor',
      within: '1 day',
      since: 'entry',
      events: [{ event: 'Cart Viewed' }],
      otherwise: [{ type: 'exit', reason: 'never looked' }],
    },
    hello,
  ];
  const timeline = [added, { at: '30 minutes', event: 'Cart Viewed' }];
  const expected = [{ at: '1 hour', sends: 'reminder' }, { completes: true }];
  expect((await play({ timeline, expect: expected, nothingElse: true }, journey(steps))).passed).toBe(true);
});

test('whoever cannot be written to goes on, and is not stuck', async () => {
  const timeline = [added, { at: '1 minute', withdraw: { promotions: 'all' } }];
  const steps = [
    { id: 'pause', type: 'wait', for: '1 hour' },
    hello,
    { id: 'later', type: 'wait', for: '1 day' },
  ];
  const expected = [
    { at: '1 hour', skips: 'reminder', reason: 'no consent' },
    { at: '25 hours', completes: true },
  ];
  expect((await play({ timeline, expect: expected, nothingElse: true }, journey(steps))).passed).toBe(true);
});

test('an event without its key is refused, and says so', async () => {
  const entry = { event: 'Product Added', key: 'event.cart_id' };
  const timeline = [{ at: '0 minutes', event: 'Product Added' }];
  const expected = [{ at: '0 minutes', refuses: true, reason: 'no key' }];
  expect((await play({ timeline, expect: expected }, journey([hello], { entry }))).passed).toBe(true);
});

const arm = (name: string): object => ({
  name,
  share: '10%',
  steps: [{ id: `wait-${name}`, type: 'wait', for: '1 hour' }],
});

test('who has been in an arm stays in it when they come again', async () => {
  const split = {
    id: 'draw',
    type: 'split',
    arms: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map(arm),
  };
  const timeline = [0, 1, 2, 3, 4].map((day) => ({ ...added, at: `${day * 24} hours` }));
  const { actual } = await play({ timeline }, journey([split]));
  const arms = actual.flatMap(({ kind, branch }) => (kind === 'takes' ? [branch] : []));
  expect(arms).toHaveLength(5);
  expect(new Set(arms).size).toBe(1);
});
