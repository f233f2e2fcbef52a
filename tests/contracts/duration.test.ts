// Durations as marketers write them, and what is said to them when one cannot be read.
import type { Duration } from '#lib/contracts/duration.ts';
import {
  durationSchema,
  formatDuration,
  isExact,
  negateDuration,
  parseDuration,
} from '#lib/contracts/duration.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';

const NONE: Duration = { years: 0, months: 0, days: 0, milliseconds: 0 };
const HOUR = 3_600_000;

function part(max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(0), fc.integer({ min: 0, max }));
}

describe('parseDuration', () => {
  test.each<[string, Partial<Duration>]>([
    ['30 seconds', { milliseconds: 30_000 }],
    ['90 minutes', { milliseconds: 90 * 60_000 }],
    ['1 hour', { milliseconds: HOUR }],
    ['1 day', { days: 1 }],
    ['3 days', { days: 3 }],
    ['2 weeks', { days: 14 }],
    ['1 month', { months: 1 }],
    ['18 months', { months: 18 }],
    ['1 year', { years: 1 }],
    ['P1DT2H', { days: 1, milliseconds: 2 * HOUR }],
    ['P3W', { days: 21 }],
    ['P1M', { months: 1 }],
    ['PT1M', { milliseconds: 60_000 }],
    ['PT0.25S', { milliseconds: 250 }],
    ['P1Y2M3W4DT5H6M7.5S', { years: 1, months: 2, days: 25, milliseconds: 5 * HOUR + 6 * 60_000 + 7500 }],
  ])('reads %s', (text, parts) => {
    expect(parseDuration(text)).toEqual({ ...NONE, ...parts });
  });

  test.each([
    ['', 'is not a duration'],
    ['3', 'is not a duration'],
    ['days', 'is not a duration'],
    ['3days', 'is not a duration'],
    ['3  days', 'is not a duration'],
    ['1.5 hours', 'is not a duration'],
    ['three days', 'is not a duration'],
    ['3 fortnights', 'is not a duration'],
    ['1 day 2 hours', 'is not a duration'],
    ['P', 'is not a duration'],
    ['PT', 'is not a duration'],
    ['P1DT', 'is not a duration'],
    ['P1.5D', 'is not a duration'],
    ['p1d', 'is not a duration'],
    ['0 days', 'is no time at all'],
    ['PT0S', 'is no time at all'],
    ['-3 days', 'is negative'],
    ['-P1D', 'is negative'],
    ['1001 years', 'longer than 1000 years'],
    ['999999999999999 hours', 'longer than 1000 years'],
  ])('refuses %j', (text, problem) => {
    expect(parseDuration(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('zero and less only where they are asked for', () => {
    expect(parseDuration('0 minutes', { allowZero: true })).toEqual(NONE);
    expect(parseDuration('-3 days', { allowNegative: true })).toEqual({ ...NONE, days: -3 });
    expect(parseDuration('-0 days', { allowNegative: true })).toHaveProperty('problem');
    expect(parseDuration('-P1M', { allowZero: true })).toHaveProperty('problem');
  });
});

test('only hours and less are exact', () => {
  expect(isExact({ ...NONE, milliseconds: 48 * HOUR })).toBe(true);
  expect(isExact({ ...NONE, days: 1 })).toBe(false);
  expect(isExact({ ...NONE, months: 1 })).toBe(false);
  expect(isExact({ ...NONE, years: 1 })).toBe(false);
});

describe('formatDuration', () => {
  test.each([
    ['1 hours', '1 hour'],
    ['120 minutes', '2 hours'],
    ['90 minutes', '90 minutes'],
    ['24 hours', '24 hours'],
    ['2 weeks', '14 days'],
    ['P1D', '1 day'],
    ['P1DT2H', 'P1DT2H'],
    ['PT1.5S', 'PT1.5S'],
    ['-P2DT1M', '-P2DT1M'],
  ])('%s is shown as %s', (text, shown) => {
    const duration = parseDuration(text, { allowNegative: true });
    expect('problem' in duration ? duration.problem : formatDuration(duration)).toBe(shown);
  });

  test('what is shown reads back to the same duration', () => {
    const duration = fc.record({
      years: part(300),
      months: part(3000),
      days: part(90_000),
      milliseconds: part(9e12),
    });
    fc.assert(
      fc.property(duration, fc.boolean(), (length, negative) => {
        const wanted = negative ? negateDuration(length) : length;
        expect(parseDuration(formatDuration(wanted), { allowZero: true, allowNegative: true })).toEqual(
          wanted,
        );
      }),
    );
  });
});

describe('durationSchema', () => {
  test('says in words what is wrong', () => {
    expect(durationSchema.safeParse('2 weeks').success).toBe(true);
    expect(durationSchema.safeParse('0 days').error?.issues[0]?.message).toContain('is no time at all');
  });

  test('its JSON Schema pattern accepts what parseDuration reads', () => {
    const schema = z.toJSONSchema(durationSchema);
    const pattern = new RegExp(String(schema.pattern));
    for (const text of ['90 minutes', '1 month', 'P1DT2H', 'PT0.5S']) expect(pattern.test(text)).toBe(true);
    for (const text of ['1.5 hours', 'P', 'soon', '-1 day']) expect(pattern.test(text)).toBe(false);
    for (const example of schema.examples ?? []) expect(pattern.test(String(example))).toBe(true);
  });
});
