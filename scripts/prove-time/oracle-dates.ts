// When dates and schedules take place, found by brute force: year after year, day after day. Not a line of the engine.
import type { OracleClock } from './oracle-clock.ts';
import { DAY, MINUTE } from './oracle-clock.ts';
import type { Length } from './oracle.ts';
import { momentLater, momentShowing, readingLater } from './oracle.ts';

/** A date, and what may be said about it. */
export interface OracleDate {
  /** What the clocks show at it; a day alone is its midnight. */
  readonly reading: number;
  /** The moment itself, where the date is one: then it counts unless there is a time of day. */
  readonly moment?: number | undefined;
  readonly offset?: Length | undefined;
  /** Of the offset: 1 after the date, -1 before it. */
  readonly direction: 1 | -1;
  /** Minutes since midnight. */
  readonly at?: number | undefined;
}

/** The moment that a date comes to. */
export function momentOfDate(clock: OracleClock, date: OracleDate): number {
  const { reading, moment, offset = {}, direction, at } = date;
  const exact = direction * (offset.millis ?? 0);
  if (at !== undefined) {
    const midnight = Math.floor(reading / DAY) * DAY;
    const day = Math.floor((readingLater(midnight, offset, direction) + exact) / DAY) * DAY;
    return momentShowing(clock, day + at * MINUTE);
  }
  if (moment !== undefined) return momentLater(clock, moment, offset, direction);
  return momentShowing(clock, readingLater(reading, offset, direction)) + exact;
}

/** The first moment after another at which a date comes round, every year being looked at. */
export function momentOfYearlyDate(clock: OracleClock, date: OracleDate, after: number): number | undefined {
  const first = new Date(date.reading);
  const around = new Date(after).getUTCFullYear() - date.direction * (date.offset?.years ?? 0);
  const earliest = Math.max(first.getUTCFullYear(), around - 1);
  for (let year = earliest; year <= earliest + 3; year += 1) {
    const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
    const isOddDay = first.getUTCMonth() === 1 && first.getUTCDate() === 29 && !isLeap;
    const midnight = Date.UTC(year, first.getUTCMonth(), isOddDay ? 28 : first.getUTCDate());
    const moment = momentOfDate(clock, { ...date, reading: midnight + (date.reading % DAY) });
    if (moment > after) return moment;
  }
  return undefined;
}

/** A schedule in the oracle's own words: whether it takes place on a day, given as its midnight, and at which minute of it. */
export interface OracleSchedule {
  readonly isOn: (midnight: number) => boolean;
  readonly minute: number;
}

/** Longer than any schedule here rests. */
const DAYS_TO_SEARCH = 70;

/** The first moment after another at which a schedule takes place. */
export function momentOfSchedule(clock: OracleClock, schedule: OracleSchedule, after: number): number {
  const today = Math.floor(clock.shows(after) / DAY) * DAY;
  for (let days = -2; days < DAYS_TO_SEARCH; days += 1) {
    const day = today + days * DAY;
    if (!schedule.isOn(day)) continue;
    const moment = momentShowing(clock, day + schedule.minute * MINUTE);
    if (moment > after) return moment;
  }
  throw new Error(`${clock.zone}: the schedule never takes place`);
}
