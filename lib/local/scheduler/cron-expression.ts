// `cron(minutes hours day-of-month month day-of-week year)` of AWS, by croner.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
import { Cron } from 'croner';
import type { Recurrence } from './schedule-expression.ts';
import { instantOfWall, type OffsetAt } from './wall-time.ts';

/** Shapes of the fields; croner checks the numbers in them. */
const FIELDS = [
  ['minutes', /^[\d*,/-]+$/],
  ['hours', /^[\d*,/-]+$/],
  ['day of month', /^(?:\?|L|LW|[\dW*,/-]+)$/],
  ['month', /^[\dA-Z*,/-]+$/],
  ['day of week', /^(?:\?|[\dA-Z*,/#-]+)$/],
  ['year', /^[\d*,/-]+$/],
] as const;

/** Years that AWS has. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** @throws Error that says which field is wrong. */
export function parseCron(fields: string, offsetAt: OffsetAt): Recurrence {
  const given = fields.trim().toUpperCase().split(/\s+/);
  if (given.length !== FIELDS.length)
    throw new Error('cron has six fields: minutes, hours, day of month, month, day of week, year');
  for (const [index, [name, shape]] of FIELDS.entries())
    if (!shape.test(given[index] ?? '')) throw new Error(`the ${name} cannot be "${given[index]}"`);
  const [minutes = '', hours = '', day = '', month = '', weekday = '', year = ''] = given;
  if ((day === '?') === (weekday === '?'))
    throw new Error('one of day of month and day of week, and only one, has to be "?"');
  if (given.some((field) => /(?:^|,)\//.test(field))) throw new Error('a step needs a beginning: 0/15');
  for (const [number] of weekday.matchAll(/(?<![#/\d])\d+/g))
    if (Number(number) < 1 || Number(number) > 7)
      throw new Error(`days of the week are from 1, which is Sunday, to 7, and not ${number}`);
  for (const number of year.match(/\d{3,}/g) ?? [])
    if (Number(number) < FIRST_YEAR || Number(number) > LAST_YEAR)
      throw new Error(`years are from ${FIRST_YEAR} to ${LAST_YEAR}, and not ${number}`);
  // To croner "?" is the present day, and the last day of a week has to be named: it is Saturday, whose number is 7.
  const pattern = [
    '0',
    minutes,
    hours,
    day.replace('?', '*'),
    month,
    weekday === 'L' ? '7' : weekday.replace('?', '*'),
    year,
  ];
  const cron = new Cron(pattern.join(' '), {
    mode: '7-part',
    alternativeWeekdays: true,
    // Times of walls are counted as if they were in UTC, where none is left out or comes twice.
    timezone: 'UTC',
    // `0/15` begins at 0.
    sloppyRanges: true,
    paused: true,
  });
  return {
    after: (instant) => {
      // A wall clock shows this time or an earlier one where it has just been set back: from a day before on, everything is looked at.
      let wall = cron.nextRun(
        new Date(instant + Math.min(offsetAt(instant), offsetAt(instant + 86_400_000)) - 1),
      );
      for (; wall !== null; wall = cron.nextRun(wall)) {
        const next = instantOfWall(wall.getTime(), offsetAt);
        if (next !== undefined && next > instant) return next;
      }
      return undefined;
    },
  };
}
