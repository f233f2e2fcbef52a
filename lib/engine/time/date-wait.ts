// When a wait for a date ends: the date, moved by an offset, at a time of day, on an allowed day.
import type { Weekday } from '#lib/contracts/calendar.ts';
import type { Duration } from '#lib/contracts/duration.ts';
import { fromMillis, parseInstant, toMillis, type Instant } from '#lib/contracts/time.ts';
import { addDuration, moveOnCalendar } from './add-duration.ts';
import { millisOfDay, sameTimeOnAllowedDay } from './local-time.ts';
import type { DateValue } from './moment.ts';
import { DAY, momentOf, readingAt, type Reading } from './zone-clock.ts';

export interface DateWait {
  readonly date: DateValue;
  /** Negative: before the date. */
  readonly offset?: Duration | undefined;
  /** A time of day, "09:00". */
  readonly at?: string | undefined;
  /** The local days on which the wait may end; any day where absent. */
  readonly on?: readonly Weekday[] | undefined;
  /** IANA name. */
  readonly zone: string;
}

/**
 * The instant at which the wait is over; it may be past. With `at`: the date's calendar day in the zone, moved by the offset on
 * the calendar, then that time of day. Without: the exact moment of the date, a day alone being its midnight, moved by the
 * offset. A time in a gap of the clocks is the first instant after it, a repeated one the first.
 * Throws RangeError for a bad time of day, an empty `on` and an unknown zone.
 */
export function dateWaitEnd({ date, offset, at, on, zone }: DateWait): Instant {
  const end = at === undefined ? exactEnd(date, offset, zone) : endAt(date, offset, at, zone);
  return on === undefined ? end : sameTimeOnAllowedDay(end, zone, on);
}

function exactEnd(date: DateValue, offset: Duration | undefined, zone: string): Instant {
  if ('date' in date) return readingEnd(midnightOf(date.date), offset, undefined, zone);
  return offset === undefined ? date.instant : addDuration(date.instant, offset, zone);
}

function endAt(date: DateValue, offset: Duration | undefined, at: string, zone: string): Instant {
  const reading = 'date' in date ? midnightOf(date.date) : readingAt(toMillis(date.instant), zone);
  return readingEnd(reading, offset, at, zone);
}

/**
 * As `dateWaitEnd`, of a date that is known by what the clocks show. It is moved before it is resolved: that they leave out this
 * reading says nothing about another day's.
 */
export function readingEnd(
  reading: Reading,
  offset: Duration | undefined,
  at: string | undefined,
  zone: string,
): Instant {
  const from = at === undefined ? reading : startOfDay(reading);
  const moved = offset === undefined ? from : moveOnCalendar(from, offset);
  const exact = offset?.milliseconds ?? 0;
  if (at === undefined) return fromMillis(momentOf(moved, zone) + exact);
  return fromMillis(momentOf(startOfDay(moved + exact) + millisOfDay(at), zone));
}

function midnightOf(date: string): Reading {
  const midnight = parseInstant(`${date}T00:00Z`);
  if (midnight === undefined) throw new RangeError('a date is YYYY-MM-DD');
  return toMillis(midnight);
}

function startOfDay(reading: Reading): Reading {
  return Math.floor(reading / DAY) * DAY;
}
