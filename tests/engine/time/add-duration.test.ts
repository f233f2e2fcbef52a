// Durations on the calendar of a zone.
import { parseDuration } from '#lib/contracts/duration.ts';
import type { Duration } from '#lib/contracts/duration.ts';
import { addDuration, subtractDuration } from '#lib/engine/time/add-duration.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, endsGap, shown, someInstants, someZones } from './instants.ts';

function duration(text: string): Duration {
  const parsed = parseDuration(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

describe('addDuration', () => {
  test.each([
    [
      'a day keeps the time of day',
      '2026-03-07T09:00-05:00',
      '1 day',
      'America/New_York',
      '2026-03-08T09:00-04:00',
    ],
    ['24 hours do not', '2026-03-07T09:00-05:00', '24 hours', 'America/New_York', '2026-03-08T10:00-04:00'],
    [
      'a day into the gap',
      '2026-03-07T02:30:15-05:00',
      '1 day',
      'America/New_York',
      '2026-03-08T03:00-04:00',
    ],
    [
      'a day into the repeated hour',
      '2026-10-31T01:30-04:00',
      '1 day',
      'America/New_York',
      '2026-11-01T01:30-04:00',
    ],
    [
      'a day from the second 01:30',
      '2026-11-01T01:30-05:00',
      '1 day',
      'America/New_York',
      '2026-11-02T01:30-05:00',
    ],
    [
      'an hour inside the repeated hour',
      '2026-11-01T01:30-04:00',
      '1 hour',
      'America/New_York',
      '2026-11-01T01:30-05:00',
    ],
    ['a week', '2026-10-20T09:00+01:00', '1 week', 'Europe/London', '2026-10-27T09:00Z'],
    ['a month to a shorter one', '2026-01-31T09:00Z', '1 month', 'Europe/London', '2026-02-28T09:00Z'],
    [
      'a month to February of a leap year',
      '2028-01-31T09:00Z',
      '1 month',
      'Europe/London',
      '2028-02-29T09:00Z',
    ],
    [
      'two months from the start, not month by month',
      '2026-01-31T09:00Z',
      '2 months',
      'UTC',
      '2026-03-31T09:00Z',
    ],
    ['a year from 29 February', '2028-02-29T09:00Z', '1 year', 'UTC', '2029-02-28T09:00Z'],
    ['four years from 29 February', '2028-02-29T09:00Z', '4 years', 'UTC', '2032-02-29T09:00Z'],
    ['a month over the turn of the year', '2026-12-31T09:00Z', '1 month', 'UTC', '2027-01-31T09:00Z'],
    ['months, then days', '2026-01-31T09:00Z', 'P1M1D', 'UTC', '2026-03-01T09:00Z'],
    ['years and months in one go', '2028-02-29T09:00Z', 'P1Y1M', 'UTC', '2029-03-29T09:00Z'],
    ['days, then hours', '2026-03-07T01:30-05:00', 'P1DT1H', 'America/New_York', '2026-03-08T03:30-04:00'],
    [
      'the day that Samoa left out',
      '2011-12-29T09:00-10:00',
      '1 day',
      'Pacific/Apia',
      '2011-12-31T00:00+14:00',
    ],
    [
      'a day on Lord Howe',
      '2026-10-03T02:15+10:30',
      '1 day',
      'Australia/Lord_Howe',
      '2026-10-04T02:30+11:00',
    ],
    [
      'a day in Kathmandu',
      '2026-03-28T02:15:01.001+05:45',
      '1 day',
      'Asia/Kathmandu',
      '2026-03-29T02:15:01.001+05:45',
    ],
  ])('%s', (_what, from, text, zone, instant) => {
    expect(addDuration(at(from), duration(text), zone)).toBe(at(instant));
  });

  test('hours and less need no zone and are exact', () => {
    fc.assert(
      fc.property(someInstants, someZones, fc.integer({ min: 1, max: 1e10 }), (from, zone, milliseconds) => {
        const end = addDuration(from, { years: 0, months: 0, days: 0, milliseconds }, zone);
        expect(Date.parse(end) - Date.parse(from)).toBe(milliseconds);
      }),
    );
  });

  test('more days are never earlier, and every day more is later', () => {
    fc.assert(
      fc.property(someInstants, someZones, fc.nat(800), (from, zone, days) => {
        const plus = (count: number) =>
          addDuration(from, { years: 0, months: 0, days: count, milliseconds: 0 }, zone);
        expect(plus(days) < plus(days + 1)).toBe(true);
        expect(from < plus(days + 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('days keep the time of day, except in a gap', () => {
    fc.assert(
      fc.property(someInstants, someZones, fc.integer({ min: 1, max: 800 }), (from, zone, days) => {
        const end = addDuration(from, { years: 0, months: 0, days, milliseconds: 0 }, zone);
        expect(shown(end, zone).slice(11) === shown(from, zone).slice(11) || endsGap(end, zone)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('stops at the end of the year 9999', () => {
    expect(addDuration(at('9999-06-01T00:00Z'), duration('1000 years'), 'Asia/Tokyo')).toBe(
      '9999-12-31T23:59:59.999Z',
    );
  });
});

describe('subtractDuration', () => {
  test.each([
    [
      'a day back over the change',
      '2026-03-08T09:00-04:00',
      '1 day',
      'America/New_York',
      '2026-03-07T09:00-05:00',
    ],
    [
      'a day back into the gap',
      '2026-03-09T02:30-04:00',
      '1 day',
      'America/New_York',
      '2026-03-08T03:00-04:00',
    ],
    [
      'a day back into the repeated hour',
      '2026-11-02T01:30-05:00',
      '1 day',
      'America/New_York',
      '2026-11-01T01:30-04:00',
    ],
    ['a month back to a shorter one', '2026-03-31T09:00Z', '1 month', 'UTC', '2026-02-28T09:00Z'],
    ['a year back from 29 February', '2028-02-29T09:00Z', '1 year', 'UTC', '2027-02-28T09:00Z'],
    ['hours', '2026-03-08T09:00-04:00', '24 hours', 'America/New_York', '2026-03-07T08:00-05:00'],
  ])('%s', (_what, from, text, zone, instant) => {
    expect(subtractDuration(at(from), duration(text), zone)).toBe(at(instant));
  });

  test('stops at the beginning of the year 1', () => {
    expect(subtractDuration(at('0001-06-01T00:00Z'), duration('1000 years'), 'UTC')).toBe(
      '0001-01-01T00:00:00.000Z',
    );
  });
});
