// Schedules have to be readable, take place at all, not too often, and at a time of day that somebody has thought of.
import { parseMoment } from '#lib/contracts/date-time.ts';
import { CUSTOMER_ZONE } from '#lib/journey/entries/schedule.ts';
import { readingsIn, type Recurrence } from '#lib/journey/entries/recurrence.ts';
import { parseSchedule } from '#lib/journey/entries/schedule-text.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';
import { checkTimezone } from './known-timezones.ts';

const MINUTE = 60_000;
/** Leap years and every combination of weekday and date come round in less. */
const YEARS_TO_SEARCH = 41;
/** A rule without a start is reckoned from here. */
const FIRST_YEAR = 2024;

export const schedules: Check = function* schedules({ journey: { entry } }) {
  if (!('schedule' in entry)) return;
  const { schedule } = entry;
  const path = ['entry', 'schedule'];
  yield* checkTimezone(schedule.timezone, [...path, 'timezone'], [CUSTOMER_ZONE]);
  if ('at' in schedule) {
    const moment = parseMoment(schedule.at);
    if (moment !== undefined && moment.instant === undefined && moment.time === undefined)
      yield finding('time-missing', [...path, 'at'], { field: 'at' });
    return;
  }
  const { every } = schedule;
  const parsed = parseSchedule(every);
  if ('problem' in parsed)
    yield finding('schedule-unreadable', [...path, 'every'], { meant: undefined, ...parsed });
  else yield* checkTimes(every, parsed, [...path, 'every']);
};

function* checkTimes(every: string, recurrence: Recurrence, path: readonly string[]): Generator<Finding> {
  const start = Number(recurrence.from?.slice(0, 4) ?? FIRST_YEAR);
  let readings: readonly number[] = [];
  for (let year = start; readings.length === 0 && year < start + YEARS_TO_SEARCH; year += 1)
    readings = readingsIn(recurrence, year);
  if (readings.length === 0) yield finding('schedule-never', path, { every });
  const gaps = readings.slice(1, 100).map((reading, index) => (reading - (readings[index] ?? 0)) / MINUTE);
  const minutes = Math.min(...gaps);
  if (minutes < 60) yield finding('schedule-too-often', path, { minutes });
}
