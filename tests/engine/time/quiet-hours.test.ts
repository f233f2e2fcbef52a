// Quiet hours: when they hold, when they end, and what the change of the clocks does to them.
import { addMillis } from '#lib/contracts/time.ts';
import { neverOpens, quietUntil, quietUntilAll } from '#lib/engine/time/quiet-hours.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, someInstants, someTimes, someZones } from './instants.ts';

const NIGHT = { from: '22:00', to: '08:00' };
const NEW_YORK = 'America/New_York';

describe('quietUntil', () => {
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

  test('a window of a whole day never opens: a predicate for the check, a fault for the engine', () => {
    expect(neverOpens({ from: '08:00', to: '08:00' })).toBe(true);
    expect(neverOpens(NIGHT)).toBe(false);
    expect(() => quietUntil(at('2026-01-06T01:00Z'), { from: '08:00', to: '08:00' }, 'UTC')).toThrow(
      RangeError,
    );
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

describe('quietUntilAll', () => {
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
