// The moments and readings around a change of the clocks at which mistakes show: its edges, its middle, a minute, a second
// and a millisecond on both sides.
import type { Change, OracleClock } from './oracle-clock.ts';
import { DAY, MINUTE, SECOND } from './oracle-clock.ts';
import type { Length } from './oracle.ts';

/** A change and what lies around it. Readings are milliseconds since 1970 as if the local clock were UTC. */
export interface Surroundings {
  readonly clock: OracleClock;
  /** The clocks of some other zone, for questions about several. */
  readonly other: OracleClock;
  /** The moment of the change, milliseconds since 1970. */
  readonly at: number;
  /** The readings [low, high) are left out or shown twice. */
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** Moments before, at and after the change. */
  readonly moments: readonly number[];
  /** Readings on full minutes before, inside and after the gap or repeated time, and others of those days. */
  readonly readings: readonly number[];
}

/** What lies around a change of the clocks. */
export function surroundingsOf(change: Change, clock: OracleClock, other: OracleClock): Surroundings {
  const { at } = change;
  const low = at + Math.min(change.before, change.after);
  const high = at + Math.max(change.before, change.after);
  const length = high - low;
  const middle = low + Math.floor(length / 2 / MINUTE) * MINUTE;
  const date = Math.floor(low / DAY) * DAY;
  const offsets = [-DAY, -length - SECOND, -length, -length / 2, -MINUTE, -SECOND, -1, 0, 1, SECOND, MINUTE];
  const later = [length / 2, length - SECOND, length, length + SECOND, DAY];
  const edges = [low - MINUTE, low, low + MINUTE, middle, high - MINUTE, high, high + MINUTE];
  const days = [-DAY, 0, DAY].flatMap((day) => [
    date + day,
    date + day + 9 * 60 * MINUTE,
    date + day + DAY - MINUTE,
  ]);
  return {
    clock,
    other,
    at,
    low,
    middle,
    high,
    moments: distinct([...offsets, ...later].map((offset) => at + offset)),
    readings: distinct([...edges, ...days, middle - DAY, middle + DAY]),
  };
}

/** "HH:MM" of a reading. */
export function timeText(reading: number): string {
  return new Date(reading).toISOString().slice(11, 16);
}

/** "YYYY-MM-DD" of a reading. */
export function dateText(reading: number): string {
  return new Date(reading).toISOString().slice(0, 10);
}

/** Minutes since midnight of a reading. */
export function minuteOf(reading: number): number {
  return Math.floor((reading % DAY) / MINUTE);
}

/** Day of the week of a reading, 0 is sunday. */
export function dayOf(reading: number): number {
  return new Date(reading).getUTCDay();
}

/** A reading about one length away, from which the length leads to the wanted one where the calendar allows it. */
export function moved(
  reading: number,
  { years = 0, months = 0, days = 0 }: Length,
  direction: 1 | -1,
): number {
  const date = new Date(reading - (direction === 1 ? -days : days) * DAY);
  date.setUTCMonth(date.getUTCMonth() + direction * (years * 12 + months));
  return date.getTime();
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)];
}
