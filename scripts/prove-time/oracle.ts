// The answers that the language's rules demand, found by brute force: moment after moment is looked at until one fulfils
// the rule. Slow, simple, and without a line of the engine or of Temporal.
import type { OracleClock } from './oracle-clock.ts';
import { DAY, HOUR, MINUTE, QUARTER } from './oracle-clock.ts';

/** A length of time in the oracle's own words. */
export interface Length {
  readonly years?: number;
  readonly months?: number;
  readonly days?: number;
  readonly millis?: number;
}

/** Days of the week by number, 0 is sunday; undefined allows all. */
export type DaysOfWeek = ReadonlySet<number> | undefined;

/**
 * The first moment that shows a reading; where none does, the first that shows a later one. Clocks are ahead of UTC by
 * whole quarters of an hour, so the moments that can show it lie a quarter apart.
 */
export function momentShowing(clock: OracleClock, reading: number): number {
  let firstLater: number | undefined;
  for (let moment = reading - 16 * HOUR; moment < reading + 16 * HOUR; moment += QUARTER) {
    const shown = clock.shows(moment);
    if (shown === reading) return moment;
    if (shown > reading && firstLater === undefined) firstLater = endOfGap(clock, moment, reading);
  }
  if (firstLater === undefined)
    throw new Error(`${clock.zone} never shows ${new Date(reading).toISOString()}`);
  return firstLater;
}

/** Changes happen on full quarters, so a gap ends on the full quarter before the first later moment, or at it. */
function endOfGap(clock: OracleClock, moment: number, reading: number): number {
  const quarter = Math.floor(moment / QUARTER) * QUARTER;
  return clock.shows(quarter) > reading ? quarter : moment;
}

/** A length later, calendar parts first, then the exact rest. */
export function momentLater(
  clock: OracleClock,
  moment: number,
  length: Length,
  direction: 1 | -1 = 1,
): number {
  const { years = 0, months = 0, days = 0, millis = 0 } = length;
  if (years === 0 && months === 0 && days === 0) return moment + direction * millis;
  return momentShowing(clock, readingLater(clock.shows(moment), length, direction)) + direction * millis;
}

/** A reading moved by the calendar parts of a length. */
export function readingLater(reading: number, length: Length, direction: 1 | -1): number {
  const { years = 0, months = 0, days = 0 } = length;
  const shown = new Date(reading);
  const month = shown.getUTCFullYear() * 12 + shown.getUTCMonth() + direction * (years * 12 + months);
  const timeOfDay =
    shown.getTime() - Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate());
  // The month's end is found by walking back from the wanted day until the day is still inside the month.
  let dayOfMonth = shown.getUTCDate();
  while (new Date(Date.UTC(Math.floor(month / 12), month % 12, dayOfMonth)).getUTCMonth() !== month % 12)
    dayOfMonth -= 1;
  return Date.UTC(Math.floor(month / 12), month % 12, dayOfMonth + direction * days) + timeOfDay;
}

/** The first moment at or after `from` that is the time of an allowed day, looking at every time that could be it. */
export function momentOfTime(
  clock: OracleClock,
  from: number,
  minuteOfDay: number,
  allowed: DaysOfWeek,
): number {
  for (let moment = from; moment < from + 16 * DAY;) {
    const index = clock.stretchAt(moment);
    const shown = clock.shows(moment);
    const untilThen = (minuteOfDay * MINUTE - (shown % DAY) + DAY) % DAY;
    if (untilThen === 0 && isAllowed(shown, allowed) && !wasShownBefore(clock, index, shown)) return moment;
    if (clock.stretches[index]?.start === moment && isInGap(clock, index, minuteOfDay, allowed))
      return moment;
    // Until the clocks are touched again, they show this time next after `untilThen`, or after a day.
    moment = Math.min(
      moment + (untilThen === 0 ? DAY : untilThen),
      clock.stretches[index + 1]?.start ?? Infinity,
    );
  }
  throw new Error(`${clock.zone}: no such time of day within sixteen days`);
}

/** The same time of day on the next allowed day that the clocks show at all; the moment itself where its day is allowed. */
export function momentOnAllowedDay(clock: OracleClock, moment: number, allowed: DaysOfWeek): number {
  const shown = clock.shows(moment);
  for (let days = 0; days <= 16; days += 1) {
    const wanted = shown + days * DAY;
    if (!isAllowed(wanted, allowed)) continue;
    if (days === 0) return moment;
    if (dayIsShown(clock, wanted)) return momentShowing(clock, wanted);
  }
  throw new Error(`${clock.zone}: no allowed day`);
}

function isAllowed(shown: number, allowed: DaysOfWeek): boolean {
  return allowed === undefined || allowed.has(new Date(shown).getUTCDay());
}

/** Whether an earlier stretch of the last two days has shown this reading already. */
function wasShownBefore(clock: OracleClock, index: number, shown: number): boolean {
  for (let earlier = index - 1; earlier >= 0; earlier -= 1) {
    const ends = clock.stretches[earlier + 1]?.start ?? 0;
    if (ends < shown - 3 * DAY) return false;
    if (shown < ends + (clock.stretches[earlier]?.ahead ?? 0)) return true;
  }
  return false;
}

/** Whether the gap that ends where stretch `index` starts leaves out this time of an allowed day, but not the whole day. */
function isInGap(clock: OracleClock, index: number, minuteOfDay: number, allowed: DaysOfWeek): boolean {
  const stretch = clock.stretches[index];
  const before = clock.stretches[index - 1];
  if (stretch === undefined || before === undefined) return false;
  for (let shown = stretch.start + before.ahead; shown < stretch.start + stretch.ahead; shown += MINUTE)
    if (shown % DAY === minuteOfDay * MINUTE && isAllowed(shown, allowed) && dayIsShown(clock, shown))
      return true;
  return false;
}

/** Whether the clocks show any part of the date that a reading belongs to; parts last a quarter of an hour or more. */
function dayIsShown(clock: OracleClock, reading: number): boolean {
  const date = Math.floor(reading / DAY);
  for (let moment = date * DAY - 16 * HOUR; moment < (date + 1) * DAY + 16 * HOUR; moment += QUARTER)
    if (Math.floor(clock.shows(moment) / DAY) === date) return true;
  return false;
}
