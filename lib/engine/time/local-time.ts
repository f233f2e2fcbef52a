// Times of day in a zone. The rules are the language's: a local time that does not exist (the clocks go forward) is the
// first instant after the gap; one that exists twice (the clocks go back) is the first.
import type { Weekday } from '#lib/contracts/calendar.ts';
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { fromMillis, parseInstant, toMillis } from '#lib/contracts/time.ts';
import type { Reading } from './zone-clock.ts';
import { DAY, MINUTE, momentOf, readingAt } from './zone-clock.ts';

/** Two weeks and more: enough to find a weekday even where a zone skips the next one (Samoa did, in 2011). */
const DAYS_TO_SEARCH = 16;

/**
 * The instant at which it is `time` ("09:00") on `date` ("2026-03-29") in a zone. A time in a gap is the first instant
 * after it, a repeated one the first. Throws RangeError for a date or time that is none and for an unknown zone.
 */
export function localInstant(date: string, time: string, zone: string): Instant {
  const midnight = parseInstant(`${date}T00:00Z`);
  if (midnight === undefined) throw new RangeError('a date is YYYY-MM-DD');
  return fromMillis(momentOf(toMillis(midnight) + millisOfDay(time), zone));
}

/**
 * The next `time` of day ("09:00") in a zone, strictly after an instant. It belongs to the local day that it is asked
 * for: only days in `on` count (all where absent), and a day that a zone leaves out has no times. In a repeated hour
 * the second reading does not count. Throws RangeError for an empty `on`, a bad time and an unknown zone.
 */
export function nextTimeOfDay(after: Instant, time: string, zone: string, on?: readonly Weekday[]): Instant {
  return findTimeOfDay(toMillis(after) + 1, time, zone, on);
}

/** As `nextTimeOfDay`, but the instant itself counts where it is that time of day. */
export function timeOfDayAtOrAfter(
  from: Instant,
  time: string,
  zone: string,
  on?: readonly Weekday[],
): Instant {
  return findTimeOfDay(toMillis(from), time, zone, on);
}

/**
 * The instant itself where its local day is one of `on`, else the same local time of the next such day that exists.
 * Throws RangeError for an empty `on` and an unknown zone.
 */
export function sameTimeOnAllowedDay(instant: Instant, zone: string, on: readonly Weekday[]): Instant {
  const reading = readingAt(toMillis(instant), zone);
  if (allows(on, reading)) return instant;
  for (let ahead = 1; ahead <= DAYS_TO_SEARCH; ahead += 1) {
    const found = momentOnDay(reading + ahead * DAY, zone, on);
    if (found !== undefined) return fromMillis(found);
  }
  throw noDayAllowed(on);
}

/** The milliseconds since midnight of "HH:MM". Throws RangeError for another text. */
export function millisOfDay(time: string): number {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError('a time of day is HH:MM');
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE;
}

function findTimeOfDay(from: number, time: string, zone: string, on?: readonly Weekday[]): Instant {
  const today = Math.floor(readingAt(from, zone) / DAY) * DAY;
  const wanted = today + millisOfDay(time);
  // Yesterday first: where the clocks go forward to midnight, a time of yesterday falls on the first instant of today.
  for (let ahead = -1; ahead <= DAYS_TO_SEARCH; ahead += 1) {
    const found = momentOnDay(wanted + ahead * DAY, zone, on);
    if (found !== undefined && found >= from) return fromMillis(found);
  }
  throw noDayAllowed(on);
}

/** The moment of a reading; undefined where its day is not allowed or is left out by the zone. */
function momentOnDay(reading: Reading, zone: string, on?: readonly Weekday[]): number | undefined {
  if (on !== undefined && !allows(on, reading)) return undefined;
  const moment = momentOf(reading, zone);
  const date = Math.floor(reading / DAY);
  if (Math.floor(readingAt(moment, zone) / DAY) === date) return moment;
  // The time lies in a gap that ends on a later date. If the gap began on an earlier one, there is no such day at all.
  return Math.floor(readingAt(moment - 1, zone) / DAY) < date ? undefined : moment;
}

function allows(on: readonly Weekday[], reading: Reading): boolean {
  // 1970-01-01 was a thursday: 3, counted from monday. Adding 7 keeps days before 1970 from being negative.
  const day = (((Math.floor(reading / DAY) + 3) % 7) + 7) % 7;
  return on.some((allowed) => {
    if (allowed === 'weekdays') return day < 5;
    if (allowed === 'weekend') return day >= 5;
    return WEEKDAYS[day] === allowed;
  });
}

function noDayAllowed(on: readonly Weekday[] | undefined): RangeError {
  return new RangeError(`no day fulfils the list of weekdays: ${JSON.stringify(on)}`);
}
