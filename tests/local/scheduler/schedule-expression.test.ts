// When schedules are due, as AWS documents it.
import { describe, expect, it } from 'vitest';
import { parseScheduleExpression } from '#lib/local/scheduler/schedule-expression.ts';
import { offsetOf } from '#lib/local/scheduler/wall-time.ts';

/** The next so many firings after an instant. */
function firings(expression: string, from: string, count = 2, zone = 'UTC'): string[] {
  const recurrence = parseScheduleExpression(expression, offsetOf(zone)!, Date.parse(from));
  const found: string[] = [];
  let instant: number | undefined = Date.parse(from);
  while (found.length < count) {
    instant = recurrence.after(instant);
    if (instant === undefined) return [...found, 'never'];
    found.push(new Date(instant).toISOString().slice(0, 16));
  }
  return found;
}

// First at the beginning, then every hour. A rule would need "1 hour".
it('a rate takes either form of its unit', () => {
  expect(firings('rate(1 hours)', '2026-03-01T00:00:00Z')).toEqual(
    firings('rate(1 hour)', '2026-03-01T00:00:00Z'),
  );
});

describe('cron', () => {
  it.each([
    ['cron(0/15 * * * ? *)', ['2026-03-01T00:15', '2026-03-01T00:30']],
    ['cron(0 10 * * ? *)', ['2026-03-01T10:00', '2026-03-02T10:00']],
    // 1 is Sunday.
    ['cron(15 12 ? * 1 *)', ['2026-03-01T12:15', '2026-03-08T12:15']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-03-02T18:00', '2026-03-03T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-03-01T08:00', '2026-04-01T08:00']],
    ['cron(0 0 L * ? *)', ['2026-03-31T00:00', '2026-04-30T00:00']],
    ['cron(0 0 LW * ? *)', ['2026-03-31T00:00', '2026-04-30T00:00']],
    // The 15th of March 2026 is a Sunday.
    ['cron(0 0 15W * ? *)', ['2026-03-16T00:00', '2026-04-15T00:00']],
    // The last Friday, and the second Monday.
    ['cron(0 0 ? * 6L *)', ['2026-03-27T00:00', '2026-04-24T00:00']],
    ['cron(0 0 ? * 2#2 *)', ['2026-03-09T00:00', '2026-04-13T00:00']],
    ['cron(0 0 ? * L *)', ['2026-03-07T00:00', '2026-03-14T00:00']],
    ['cron(0 0 29 FEB ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['cron(0 0 1 1 ? 2027)', ['2027-01-01T00:00', 'never']],
    ['cron(0 0 1 1 ? 2020)', ['never']],
  ])('%s is due when AWS says', (expression, expected) => {
    expect(firings(expression, '2026-03-01T00:00:00Z')).toEqual(expected);
  });

  it.each([
    ['cron(0 10 * * *)', 'six fields'],
    ['cron(0 10 * * * *)', 'has to be "?"'],
    ['cron(0 10 ? * ? *)', 'has to be "?"'],
    ['cron(60 10 * * ? *)', 'minute'],
    ['cron(0 10 ? * 8 *)', 'from 1, which is Sunday, to 7'],
    ['cron(/5 10 * * ? *)', 'needs a beginning'],
    ['cron(0 10 * 13 ? *)', 'month'],
    ['cron(0 10 * * ? 2500)', '1970 to 2199'],
    ['cron(0 10 ? * MONDAY *)', 'stand alone'],
    ['rate(0 minutes)', 'positive number'],
    ['rate(5 weeks)', 'minutes, hours or days'],
    ['at(2026-02-30T00:00:00)', 'no time like'],
    ['at(tomorrow)', 'no time like'],
    ['every day', 'an expression is'],
  ])('%s is refused with the reason', (expression, reason) => {
    expect(() => firings(expression, '2026-03-01T00:00:00Z')).toThrow(reason);
  });
});

// In Berlin clocks go from 2:00 to 3:00 on 29 March 2026, and from 3:00 back to 2:00 on 25 October.
describe('where clocks are changed', () => {
  it.each([
    [
      'a time left out does not come that day',
      'cron(30 2 * * ? *)',
      '2026-03-27T12:00:00Z',
      ['2026-03-28T01:30', '2026-03-30T00:30'],
    ],
    [
      'a time that comes twice fires the first time',
      'cron(30 2 * * ? *)',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30', '2026-10-26T01:30'],
    ],
    [
      'other times stay where they are on the wall',
      'cron(0 9 * * ? *)',
      '2026-03-28T00:00:00Z',
      ['2026-03-28T08:00', '2026-03-29T07:00'],
    ],
    [
      'the hour that comes twice is passed once',
      'cron(0 * * * ? *)',
      '2026-10-24T23:30:00Z',
      ['2026-10-25T00:00', '2026-10-25T02:00'],
    ],
    [
      'a search may begin within the second hour',
      'cron(30 * * * ? *)',
      '2026-10-25T01:10:00Z',
      ['2026-10-25T02:30', '2026-10-25T03:30'],
    ],
    [
      'the hour left out is left out',
      'cron(0 * * * ? *)',
      '2026-03-29T00:00:00Z',
      ['2026-03-29T01:00', '2026-03-29T02:00'],
    ],
    [
      'a day of a rate has 24 hours',
      'rate(1 day)',
      '2026-03-28T08:00:00Z',
      ['2026-03-29T08:00', '2026-03-30T08:00'],
    ],
    [
      'what happens once is meant in the zone',
      'at(2026-07-01T09:00:00)',
      '2026-03-01T00:00:00Z',
      ['2026-07-01T07:00', 'never'],
    ],
    [
      'what happens once in no hour does not happen',
      'at(2026-03-29T02:30:00)',
      '2026-03-01T00:00:00Z',
      ['never'],
    ],
  ])('%s', (_, expression, from, expected) => {
    expect(firings(expression, from, 2, 'Europe/Berlin')).toEqual(expected);
  });

  it.each([
    'Pacific/Auckland',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'Etc/GMT+12',
  ])('every day of a year has its morning in %s', (zone) => {
    const days = firings('cron(0 9 * * ? *)', '2026-01-01T00:00:00Z', 365, zone).map((text) =>
      new Date(`${text}Z`).toLocaleString('sv-SE', { timeZone: zone }),
    );
    expect(days.every((text) => text.endsWith('09:00:00'))).toBe(true);
    expect(new Set(days).size).toBe(365);
  });
});
