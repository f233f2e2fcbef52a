// What a `wait` step means, in whole.
import { waitUntil } from '#lib/engine/time/wait-plan.ts';
import { describe, expect, test } from 'vitest';
import { at } from './instants.ts';

const zone = 'America/New_York';
const twoDays = { years: 0, months: 0, days: 2, milliseconds: 0 };
const oneHour = { years: 0, months: 0, days: 0, milliseconds: 3_600_000 };
const monday = at('2026-01-05T18:00-05:00');

describe('waitUntil', () => {
  test('for alone', () => {
    expect(waitUntil({ from: monday, for: twoDays, zone })).toBe(at('2026-01-07T18:00-05:00'));
    expect(waitUntil({ from: at('2026-03-07T18:00-05:00'), for: twoDays, zone })).toBe(
      at('2026-03-09T18:00-04:00'),
    );
  });

  test('a time of day alone is strictly after now', () => {
    expect(waitUntil({ from: monday, until: '18:00', zone })).toBe(at('2026-01-06T18:00-05:00'));
    expect(waitUntil({ from: monday, until: '18:01', zone })).toBe(at('2026-01-05T18:01-05:00'));
  });

  test('both: first for, then the next time of day at or after', () => {
    expect(waitUntil({ from: monday, for: twoDays, until: '18:00', zone })).toBe(
      at('2026-01-07T18:00-05:00'),
    );
    expect(waitUntil({ from: monday, for: twoDays, until: '09:00', zone })).toBe(
      at('2026-01-08T09:00-05:00'),
    );
  });

  test('monday evening, two days, nine o’clock on weekdays is thursday; two days on is saturday', () => {
    const thursday = waitUntil({ from: monday, for: twoDays, until: '09:00', on: ['weekdays'], zone });
    expect(thursday).toBe(at('2026-01-08T09:00-05:00'));
    expect(waitUntil({ from: thursday, for: twoDays, until: '09:00', zone })).toBe(
      at('2026-01-10T09:00-05:00'),
    );
    expect(waitUntil({ from: thursday, for: twoDays, until: '09:00', on: ['weekdays'], zone })).toBe(
      at('2026-01-12T09:00-05:00'),
    );
  });

  test('for and on: the same local time of the next allowed day', () => {
    const friday = at('2026-01-09T23:30-05:00');
    expect(waitUntil({ from: friday, for: oneHour, on: ['weekdays'], zone })).toBe(
      at('2026-01-12T00:30-05:00'),
    );
    expect(waitUntil({ from: friday, for: oneHour, on: ['weekend'], zone })).toBe(
      at('2026-01-10T00:30-05:00'),
    );
  });

  test('on alone: now if the day is allowed, else the same time of the next that is', () => {
    expect(waitUntil({ from: monday, on: ['monday', 'friday'], zone })).toBe(monday);
    expect(waitUntil({ from: monday, on: ['tuesday'], zone })).toBe(at('2026-01-06T18:00-05:00'));
  });

  test('several days and groups in one list', () => {
    expect(waitUntil({ from: monday, until: '09:00', on: ['wednesday', 'weekend'], zone })).toBe(
      at('2026-01-07T09:00-05:00'),
    );
    expect(
      waitUntil({ from: at('2026-01-07T10:00-05:00'), until: '09:00', on: ['wednesday', 'weekend'], zone }),
    ).toBe(at('2026-01-10T09:00-05:00'));
  });

  test('is not rounded: seconds and milliseconds stay', () => {
    expect(waitUntil({ from: at('2026-01-05T18:00:00.412-05:00'), for: twoDays, zone })).toBe(
      at('2026-01-07T18:00:00.412-05:00'),
    );
  });
});
