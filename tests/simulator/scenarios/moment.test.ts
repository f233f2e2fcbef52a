import { describe, expect, test } from 'vitest';
import { instantSchema } from '#lib/contracts/time.ts';
import { momentSchema, resolveMoment, startOf } from '#lib/simulator/scenarios/moment.ts';

const START = instantSchema.parse('2026-03-27T10:00:00.000Z');

describe('a moment of a scenario', () => {
  test.each([
    ['0 minutes', '2026-03-27T10:00:00.000Z'],
    ['90 minutes', '2026-03-27T11:30:00.000Z'],
    // The clocks go forward in Berlin on the 29th: a day is a calendar day, and 72 hours are 72 hours.
    ['3 days', '2026-03-30T09:00:00.000Z'],
    ['72 hours', '2026-03-30T10:00:00.000Z'],
    ['-10 days', '2026-03-17T10:00:00.000Z'],
    ['P1DT2H', '2026-03-28T12:00:00.000Z'],
    ['2026-03-27T10:00:00+02:00', '2026-03-27T08:00:00.000Z'],
    ['2026-03-29 09:00', '2026-03-29T07:00:00.000Z'],
    ['2026-03-29 09:00:30 America/New_York', '2026-03-29T13:00:30.000Z'],
    // In the gap: the first instant after it. In the fold: the first of the two.
    ['2026-03-29 02:30 Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25 02:30 Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(momentSchema.safeParse(text).success).toBe(true);
    expect(resolveMoment(text, START, 'Europe/Berlin')).toBe(instant);
  });

  test.each([
    ['tomorrow', 'is no moment'],
    ['1 days ago', 'is no moment'],
    ['2026-02-30 09:00', 'no such date'],
    ['2026-03-01 25:00', 'no such date'],
    ['2026-03-01 09:00 Europe/Berlim', 'is no time zone'],
    ['2026-03-01', 'is no moment'],
  ])('%s is none, and the problem says what to write', (text, problem) => {
    const issue = momentSchema.safeParse(text).error?.issues[0]?.message;
    expect(issue).toContain(problem);
  });

  test('a start may be local too', () => {
    expect(startOf({ start: '2026-03-27 11:00 Europe/Berlin' }, 'UTC')).toBe(START);
  });
});
