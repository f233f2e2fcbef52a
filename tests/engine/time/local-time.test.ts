// Times of day in a zone: gaps, repeated hours, local weekdays, days that a zone leaves out.
import {
  localInstant,
  nextTimeOfDay,
  sameTimeOnAllowedDay,
  timeOfDayAtOrAfter,
} from '#lib/engine/time/local-time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, endsGap, shown, someInstants, someTimes, someZones } from './instants.ts';

describe('localInstant', () => {
  test.each([
    ['an ordinary morning', '2026-07-01', '09:00', 'America/New_York', '2026-07-01T09:00-04:00'],
    ['before the gap in New York', '2026-03-08', '01:59', 'America/New_York', '2026-03-08T01:59-05:00'],
    ['at the start of the gap', '2026-03-08', '02:00', 'America/New_York', '2026-03-08T03:00-04:00'],
    [
      'inside the gap: its end, not 03:30',
      '2026-03-08',
      '02:30',
      'America/New_York',
      '2026-03-08T03:00-04:00',
    ],
    ['at the end of the gap', '2026-03-08', '03:00', 'America/New_York', '2026-03-08T03:00-04:00'],
    [
      'the hour that New York repeats: the first',
      '2026-11-01',
      '01:30',
      'America/New_York',
      '2026-11-01T01:30-04:00',
    ],
    ['after the repeated hour', '2026-11-01', '02:00', 'America/New_York', '2026-11-01T02:00-05:00'],
    ['the gap in London', '2026-03-29', '01:30', 'Europe/London', '2026-03-29T02:00+01:00'],
    ['the hour that London repeats', '2026-10-25', '01:00', 'Europe/London', '2026-10-25T01:00+01:00'],
    [
      'half an hour left out on Lord Howe',
      '2026-10-04',
      '02:15',
      'Australia/Lord_Howe',
      '2026-10-04T02:30+11:00',
    ],
    [
      'half an hour twice on Lord Howe',
      '2026-04-05',
      '01:45',
      'Australia/Lord_Howe',
      '2026-04-05T01:45+11:00',
    ],
    ['two hours left out at Troll', '2026-03-29', '01:01', 'Antarctica/Troll', '2026-03-29T03:00+02:00'],
    ['two hours twice at Troll', '2026-10-25', '02:59', 'Antarctica/Troll', '2026-10-25T02:59+02:00'],
    ['the gap on Chatham', '2026-09-27', '03:00', 'Pacific/Chatham', '2026-09-27T03:45+13:45'],
    ['quarter hours in Kathmandu', '2026-03-29', '02:30', 'Asia/Kathmandu', '2026-03-29T02:30+05:45'],
    ['a midnight that Cairo leaves out', '2026-04-24', '00:00', 'Africa/Cairo', '2026-04-24T01:00+03:00'],
    [
      'a gap in Nuuk that ends on the next day',
      '2026-03-28',
      '23:30',
      'America/Nuuk',
      '2026-03-29T00:00-01:00',
    ],
    ['a whole day that Samoa left out', '2011-12-30', '09:00', 'Pacific/Apia', '2011-12-31T00:00+14:00'],
  ])('%s', (_what, date, time, zone, instant) => {
    expect(localInstant(date, time, zone)).toBe(at(instant));
  });

  test('refuses what is no date, time or zone', () => {
    expect(() => localInstant('2026-02-30', '09:00', 'UTC')).toThrow(RangeError);
    expect(() => localInstant('2026-02-28', '24:00', 'UTC')).toThrow(RangeError);
    expect(() => localInstant('2026-02-28', '9:00', 'UTC')).toThrow(RangeError);
    expect(() => localInstant('2026-02-28', '09:00', 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('nextTimeOfDay', () => {
  test.each([
    [
      'over the change to summer time',
      '2026-03-07T20:00Z',
      '09:00',
      'America/New_York',
      '2026-03-08T09:00-04:00',
    ],
    ['over the change to winter time', '2026-10-24T20:00Z', '09:00', 'Europe/London', '2026-10-25T09:00Z'],
    [
      'a time just past is tomorrow',
      '2026-01-06T14:20Z',
      '09:00',
      'America/New_York',
      '2026-01-07T09:00-05:00',
    ],
    ['strictly after', '2026-01-06T09:00-05:00', '09:00', 'America/New_York', '2026-01-07T09:00-05:00'],
    [
      'a millisecond before',
      '2026-01-06T13:59:59.999Z',
      '09:00',
      'America/New_York',
      '2026-01-06T09:00-05:00',
    ],
    ['a time in the gap', '2026-03-08T00:00-05:00', '02:30', 'America/New_York', '2026-03-08T03:00-04:00'],
    [
      'at the end of that gap',
      '2026-03-08T03:00-04:00',
      '02:30',
      'America/New_York',
      '2026-03-09T02:30-04:00',
    ],
    [
      'between the two 01:30',
      '2026-11-01T01:45-04:00',
      '01:30',
      'America/New_York',
      '2026-11-02T01:30-05:00',
    ],
    [
      'a day that Samoa left out',
      '2011-12-29T10:00-10:00',
      '09:00',
      'Pacific/Apia',
      '2011-12-31T09:00+14:00',
    ],
  ])('%s', (_what, after, time, zone, instant) => {
    expect(nextTimeOfDay(at(after), time, zone)).toBe(at(instant));
  });

  test('the weekday is the one of the local day', () => {
    const after = at('2026-01-06T03:00Z');
    expect(nextTimeOfDay(after, '08:00', 'Asia/Tokyo', ['monday'])).toBe(at('2026-01-12T08:00+09:00'));
    expect(nextTimeOfDay(after, '20:00', 'America/Los_Angeles', ['friday'])).toBe(
      at('2026-01-09T20:00-08:00'),
    );
    expect(nextTimeOfDay(at('2026-01-09T21:00-08:00'), '20:00', 'America/Los_Angeles', ['weekdays'])).toBe(
      at('2026-01-12T20:00-08:00'),
    );
    expect(nextTimeOfDay(after, '12:00', 'UTC', ['weekend'])).toBe(at('2026-01-10T12:00Z'));
  });

  test('the friday that Samoa left out is no friday', () => {
    expect(nextTimeOfDay(at('2011-12-29T10:00-10:00'), '09:00', 'Pacific/Apia', ['friday'])).toBe(
      at('2012-01-06T09:00+14:00'),
    );
  });

  test('a time in a gap belongs to the day that it is asked for, also where the gap ends on the next', () => {
    const before = at('2026-03-27T12:00-02:00');
    expect(nextTimeOfDay(before, '23:30', 'America/Nuuk', ['saturday'])).toBe(at('2026-03-29T00:00-01:00'));
    expect(timeOfDayAtOrAfter(at('2026-03-29T00:00-01:00'), '23:30', 'America/Nuuk', ['saturday'])).toBe(
      at('2026-03-29T00:00-01:00'),
    );
  });

  test('a list of no day is a fault, not an endless search', () => {
    expect(() => nextTimeOfDay(at('2026-01-06T03:00Z'), '09:00', 'UTC', [])).toThrow(RangeError);
    expect(() => sameTimeOnAllowedDay(at('2026-01-06T03:00Z'), 'UTC', [])).toThrow(RangeError);
  });

  test('lies after, within two days, and shows that time unless the time is in a gap', () => {
    fc.assert(
      fc.property(someInstants, someTimes, someZones, (after, time, zone) => {
        const next = nextTimeOfDay(after, time, zone);
        expect(next > after).toBe(true);
        expect(Date.parse(next) - Date.parse(after)).toBeLessThan(50 * 3_600_000);
        expect(shown(next, zone).endsWith(time) || endsGap(next, zone)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

test('at or after: the instant itself counts', () => {
  const nine = at('2026-01-06T09:00-05:00');
  expect(timeOfDayAtOrAfter(nine, '09:00', 'America/New_York')).toBe(nine);
  expect(timeOfDayAtOrAfter(nine, '09:00', 'America/New_York', ['wednesday'])).toBe(
    at('2026-01-07T09:00-05:00'),
  );
  fc.assert(
    fc.property(someInstants, someTimes, someZones, (after, time, zone) => {
      const next = nextTimeOfDay(after, time, zone);
      expect(timeOfDayAtOrAfter(next, time, zone)).toBe(next);
    }),
  );
});

describe('sameTimeOnAllowedDay', () => {
  test.each([
    ['an allowed day stays', '2026-01-05T18:00-05:00', ['monday'] as const, '2026-01-05T18:00-05:00'],
    [
      'friday evening to monday evening',
      '2026-01-09T23:30-05:00',
      ['monday'] as const,
      '2026-01-12T23:30-05:00',
    ],
    [
      'saturday to monday',
      '2026-01-10T08:15:30.5-05:00',
      ['weekdays'] as const,
      '2026-01-12T08:15:30.5-05:00',
    ],
    [
      'over the change to summer time',
      '2026-03-06T09:00-05:00',
      ['sunday'] as const,
      '2026-03-08T09:00-04:00',
    ],
    ['into the gap', '2026-03-07T02:30-05:00', ['sunday'] as const, '2026-03-08T03:00-04:00'],
  ])('%s', (_what, from, on, instant) => {
    expect(sameTimeOnAllowedDay(at(from), 'America/New_York', on)).toBe(at(instant));
  });

  test('skips the friday that Samoa left out', () => {
    expect(sameTimeOnAllowedDay(at('2011-12-28T09:00-10:00'), 'Pacific/Apia', ['friday'])).toBe(
      at('2012-01-06T09:00+14:00'),
    );
  });
});
