// Lists of allowed days, in the words of the language for the engine and as plain numbers for the oracle.
import type { Weekday } from '#lib/contracts/calendar.ts';
import type { DaysOfWeek } from './oracle.ts';

const NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Allowed days: `names` for the engine, `numbers` (0 is sunday) for the oracle; both undefined for every day. */
export interface DayList {
  readonly names: readonly Weekday[] | undefined;
  readonly numbers: DaysOfWeek;
}

export const EVERY_DAY: DayList = { names: undefined, numbers: undefined };
export const MONDAY_TO_FRIDAY: DayList = { names: ['weekdays'], numbers: new Set([1, 2, 3, 4, 5]) };
export const WEEKEND: DayList = { names: ['weekend'], numbers: new Set([0, 6]) };

/** One day alone, 0 is sunday. */
export function onlyOn(day: number): DayList {
  const name = NAMES[day];
  return { names: name === undefined ? [] : [name], numbers: new Set([day]) };
}
