// Moments as text: what is read, what is refused, and that text order is time order.
import {
  addMillis,
  ceilToSecond,
  earlier,
  fromMillis,
  instantSchema,
  later,
  parseInstant,
  toMillis,
} from '#lib/contracts/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const FIRST = -62_135_596_800_000;
const LAST = 253_402_300_799_999;
const millis = fc.integer({ min: FIRST, max: LAST });

describe('parseInstant', () => {
  test.each([
    ['2026-03-27T10:00:00.000Z', '2026-03-27T10:00:00.000Z'],
    ['2026-03-27T10:00:00Z', '2026-03-27T10:00:00.000Z'],
    ['2026-03-27T10:00Z', '2026-03-27T10:00:00.000Z'],
    ['2026-03-27T10:00:00+02:00', '2026-03-27T08:00:00.000Z'],
    ['2026-03-27T10:00:00-0330', '2026-03-27T13:30:00.000Z'],
    ['2026-03-27T00:30:00+01', '2026-03-26T23:30:00.000Z'],
    ['2026-03-27T10:00:00-00:00', '2026-03-27T10:00:00.000Z'],
    ['2026-03-27T10:00:00.5Z', '2026-03-27T10:00:00.500Z'],
    ['2026-03-27T10:00:00,25Z', '2026-03-27T10:00:00.250Z'],
    ['2026-03-27T10:00:00.123999999Z', '2026-03-27T10:00:00.123Z'],
    ['20260327T100000Z', '2026-03-27T10:00:00.000Z'],
    ['2026-03-27T24:00:00Z', '2026-03-28T00:00:00.000Z'],
    ['2028-02-29T12:00:00Z', '2028-02-29T12:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test.each([
    ['a date alone', '2026-03-27'],
    ['a time without an offset', '2026-03-27T10:00:00'],
    ['30 February', '2026-02-30T10:00:00Z'],
    ['30 February in the stored form', '2026-02-30T10:00:00.000Z'],
    ['29 February of a common year', '2026-02-29T10:00:00+01:00'],
    ['month 13', '2026-13-01T10:00:00Z'],
    ['hour 25', '2026-03-27T25:00:00Z'],
    ['minute 60', '2026-03-27T10:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a second after 24:00', '2026-03-27T24:00:01Z'],
    ['offset of 24 hours', '2026-03-27T10:00:00+24:00'],
    ['offset of 60 minutes', '2026-03-27T10:00:00+01:60'],
    ['year 0', '0000-06-01T10:00:00Z'],
    ['year 0 in the stored form', '0000-06-01T10:00:00.000Z'],
    ['year 0 by its offset', '0001-01-01T00:00:00+01:00'],
    ['year 10000 by its offset', '9999-12-31T23:59:59-01:00'],
    ['a year of six digits', '+012026-03-27T10:00:00Z'],
    ['blanks around', ' 2026-03-27T10:00:00Z '],
    ['words', 'tomorrow'],
    ['nothing', ''],
    ['seconds since 1970', 1_774_605_600],
    ['undefined', undefined],
    ['a date object', new Date(0)],
  ])('refuses %s', (_what, value) => {
    expect(parseInstant(value)).toBeUndefined();
  });

  test('never throws, and what it returns is an instant', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const read = parseInstant(value);
        expect(read === undefined || instantSchema.safeParse(read).success).toBe(true);
      }),
    );
  });
});

describe('instantSchema', () => {
  test('accepts the stored form only', () => {
    expect(instantSchema.safeParse('2026-03-27T10:00:00.000Z').success).toBe(true);
    for (const text of ['2026-03-27T10:00:00Z', '2026-03-27T10:00:00.000+00:00', '2026-02-30T10:00:00.000Z'])
      expect(instantSchema.safeParse(text).success).toBe(false);
  });
});

describe('arithmetic', () => {
  test('milliseconds and back', () => {
    fc.assert(
      fc.property(millis, (value) => {
        expect(toMillis(fromMillis(value))).toBe(value);
      }),
    );
  });

  test('the order of the texts is the order in time', () => {
    fc.assert(
      fc.property(millis, millis, (a, b) => {
        expect(fromMillis(a) < fromMillis(b)).toBe(a < b);
        expect(earlier(fromMillis(a), fromMillis(b))).toBe(fromMillis(Math.min(a, b)));
        expect(later(fromMillis(a), fromMillis(b))).toBe(fromMillis(Math.max(a, b)));
      }),
    );
  });

  test('stops at the first and the last instant', () => {
    expect(fromMillis(LAST + 1)).toBe('9999-12-31T23:59:59.999Z');
    expect(fromMillis(-Infinity)).toBe('0001-01-01T00:00:00.000Z');
    expect(addMillis(fromMillis(LAST), 1)).toBe(fromMillis(LAST));
    expect(() => fromMillis(Number.NaN)).toThrow(RangeError);
  });

  test('adds milliseconds', () => {
    expect(addMillis(fromMillis(0), 1)).toBe('1970-01-01T00:00:00.001Z');
    expect(addMillis(fromMillis(0), -1)).toBe('1969-12-31T23:59:59.999Z');
  });

  test('rounds up to seconds, never down', () => {
    expect(ceilToSecond(fromMillis(1000))).toBe('1970-01-01T00:00:01.000Z');
    expect(ceilToSecond(fromMillis(1001))).toBe('1970-01-01T00:00:02.000Z');
    expect(ceilToSecond(fromMillis(1999))).toBe('1970-01-01T00:00:02.000Z');
    fc.assert(
      fc.property(fc.integer({ min: FIRST, max: LAST - 1000 }), (value) => {
        const rounded = toMillis(ceilToSecond(fromMillis(value)));
        expect(rounded % 1000 === 0 && rounded >= value && rounded - value < 1000).toBe(true);
      }),
    );
  });
});
