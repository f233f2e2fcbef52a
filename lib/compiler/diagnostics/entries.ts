// Ways into a journey that can be read but let in nobody, or not those that were meant.
import { PLAIN_SCHEDULES } from '#lib/journey/entries/schedule-text.ts';
import { error, warning } from './kind.ts';
import { listed } from './suggestion.ts';

export const entryDiagnostics = {
  'ends-before-start': error<{ starts: string; ends: string }>(
    'A journey that ends before it starts',
    ({ starts, ends }) => ({
      message: `This journey starts at ${starts} and ends at ${ends}: nobody could ever enter.`,
      hint: 'Write an "ends" that comes after "starts", or leave one of them out.',
    }),
  ),
  'not-together': error<{ name: string; other: string }>(
    'Fields that exclude each other',
    ({ name, other }) => ({
      message: `"${name}" and "${other}" do not go together: each is a way of its own.`,
      hint: `Keep one of the two; for both write two journeys, or two entries of the list.`,
    }),
  ),
  'schedule-unreadable': error<{ problem: string; meant: string | undefined }>(
    'A schedule that cannot be read',
    ({ problem, meant }) => ({
      message: `This schedule cannot be read: ${problem}.`,
      hint:
        meant === undefined
          ? `Write it like ${listed(PLAIN_SCHEDULES)}, or as a rule such as "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6;BYHOUR=9;BYMINUTE=0".`
          : `Did you mean "${meant}"?`,
    }),
  ),
  'schedule-never': error<{ every: string }>('A schedule that never takes place', ({ every }) => ({
    message: `"${every}" never takes place: no day fulfils it.`,
    hint: 'Look at the day of the month, and whether "UNTIL" comes before the start.',
  })),
  'schedule-too-often': warning<{ minutes: number }>(
    'A schedule that takes place very often',
    ({ minutes }) => ({
      message: `This schedule takes place every ${minutes} minutes, for every customer.`,
      hint: 'A schedule of less than an hour is costly; an event of the customer may be what is meant.',
    }),
  ),
  'time-missing': error<{ field: string }>('A day without a time of day', ({ field }) => ({
    message: `"${field}" names a day and no time: customers would enter in the middle of the night, at 00:00.`,
    hint:
      field === 'date'
        ? 'Add "at": "09:00", a time of that day.'
        : 'Add the time, such as "2026-11-27T09:00"; midnight is "T00:00".',
  })),
  'key-without-event': error<{ kind: string }>('A key where there is no event', ({ kind }) => ({
    message: `This entry has a "key", but what lets in by "${kind}" has no properties that could be one.`,
    hint: 'Remove the key: there is one run at a time for each customer.',
  })),
};
