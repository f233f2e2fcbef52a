// Durations on the calendar: "3 days" after Friday 09:00 is Monday 09:00, whatever the clocks did in between.
import type { Duration } from '#lib/contracts/duration.ts';
import { isExact, negateDuration } from '#lib/contracts/duration.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { addMillis, fromMillis, toMillis } from '#lib/contracts/time.ts';
import { Temporal } from 'temporal-polyfill';
import type { Reading } from './zone-clock.ts';
import { DAY, momentOf, readingAt } from './zone-clock.ts';

/**
 * The instant a duration later. Years and months are counted from the start in one go and clamped to the month's end
 * (31 January + 1 month is 28 or 29 February; 29 February + 1 year is 28 February); then days, both in local time of the
 * zone and resolved by its rules (a time in a gap is the first instant after it, a repeated one the first); then hours
 * and less, which are exact. Stops at the last instant of the year 9999. Throws RangeError for an unknown zone.
 */
export function addDuration(instant: Instant, duration: Duration, zone: string): Instant {
  if (isExact(duration)) return addMillis(instant, duration.milliseconds);
  const reading = moveOnCalendar(readingAt(toMillis(instant), zone), duration);
  return fromMillis(momentOf(reading, zone) + duration.milliseconds);
}

/** A reading moved by the years, months and days of a duration, as `addDuration` does; hours and less are left out. */
export function moveOnCalendar(reading: Reading, { years, months, days }: Duration): Reading {
  return addMonths(reading, years, months) + days * DAY;
}

/** The instant a duration earlier, by the same rules; for windows that look back ("within the last 30 days"). */
export function subtractDuration(instant: Instant, duration: Duration, zone: string): Instant {
  return addDuration(instant, negateDuration(duration), zone);
}

function addMonths(reading: Reading, years: number, months: number): Reading {
  if (years === 0 && months === 0) return reading;
  const day = Math.floor(reading / DAY);
  return reading + (monthsLater(day, years, months) - day) * DAY;
}

/** Days asked for last, by the length that was added: windows of months are asked for with every decision. */
const laterDays = new Map<string, Map<number, number>>();
const REMEMBERED_DAYS = 5000;

/** The number of the day so many months after a day, both counted since 1970. */
function monthsLater(day: number, years: number, months: number): number {
  const length = `${years} ${months}`;
  const known = laterDays.get(length) ?? new Map<number, number>();
  laterDays.set(length, known);
  const found = known.get(day);
  if (found !== undefined) return found;
  // A reading is the moment that it would be in UTC, so Temporal may reckon there, where no clocks change.
  const start = Temporal.Instant.fromEpochMilliseconds(day * DAY).toZonedDateTimeISO('UTC');
  const end = Math.floor(start.add({ years, months }).epochMilliseconds / DAY);
  if (known.size >= REMEMBERED_DAYS) known.clear();
  known.set(day, end);
  return end;
}
