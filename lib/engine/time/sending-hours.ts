// When a message may go out by the clock: outside quiet hours, inside the windows, not on a closed day or public holiday, and in
// the hours that the law leaves open. All of them speak of what the clocks on the wall show: an instant is open if its local reading is, both times where an hour is repeated; where
// an hour is left out, so are its minutes.
import { WEEKDAYS, type DailyWindow } from '#lib/contracts/calendar.ts';
import type { ClosedDays, Opening } from '#lib/contracts/step-calls.ts';
import { addMillis, fromMillis, later, parseInstant, toMillis, type Instant } from '#lib/contracts/time.ts';
import { millisOfDay } from './local-time.ts';
import { DAY, periodAt, type Reading } from './zone-clock.ts';

/** What holds messages back; a part that is absent holds none. */
export interface SendingHours {
  readonly quiet?: DailyWindow | undefined;
  readonly windows?: readonly Opening[] | undefined;
  readonly closed?: readonly ClosedDays[] | undefined;
  /** Public holidays, YYYY-MM-DD: one set for each place whose holidays count. */
  readonly holidays?: readonly ReadonlySet<string>[] | undefined;
}

/** Hours that the law leaves open where the recipient is: every list has to be open, in every zone. */
export interface LegalHours {
  readonly openings: readonly (readonly Opening[])[];
  /** Where the recipient is for certain, as far as the law asks. */
  readonly zones: readonly [string, ...string[]];
  /** Where the recipient may be as well; it gives way where its legal hours have none in common with those of the others. */
  readonly also?: string | undefined;
}

/** How far ahead an opening is looked for: beyond any list of closed days that somebody writes. */
const FARTHEST = 800 * DAY;
/** How long after the first zone's own opening one is looked for that several zones have in common. */
const COMMON_WITHIN = 7 * DAY;

/** What holds an instant closed, and the first instant after it that is open; `never` where there is none. */
export interface Closure {
  readonly reason: 'closed day' | 'public holiday' | 'outside the windows' | 'quiet hours' | 'legal hours';
  readonly until: Instant | 'never';
}

/** What has to be open at once: hours, by the clock of a zone. */
interface ClosingClock {
  readonly zone: string;
  readonly hours: SendingHours;
  readonly legal?: LegalHours['openings'];
}

/**
 * Why the instant is closed and until when, for a customer who may be in any of several zones: until the first instant that
 * is open in all of them and by the law. Undefined where it is open now.
 *
 * Where the zones lie so far apart that a week after the first zone's opening has none, the first zone decides alone, so that a
 * message is not held for ever: name the one first that the law asks about. The law itself never gives way: hours that it never
 * leaves open are closed for ever. Around a repeated hour an opening can be followed by more quiet.
 * Throws RangeError for an unknown zone.
 */
export function closedUntil(
  instant: Instant,
  hours: SendingHours,
  zones: readonly [string, ...string[]],
  law?: LegalHours,
): Closure | undefined {
  const own = zones.map((zone): ClosingClock => ({ zone, hours }));
  const certain = (law?.zones ?? []).map((zone) => legalClock(zone, law));
  const legal = law?.also === undefined ? certain : [...certain, legalClock(law.also, law)];
  const all = [...own, ...legal];
  const reason = all.map((clock) => whyClosed(instant, clock)).find((why) => why !== undefined);
  if (reason === undefined) return undefined;
  const first = own.slice(0, 1);
  // The zone that may be gives way to the law of those that are certain, and not to hours of one's own.
  const least = commonOpening(instant, legal) === 'never' ? certain : legal;
  // Each asks for less than the one before it.
  for (const clocks of [all, [...first, ...legal], [...first, ...least]]) {
    const until = commonOpening(instant, clocks);
    if (until === instant) return undefined;
    if (until !== 'never') return { reason, until };
  }
  return { reason, until: 'never' };
}

function legalClock(zone: string, law: LegalHours | undefined): ClosingClock {
  return { zone, hours: {}, legal: law?.openings ?? [] };
}

/** The first instant at which all are open, within a week of the first one's own opening; `never` where there is none. */
function commonOpening(instant: Instant, clocks: readonly ClosingClock[]): Instant | 'never' {
  const [first] = clocks;
  const begin = first === undefined ? instant : opensAt(instant, first);
  if (begin === 'never' || clocks.length === 1) return begin;
  const giveUp = addMillis(begin, COMMON_WITHIN);
  let open = begin;
  while (open < giveUp) {
    const candidate = open;
    for (const clock of clocks) {
      const opens = opensAt(candidate, clock);
      if (opens === 'never') return 'never';
      open = later(open, opens);
    }
    if (open === candidate) return open;
  }
  return 'never';
}

function whyClosed(instant: Instant, { zone, hours, legal }: ClosingClock): Closure['reason'] | undefined {
  const millis = toMillis(instant);
  const reading = millis + periodAt(millis, zone).offset;
  if (closedLeft(reading, hours.closed) > 0) return 'closed day';
  if (holidayLeft(reading, hours.holidays) > 0) return 'public holiday';
  if (windowsLeft(reading, hours.windows) > 0) return 'outside the windows';
  if (quietLeft(reading, hours.quiet) > 0) return 'quiet hours';
  return legalLeft(reading, legal) > 0 ? 'legal hours' : undefined;
}

/** The instant itself where it is open by the clock, else the first after it that is. */
function opensAt(instant: Instant, { zone, hours, legal }: ClosingClock): Instant | 'never' {
  const start = toMillis(instant);
  let at = start;
  while (at < start + FARTHEST) {
    const period = periodAt(at, zone);
    const reading = at + period.offset;
    const left = Math.max(
      closedLeft(reading, hours.closed),
      holidayLeft(reading, hours.holidays),
      windowsLeft(reading, hours.windows),
      quietLeft(reading, hours.quiet),
      legalLeft(reading, legal),
    );
    if (left === 0) return fromMillis(at);
    // Where the clocks are touched before that, it is looked again at what they show then.
    at = Math.min(at + left, period.until);
  }
  return 'never';
}

/** Milliseconds until every list of legal hours is open, or a little less: it is looked again then. */
function legalLeft(reading: Reading, legal: LegalHours['openings'] | undefined): number {
  let left = 0;
  for (const openings of legal ?? []) left = Math.max(left, windowsLeft(reading, openings));
  return left;
}

/** Milliseconds until the holiday around a reading is over; 0 on other days. The day after it may be one too. */
function holidayLeft(reading: Reading, holidays: SendingHours['holidays']): number {
  if (holidays === undefined) return 0;
  const day = Math.floor(reading / DAY) * DAY;
  const date = fromMillis(day).slice(0, 10);
  return holidays.some((dates) => dates.has(date)) ? day + DAY - reading : 0;
}

/** Milliseconds until the closed days around a reading are over, if nobody touched the clocks; 0 on other days. */
function closedLeft(reading: Reading, closed: readonly ClosedDays[] | undefined): number {
  if (closed === undefined) return 0;
  let left = 0;
  for (const { from, to } of closed) {
    const end = dayStart(to) + DAY;
    if (dayStart(from) <= reading && reading < end) left = Math.max(left, end - reading);
  }
  return left;
}

function dayStart(date: string): Reading {
  const midnight = parseInstant(`${date}T00:00:00.000Z`);
  if (midnight === undefined) throw new RangeError('a closed day is YYYY-MM-DD');
  return toMillis(midnight);
}

/** Milliseconds until the next window opens; 0 inside one. Infinity where none ever does. */
function windowsLeft(reading: Reading, windows: readonly Opening[] | undefined): number {
  if (windows === undefined) return 0;
  const today = Math.floor(reading / DAY) * DAY;
  let left = Number.POSITIVE_INFINITY;
  for (const { on, from, to } of windows) {
    const start = millisOfDay(from);
    const length = (millisOfDay(to) - start + DAY) % DAY || DAY;
    for (const day of on) {
      // From the latest day of this name that has begun, to the next: one of them is around the reading or ahead of it.
      const began = today + start - ((weekdayOf(today) - WEEKDAYS.indexOf(day) + 7) % 7) * DAY;
      for (const opens of [began - 7 * DAY, began, began + 7 * DAY]) {
        if (opens <= reading && reading < opens + length) return 0;
        if (opens > reading) left = Math.min(left, opens - reading);
      }
    }
  }
  return left;
}

/** 0 is monday; 1970-01-01 was a thursday. */
function weekdayOf(reading: Reading): number {
  return (((Math.floor(reading / DAY) + 3) % 7) + 7) % 7;
}

/** Milliseconds until the quiet around a reading is over; 0 outside it. Infinity for a window that never ends. */
function quietLeft(reading: Reading, quiet: DailyWindow | undefined): number {
  if (quiet === undefined) return 0;
  const now = reading - Math.floor(reading / DAY) * DAY;
  const from = millisOfDay(quiet.from);
  const to = millisOfDay(quiet.to);
  if (from === to) return Number.POSITIVE_INFINITY;
  const inside = from < to ? from <= now && now < to : now >= from || now < to;
  if (!inside) return 0;
  return to > now ? to - now : to - now + DAY;
}
