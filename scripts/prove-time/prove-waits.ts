// Whole waits: durations, times of day and weekdays together, over a change of the clocks.
import { fromMillis } from '#lib/contracts/time.ts';
import type { DayList } from './day-lists.ts';
import { EVERY_DAY, MONDAY_TO_FRIDAY, onlyOn, WEEKEND } from './day-lists.ts';
import type { OracleClock } from './oracle-clock.ts';
import { DAY, HOUR, MINUTE, SECOND } from './oracle-clock.ts';
import type { Length } from './oracle.ts';
import { momentLater, momentOfTime, momentOnAllowedDay, momentShowing } from './oracle.ts';
import type { Subject } from './subject.ts';
import type { Surroundings } from './surroundings.ts';
import { dayOf, minuteOf, timeText } from './surroundings.ts';
import type { Tally } from './tally.ts';

interface WaitCase {
  readonly length?: Length;
  /** Minutes since midnight. */
  readonly until?: number;
  readonly on: DayList;
}

/** Compares `waitUntil` around one change of the clocks. */
export function proveWaits(subject: Subject, around: Surroundings, tally: Tally): void {
  const { clock, at, low, middle, high } = around;
  const inside = minuteOf(middle);
  const evening = Math.floor(low / DAY) * DAY + 18 * HOUR;
  const waits: readonly WaitCase[] = [
    { length: { days: 2 }, until: 9 * 60, on: MONDAY_TO_FRIDAY },
    { until: inside, on: EVERY_DAY },
    { until: inside, on: WEEKEND },
    { length: { days: 1 }, until: inside, on: EVERY_DAY },
    { length: { days: 1 }, until: inside, on: MONDAY_TO_FRIDAY },
    { length: { millis: 90 * MINUTE }, until: inside, on: EVERY_DAY },
    { length: { days: 1 }, on: onlyOn(dayOf(low)) },
    { length: { days: 2 }, on: MONDAY_TO_FRIDAY },
    { length: { millis: HOUR }, on: WEEKEND },
    { length: { months: 1 }, until: inside, on: WEEKEND },
    { length: { days: 3 }, on: EVERY_DAY },
  ];
  const starts = [
    momentShowing(clock, evening - 2 * DAY),
    momentShowing(clock, middle - DAY),
    momentShowing(clock, middle - 3 * DAY),
    at - SECOND,
    at,
    at + (high - low) / 2,
  ].map((moment) => Math.floor(moment));
  for (const start of starts) for (const wait of waits) proveWait(subject, clock, tally, start, wait);
}

function proveWait(subject: Subject, clock: OracleClock, tally: Tally, start: number, wait: WaitCase): void {
  const { years = 0, months = 0, days = 0, millis = 0 } = wait.length ?? {};
  const asked = {
    from: fromMillis(start),
    for: wait.length === undefined ? undefined : { years, months, days, milliseconds: millis },
    until: wait.until === undefined ? undefined : timeText(wait.until * MINUTE),
    on: wait.on.names,
    zone: clock.zone,
  };
  tally.compare('waitUntil', [asked], () => subject.waitUntil(asked), endOfWait(clock, start, wait));
}

function endOfWait(clock: OracleClock, start: number, { length, until, on }: WaitCase): number {
  if (length === undefined) return momentOfTime(clock, start + 1, until ?? 0, on.numbers);
  const passed = momentLater(clock, start, length);
  if (until !== undefined) return momentOfTime(clock, passed, until, on.numbers);
  return momentOnAllowedDay(clock, passed, on.numbers);
}
