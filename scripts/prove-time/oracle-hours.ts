// When a message may go out, found by brute force: minute after minute is looked at until one is open in every zone.
import type { OracleClock } from './oracle-clock.ts';
import { MINUTE } from './oracle-clock.ts';

/** A daily window in minutes since midnight, start included, end excluded. */
export interface MinuteWindow {
  readonly from: number;
  readonly to: number;
}

/** Sending hours in the oracle's own words. */
export interface OracleHours {
  readonly quiet?: MinuteWindow;
  /** Days by number, 0 is sunday. */
  readonly windows?: readonly (MinuteWindow & { readonly days: ReadonlySet<number> })[];
  /** Days since 1970, both included. */
  readonly closed?: readonly (readonly [from: number, to: number])[];
}

const MINUTES_OF_DAY = 1440;
const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;

/** The minutes of each hours' week: the same are asked about many times. */
const weeks = new WeakMap<OracleHours, Uint8Array>();

/** The moment itself where it is open in all zones, else the first full minute after it that is and lies before `limit`. */
export function momentOpen(
  clocks: readonly OracleClock[],
  moment: number,
  hours: OracleHours,
  limit: number,
): number | undefined {
  const week = weeks.get(hours) ?? openMinutes(hours);
  weeks.set(hours, week);
  const shown = clocks.map((clock) => reader(clock));
  const isOpen = (at: number): boolean => {
    for (const read of shown) if (!isOpenReading(read(at), hours, week)) return false;
    return true;
  };
  if (isOpen(moment)) return moment;
  for (let at = Math.floor(moment / MINUTE) * MINUTE + MINUTE; at < limit; at += MINUTE)
    if (isOpen(at)) return at;
  return undefined;
}

/** What the clocks show, asked for moments in their order: the stretch is looked up where the last one has ended. */
function reader(clock: OracleClock): (at: number) => number {
  let ends = -Infinity;
  let ahead = 0;
  return (at) => {
    if (at >= ends) {
      const index = clock.stretchAt(at);
      ends = clock.stretches[index + 1]?.start ?? Infinity;
      ahead = clock.stretches[index]?.ahead ?? 0;
    }
    return at + ahead;
  };
}

function isOpenReading(shown: number, { closed }: OracleHours, week: Uint8Array): boolean {
  // Cut to 32 bits, which hold the minutes of some thousand years and are reckoned with faster.
  const minute = (shown / MINUTE) | 0;
  if (closed !== undefined) {
    const day = (minute / MINUTES_OF_DAY) | 0;
    for (const [from, to] of closed) if (from <= day && day <= to) return false;
  }
  // 1970-01-01 was a thursday.
  return week[(minute + 4 * MINUTES_OF_DAY) % MINUTES_OF_WEEK] === 1;
}

/** The minutes of a week, from sunday on: 1 where windows and quiet hours leave one open. */
function openMinutes({ quiet, windows }: OracleHours): Uint8Array {
  const week = new Uint8Array(MINUTES_OF_WEEK).fill(windows === undefined ? 1 : 0);
  for (const { days, from, to } of windows ?? [])
    for (const day of days)
      for (let minute = 0; minute < lengthOf({ from, to }); minute += 1)
        week[(day * MINUTES_OF_DAY + from + minute) % MINUTES_OF_WEEK] = 1;
  if (quiet === undefined) return week;
  for (let day = 0; day < 7; day += 1)
    for (let minute = 0; minute < lengthOf(quiet); minute += 1)
      week[(day * MINUTES_OF_DAY + quiet.from + minute) % MINUTES_OF_WEEK] = 0;
  return week;
}

/** An end before the start is on the next day, one equal to it a day later. */
function lengthOf({ from, to }: MinuteWindow): number {
  return to > from ? to - from : to - from + MINUTES_OF_DAY;
}
