// From local time to instants. The rules are the language's: a local time that does not exist (the clocks go forward)
// is the first instant after the gap; one that exists twice (the clocks go back) is the first.
import type { Weekday } from '#lib/contracts/calendar.ts';
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { fromMillis, toMillis } from '#lib/contracts/time.ts';
import { Temporal } from 'temporal-polyfill';

/** Two weeks and a day before: enough to find a weekday even where a zone skips the next one (Samoa did, in 2011). */
const DAYS_TO_SEARCH = 16;

/** What the clocks of a zone show at an instant. Throws RangeError for a zone that `isZone` does not know. */
export function zonedAt(instant: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(toMillis(instant)).toZonedDateTimeISO(zone);
}

/** The moment of a local reading, under the rules for gaps and repeated hours. */
export function resolveLocal(local: Temporal.PlainDateTime, zone: string): Temporal.ZonedDateTime {
  const resolved = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (Temporal.PlainDateTime.compare(resolved.toPlainDateTime(), local) === 0) return resolved;
  // In a gap Temporal moves on by the length of the gap (02:30 becomes 03:30); wanted is the gap's end (03:00), which
  // is the last transition at or before that.
  return resolved.add({ milliseconds: 1 }).getTimeZoneTransition('previous') ?? resolved;
}

/**
 * The instant at which it is `time` ("09:00") on `date` ("2026-03-29") in a zone. A time in a gap is the first instant
 * after it, a repeated one the first. Throws RangeError for texts of another form and for unknown zones.
 */
export function localInstant(date: string, time: string, zone: string): Instant {
  const local = Temporal.PlainDate.from(date).toPlainDateTime(timeOfDay(time));
  return fromMillis(resolveLocal(local, zone).epochMilliseconds);
}

/**
 * The next `time` of day ("09:00") in a zone, strictly after an instant. It belongs to the local day that it is asked
 * for: only days in `on` count (all where absent), and a day that a zone leaves out has no times. In a repeated hour
 * the second reading does not count. Throws RangeError for an empty `on`, bad texts and unknown zones.
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
 * Throws RangeError for an empty `on` and unknown zones.
 */
export function sameTimeOnAllowedDay(instant: Instant, zone: string, on: readonly Weekday[]): Instant {
  const local = zonedAt(instant, zone).toPlainDateTime();
  if (allows(on, local.dayOfWeek)) return instant;
  for (let ahead = 1; ahead < DAYS_TO_SEARCH; ahead += 1) {
    const found = onDay(local.add({ days: ahead }), zone, on);
    if (found !== undefined) return fromMillis(found);
  }
  throw noDayAllowed(on);
}

function findTimeOfDay(from: number, time: string, zone: string, on?: readonly Weekday[]): Instant {
  const wanted = timeOfDay(time);
  const today = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
  // Yesterday first: where the clocks go forward to midnight, a time of yesterday falls on the first instant of today.
  for (let ahead = -1; ahead < DAYS_TO_SEARCH; ahead += 1) {
    const found = onDay(today.add({ days: ahead }).toPlainDateTime(wanted), zone, on);
    if (found !== undefined && found >= from) return fromMillis(found);
  }
  throw noDayAllowed(on);
}

/** The moment of a local reading in milliseconds; undefined where its day is not allowed or does not exist. */
function onDay(
  local: Temporal.PlainDateTime,
  zone: string,
  on: readonly Weekday[] | undefined,
): number | undefined {
  if (on !== undefined && !allows(on, local.dayOfWeek)) return undefined;
  const resolved = resolveLocal(local, zone);
  return isSkipped(local.toPlainDate(), resolved) ? undefined : resolved.epochMilliseconds;
}

/** True where no clock of the zone ever showed that date: `resolved`, the end of the gap, is the next reading after it. */
function isSkipped(date: Temporal.PlainDate, resolved: Temporal.ZonedDateTime): boolean {
  if (Temporal.PlainDate.compare(resolved.toPlainDate(), date) === 0) return false;
  const before = resolved.subtract({ milliseconds: 1 }).toPlainDate();
  return Temporal.PlainDate.compare(before, date) < 0;
}

function allows(on: readonly Weekday[], dayOfWeek: number): boolean {
  return on.some((day) => {
    if (day === 'weekdays') return dayOfWeek <= 5;
    if (day === 'weekend') return dayOfWeek >= 6;
    return WEEKDAYS[dayOfWeek - 1] === day;
  });
}

function timeOfDay(text: string): Temporal.PlainTime {
  if (!/^\d\d:\d\d$/.test(text)) throw new RangeError('a time of day is HH:MM');
  return Temporal.PlainTime.from(
    { hour: Number(text.slice(0, 2)), minute: Number(text.slice(3)) },
    { overflow: 'reject' },
  );
}

function noDayAllowed(on: readonly Weekday[] | undefined): RangeError {
  return new RangeError(`no day fulfils the list of weekdays: ${JSON.stringify(on)}`);
}
