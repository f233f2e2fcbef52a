// Windows and closed days as a marketer writes them.
import { describe, expect, it } from 'vitest';
import { closedDaysOf, closedSchema, openingsOf, windowsSchema } from '#lib/journey/opening-hours.ts';

const openings = (email: object) => openingsOf(windowsSchema.parse({ email }).email ?? {});
const problem = (hours: unknown): string | undefined =>
  windowsSchema.safeParse({ email: { monday: hours } }).error?.issues[0]?.message;

describe('windows', () => {
  it('give every day its hours; a day of its own replaces its group', () => {
    expect(
      openings({ weekdays: '09:00-18:00', friday: '09:00-16:00', saturday: ['10:00-12:00', '14:00-16:00'] }),
    ).toEqual([
      { on: ['monday', 'tuesday', 'wednesday', 'thursday'], from: '09:00', to: '18:00' },
      { on: ['friday'], from: '09:00', to: '16:00' },
      { on: ['saturday'], from: '10:00', to: '12:00' },
      { on: ['saturday'], from: '14:00', to: '16:00' },
    ]);
    expect(openings({ weekend: '10:00-24:00' })).toEqual([
      { on: ['saturday', 'sunday'], from: '10:00', to: '00:00' },
    ]);
  });

  it.each([
    ['9-17', 'write it as "09:00-17:00"'],
    ['9:30 – 17:00', 'write it as "09:30-17:00"'],
    ['09:00 to 17:00', 'write it as "09:00-17:00"'],
    ['8-24', 'write it as "08:00-24:00"'],
    ['morning', 'such as "09:00-18:00"'],
    ['25:00-26:00', 'such as "09:00-18:00"'],
    ['9am-5pm', 'write it as "09:00-17:00"'],
  ])('%s is not a window: %s', (hours, hint) => {
    expect(problem(hours)).toContain(hint);
  });

  it('have a length; the whole day is one, and so is a night', () => {
    expect(problem('09:00-09:00')).toContain('has no length');
    expect([problem('00:00-24:00'), problem('22:00-02:00')]).toEqual([undefined, undefined]);
  });
});

it('closed days are dates and ranges of them, both ends included', () => {
  expect(closedDaysOf(closedSchema.parse(['2026-12-25', { from: '2026-12-31', to: '2027-01-01' }]))).toEqual([
    { from: '2026-12-25', to: '2026-12-25' },
    { from: '2026-12-31', to: '2027-01-01' },
  ]);
  for (const wrong of ['2026-02-29', '25.12.2026', '2026-12-25T00:00:00Z'])
    expect(closedSchema.safeParse([wrong]).success).toBe(false);
});
