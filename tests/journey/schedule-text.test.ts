// Schedules as marketers write them: what each means, and what is said of those that mean nothing.
import { describe, expect, it } from 'vitest';
import { PLAIN_SCHEDULES, parseSchedule } from '#lib/journey/entries/schedule-text.ts';
import { readingsIn } from '#lib/journey/entries/recurrence.ts';

/** The first readings of a year. */
function first(text: string, count: number, year = 2026): string[] {
  const schedule = parseSchedule(text);
  if ('problem' in schedule) throw new Error(schedule.problem);
  return readingsIn(schedule, year)
    .slice(0, count)
    .map((reading) => new Date(reading).toISOString().slice(0, 16));
}

describe('a schedule in plain words', () => {
  it.each([
    ['day 09:00', ['2026-01-01T09:00', '2026-01-02T09:00']],
    ['weekday 08:30', ['2026-01-01T08:30', '2026-01-02T08:30', '2026-01-05T08:30']],
    ['weekend 10:00', ['2026-01-03T10:00', '2026-01-04T10:00', '2026-01-10T10:00']],
    ['monday 09:00', ['2026-01-05T09:00', '2026-01-12T09:00']],
    ['monday and thursday 09:00', ['2026-01-01T09:00', '2026-01-05T09:00', '2026-01-08T09:00']],
    ['monday, tuesday and friday 00:00', ['2026-01-02T00:00', '2026-01-05T00:00', '2026-01-06T00:00']],
    ['1st of month 10:00', ['2026-01-01T10:00', '2026-02-01T10:00']],
    ['22nd of month 23:59', ['2026-01-22T23:59', '2026-02-22T23:59']],
    ['last day of month 18:00', ['2026-01-31T18:00', '2026-02-28T18:00']],
    ['first monday of month 09:00', ['2026-01-05T09:00', '2026-02-02T09:00']],
    ['last friday of month 17:00', ['2026-01-30T17:00', '2026-02-27T17:00']],
  ])('%s', (text, readings) => {
    expect(first(text, readings.length)).toEqual(readings);
  });

  it('the examples of the hint are schedules', () => {
    expect(PLAIN_SCHEDULES.filter((text) => 'problem' in parseSchedule(text))).toEqual([]);
  });

  it.each([
    ['Every Monday at 9:00', 'monday 09:00'],
    ['daily 09:00', 'day 09:00'],
    ['mondays 9am', 'monday 09:00'],
    ['weekdays at 6:30 pm', 'weekday 18:30'],
    ['first monday of the month 09:00', 'first monday of month 09:00'],
    ['31st of month 10:00', 'last day of month 10:00'],
  ])('of %s it is said what was meant', (text, meant) => {
    expect(parseSchedule(text)).toMatchObject({ meant });
  });

  it.each(['', 'monday', '09:00', 'monday 25:00', 'someday 09:00', '0th of month 09:00', '0 9 * * 1'])(
    'is none: %s',
    (text) => {
      expect(parseSchedule(text)).toHaveProperty('problem');
    },
  );
});

describe('a schedule by a rule of RFC 5545', () => {
  it.each([
    ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0', ['2026-01-05T09:00', '2026-01-12T09:00']],
    ['RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6;BYHOUR=8', ['2026-12-06T08:00']],
    ['FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=8', ['2026-01-31T08:00', '2026-03-31T08:00']],
    ['DTSTART:20260105T093000 RRULE:FREQ=WEEKLY;INTERVAL=2', ['2026-01-05T09:30', '2026-01-19T09:30']],
    ['DTSTART:20260120T070000\nRRULE:FREQ=DAILY;COUNT=2', ['2026-01-20T07:00', '2026-01-21T07:00']],
    ['FREQ=DAILY;BYHOUR=7;UNTIL=20260102', ['2026-01-01T07:00', '2026-01-02T07:00']],
    ['FREQ=HOURLY;BYMINUTE=15', ['2026-01-01T00:15', '2026-01-01T01:15']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=16', ['2026-01-30T16:00', '2026-02-27T16:00']],
  ])('%s', (text, readings) => {
    expect(first(text, readings.length)).toEqual(readings);
  });

  it('counts from its start over the years, and ends', () => {
    const rule = 'DTSTART:20241230T090000 RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3';
    expect([2024, 2025, 2026].map((year) => first(rule, 9, year).length)).toEqual([1, 2, 0]);
  });

  it('its weeks are whole at the turn of the year', () => {
    expect(first('FREQ=WEEKLY;BYDAY=TU,WE,TH;BYSETPOS=1;BYHOUR=9', 2)).toEqual([
      '2026-01-06T09:00',
      '2026-01-13T09:00',
    ]);
  });

  it.each([
    ['FREQ=FORTNIGHTLY;BYHOUR=9', 'FREQ=FORTNIGHTLY'],
    ['FREQ=MINUTELY', 'FREQ=MINUTELY'],
    ['FREQ=WEEKLY;BYDAY=XX;BYHOUR=9', 'BYDAY=XX'],
    ['FREQ=WEEKLY;BYHOUR=25', 'BYHOUR=25'],
    ['FREQ=WEEKLY;EVERY=2;BYHOUR=9', 'EVERY=2'],
    ['FREQ=WEEKLY;BYHOUR=9;BYHOUR=10', 'twice'],
    ['FREQ=WEEKLY;BYDAY=MO', 'at what time'],
    ['FREQ=WEEKLY;INTERVAL=2;BYHOUR=9', 'INTERVAL needs a start'],
    ['FREQ=DAILY;BYHOUR=9;COUNT=3;UNTIL=20260101', 'COUNT'],
    ['BYDAY=MO;BYHOUR=9;RRULE:', 'RRULE'],
    ['DTSTART:20260230T090000 RRULE:FREQ=DAILY', 'DTSTART'],
    ['DTSTART;TZID=Europe/Berlin:20260105T090000 RRULE:FREQ=DAILY', 'DTSTART'],
  ])('cannot be read: %s', (text, problem) => {
    expect(parseSchedule(text)).toEqual({ problem: expect.stringContaining(problem) });
  });
});
