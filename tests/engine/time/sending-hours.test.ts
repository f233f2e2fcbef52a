// Quiet hours, windows and closed days: when they hold, when they end, and what the change of the clocks does to them.
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { closedUntil, type SendingHours } from '#lib/engine/time/sending-hours.ts';
import type { DailyWindow, WEEKDAYS } from '#lib/contracts/calendar.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, someInstants, someTimes, someZones } from './instants.ts';

const NIGHT = { from: '22:00', to: '08:00' };
const NEW_YORK = 'America/New_York';

const quietUntilAll = (instant: Instant, quiet: DailyWindow, zones: readonly [string, ...string[]]) =>
  closedUntil(instant, { quiet }, zones)?.until as Instant | undefined;
const quietUntil = (instant: Instant, quiet: DailyWindow, zone: string) =>
  quietUntilAll(instant, quiet, [zone]);

describe('quiet hours of one zone', () => {
  test.each([
    ['a second before the start', '2026-01-05T21:59:59-05:00', NIGHT, undefined],
    ['at the start', '2026-01-05T22:00-05:00', NIGHT, '2026-01-06T08:00-05:00'],
    ['before midnight', '2026-01-05T23:30-05:00', NIGHT, '2026-01-06T08:00-05:00'],
    ['after midnight', '2026-01-06T00:30-05:00', NIGHT, '2026-01-06T08:00-05:00'],
    ['a millisecond before the end', '2026-01-06T07:59:59.999-05:00', NIGHT, '2026-01-06T08:00-05:00'],
    ['at the end', '2026-01-06T08:00-05:00', NIGHT, undefined],
    [
      'a window inside one day',
      '2026-01-06T12:30-05:00',
      { from: '12:00', to: '13:00' },
      '2026-01-06T13:00-05:00',
    ],
    ['up to midnight', '2026-01-06T23:00-05:00', { from: '22:00', to: '00:00' }, '2026-01-07T00:00-05:00'],
    ['from midnight', '2026-01-06T00:00-05:00', { from: '00:00', to: '06:00' }, '2026-01-06T06:00-05:00'],
    ['over the change to summer time', '2026-03-07T23:00-05:00', NIGHT, '2026-03-08T08:00-04:00'],
    ['over the change to winter time', '2026-10-31T23:00-04:00', NIGHT, '2026-11-01T08:00-05:00'],
    ['an end in the gap', '2026-03-08T01:00-05:00', { from: '22:00', to: '02:30' }, '2026-03-08T03:00-04:00'],
    [
      'a start in the gap',
      '2026-03-08T03:00-04:00',
      { from: '02:30', to: '04:00' },
      '2026-03-08T04:00-04:00',
    ],
    ['wholly in the gap', '2026-03-08T03:00-04:00', { from: '02:15', to: '02:45' }, undefined],
    [
      'the first reading of a repeated hour',
      '2026-11-01T01:00-04:00',
      { from: '22:00', to: '01:30' },
      '2026-11-01T01:30-04:00',
    ],
    ['between the two', '2026-11-01T01:45-04:00', { from: '22:00', to: '01:30' }, undefined],
    [
      'the second reading',
      '2026-11-01T01:00-05:00',
      { from: '22:00', to: '01:30' },
      '2026-11-01T01:30-05:00',
    ],
    [
      'an end at the moment of the repeat',
      '2026-11-01T01:30-04:00',
      { from: '22:00', to: '02:00' },
      '2026-11-01T02:00-05:00',
    ],
  ])('%s', (_what, instant, window, end) => {
    expect(quietUntil(at(instant), window, NEW_YORK)).toBe(end === undefined ? undefined : at(end));
  });

  test('a window that passes midnight is open for the rest of the day', () => {
    const open = { from: '01:00', to: '23:00' };
    expect(quietUntil(at('2026-01-05T23:30Z'), open, 'UTC')).toBeUndefined();
    expect(quietUntil(at('2026-01-06T00:30Z'), open, 'UTC')).toBeUndefined();
    expect(quietUntil(at('2026-01-06T01:00Z'), open, 'UTC')).toBe(at('2026-01-06T23:00Z'));
  });

  test('of a whole day they never end', () => {
    const quiet = { from: '08:00', to: '08:00' };
    expect(closedUntil(at('2026-01-06T01:00Z'), { quiet }, [NEW_YORK])).toEqual({
      reason: 'quiet hours',
      until: 'never',
    });
  });

  test('at its end it is quiet no more, and a millisecond before it is', () => {
    fc.assert(
      fc.property(someInstants, someTimes, someTimes, someZones, (instant, from, to, zone) => {
        fc.pre(from !== to);
        const end = quietUntil(instant, { from, to }, zone);
        if (end === undefined) return;
        expect(end > instant).toBe(true);
        expect(quietUntil(end, { from, to }, zone)).toBeUndefined();
        expect(quietUntil(addMillis(end, -1), { from, to }, zone)).toBe(end);
      }),
      { numRuns: 1000 },
    );
  });

  test('it is quiet now or in the opposite window, never in both', () => {
    fc.assert(
      fc.property(someInstants, someTimes, someTimes, someZones, (instant, from, to, zone) => {
        fc.pre(from !== to);
        const quiet = quietUntil(instant, { from, to }, zone) !== undefined;
        expect(quietUntil(instant, { from: to, to: from }, zone) !== undefined).toBe(!quiet);
      }),
    );
  });
});

describe('quiet hours of several zones', () => {
  test('waits for the last of the zones', () => {
    const evening = at('2026-01-05T22:30-05:00');
    expect(quietUntilAll(evening, NIGHT, [NEW_YORK, 'America/Los_Angeles'])).toBe(
      at('2026-01-06T08:00-08:00'),
    );
    expect(quietUntilAll(evening, NIGHT, ['America/Los_Angeles', NEW_YORK])).toBe(
      at('2026-01-06T08:00-08:00'),
    );
  });

  test('quiet in one zone is quiet', () => {
    const afternoon = at('2026-01-05T15:00-05:00');
    expect(quietUntilAll(afternoon, NIGHT, [NEW_YORK, 'America/Los_Angeles'])).toBeUndefined();
    expect(quietUntilAll(afternoon, NIGHT, [NEW_YORK, 'Asia/Tokyo'])).toBe(at('2026-01-06T08:00+09:00'));
    expect(quietUntilAll(afternoon, NIGHT, [NEW_YORK])).toBeUndefined();
  });

  test('goes on where one zone turns quiet before the other opens', () => {
    const long = { from: '18:00', to: '10:00' };
    expect(quietUntilAll(at('2026-01-06T05:00Z'), long, ['Europe/London', NEW_YORK])).toBe(
      at('2026-01-06T15:00Z'),
    );
  });

  test('without a common hour the first zone decides alone', () => {
    const long = { from: '20:00', to: '12:00' };
    expect(quietUntilAll(at('2026-01-06T05:00Z'), long, ['UTC', 'Asia/Bangkok', NEW_YORK])).toBe(
      at('2026-01-06T12:00Z'),
    );
  });

  test('its end is quiet in no zone', () => {
    fc.assert(
      fc.property(someInstants, someZones, someZones, (instant, first, second) => {
        const end = quietUntilAll(instant, NIGHT, [first, second]);
        const quietNow = [first, second].some((zone) => quietUntil(instant, NIGHT, zone) !== undefined);
        expect(end !== undefined).toBe(quietNow);
        for (const zone of [first, second]) expect(quietUntil(end ?? instant, NIGHT, zone)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });
});

const OFFICE = {
  on: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  from: '09:00',
  to: '18:00',
} as const;
const BERLIN = 'Europe/Berlin';

describe('windows and closed days', () => {
  // 2026-03-02 is a monday; the clocks in Berlin go forward on sunday, 29 March, at 02:00.
  test.each<[string, string, SendingHours, string | undefined]>([
    ['open at the start', '2026-03-02T09:00+01:00', { windows: [windowOf(OFFICE)] }, undefined],
    [
      'closed a millisecond before',
      '2026-03-02T08:59:59.999+01:00',
      { windows: [windowOf(OFFICE)] },
      '2026-03-02T09:00+01:00',
    ],
    [
      'open a millisecond before the end',
      '2026-03-02T17:59:59.999+01:00',
      { windows: [windowOf(OFFICE)] },
      undefined,
    ],
    [
      'closed at the end',
      '2026-03-02T18:00+01:00',
      { windows: [windowOf(OFFICE)] },
      '2026-03-03T09:00+01:00',
    ],
    ['over the weekend', '2026-03-06T18:00+01:00', { windows: [windowOf(OFFICE)] }, '2026-03-09T09:00+01:00'],
    [
      'over the weekend of the change',
      '2026-03-27T18:00+01:00',
      { windows: [windowOf(OFFICE)] },
      '2026-03-30T09:00+02:00',
    ],
    [
      'between two windows of one day',
      '2026-03-07T12:30+01:00',
      {
        windows: [
          { on: ['saturday'], from: '10:00', to: '12:00' },
          { on: ['saturday'], from: '14:00', to: '16:00' },
        ],
      },
      '2026-03-07T14:00+01:00',
    ],
    [
      'past midnight it belongs to the day before',
      '2026-03-07T00:30+01:00',
      { windows: [{ on: ['friday'], from: '22:00', to: '01:00' }] },
      undefined,
    ],
    [
      'and not to the next',
      '2026-03-08T00:30+01:00',
      { windows: [{ on: ['friday'], from: '22:00', to: '01:00' }] },
      '2026-03-13T22:00+01:00',
    ],
    [
      'from sunday into monday',
      '2026-03-09T00:59+01:00',
      { windows: [{ on: ['sunday'], from: '22:00', to: '01:00' }] },
      undefined,
    ],
    [
      'the whole day',
      '2026-03-07T23:59+01:00',
      { windows: [{ on: ['saturday'], from: '00:00', to: '00:00' }] },
      undefined,
    ],
    [
      'a window in the gap does not open that day',
      '2026-03-28T03:00+01:00',
      { windows: [{ on: ['saturday', 'sunday'], from: '02:00', to: '03:00' }] },
      '2026-04-04T02:00+02:00',
    ],
    [
      'a closed day',
      '2026-12-25T12:00+01:00',
      { closed: [{ from: '2026-12-25', to: '2026-12-25' }] },
      '2026-12-26T00:00+01:00',
    ],
    [
      'its first instant',
      '2026-12-25T00:00+01:00',
      { closed: [{ from: '2026-12-25', to: '2026-12-25' }] },
      '2026-12-26T00:00+01:00',
    ],
    [
      'the instant before it',
      '2026-12-24T23:59:59.999+01:00',
      { closed: [{ from: '2026-12-25', to: '2026-12-25' }] },
      undefined,
    ],
    [
      'several that follow each other',
      '2026-12-24T12:00+01:00',
      {
        closed: [
          { from: '2026-12-25', to: '2026-12-27' },
          { from: '2026-12-24', to: '2026-12-24' },
        ],
      },
      '2026-12-28T00:00+01:00',
    ],
    [
      'all three: the first instant that fulfils them all',
      '2026-12-24T20:00+01:00',
      {
        closed: [{ from: '2026-12-25', to: '2026-12-26' }],
        windows: [windowOf({ ...OFFICE, from: '07:00' })],
        quiet: { from: '21:00', to: '08:00' },
      },
      '2026-12-28T08:00+01:00',
    ],
  ])('%s', (_what, instant, hours, opens) => {
    const until = closedUntil(at(instant), hours, [BERLIN])?.until;
    expect(until).toBe(opens === undefined ? undefined : at(opens));
  });

  test('say which of them holds', () => {
    const hours = {
      closed: [{ from: '2026-03-03', to: '2026-03-03' }],
      windows: [windowOf(OFFICE)],
      quiet: { from: '12:00', to: '13:00' },
    };
    const reasons = ['2026-03-03T12:30+01:00', '2026-03-02T08:30+01:00', '2026-03-02T12:30+01:00'].map(
      (instant) => closedUntil(at(instant), hours, [BERLIN])?.reason,
    );
    expect(reasons).toEqual(['closed day', 'outside the windows', 'quiet hours']);
  });

  test('of two zones wait for both; a day that is closed in one of them is closed', () => {
    const office = { windows: [windowOf(OFFICE)] };
    expect(closedUntil(at('2026-03-02T09:00+01:00'), office, [BERLIN, NEW_YORK])?.until).toBe(
      at('2026-03-02T09:00-05:00'),
    );
    const closed = { closed: [{ from: '2026-03-03', to: '2026-03-03' }] };
    expect(closedUntil(at('2026-03-02T20:00-05:00'), closed, [NEW_YORK, BERLIN])?.until).toBe(
      at('2026-03-04T00:00-05:00'),
    );
  });

  test('without an opening, never', () => {
    const never = {
      windows: [{ on: ['monday' as const], from: '22:00', to: '23:00' }],
      quiet: { from: '21:00', to: '08:00' },
    };
    expect(closedUntil(at('2026-03-02T20:00+01:00'), never, [BERLIN, 'UTC'])?.until).toBe('never');
  });
});

function windowOf({ on, from, to }: { on: readonly string[]; from: string; to: string }) {
  return { on: [...on] as (typeof WEEKDAYS)[number][], from, to };
}
