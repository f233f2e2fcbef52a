// Local times against the oracle: readings in gaps and repeated hours, the next time of day, weekdays.
import type { Instant } from '#lib/contracts/time.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import type { DayList } from './day-lists.ts';
import { EVERY_DAY, MONDAY_TO_FRIDAY, onlyOn, WEEKEND } from './day-lists.ts';
import { DAY, HOUR, MINUTE, SECOND } from './oracle-clock.ts';
import { momentOfTime, momentShowing } from './oracle.ts';
import type { Subject } from './subject.ts';
import type { Surroundings } from './surroundings.ts';
import { dateText, dayOf, minuteOf, timeText } from './surroundings.ts';
import type { Tally } from './tally.ts';

/** Compares `localInstant`, `nextTimeOfDay` and `timeOfDayAtOrAfter` around one change of the clocks. */
export function proveLocalTime(subject: Subject, around: Surroundings, tally: Tally): void {
  const { clock, at, low, middle, high, moments } = around;
  for (const reading of around.readings) {
    const [date, time] = [dateText(reading), timeText(reading)];
    tally.compare(
      'localInstant',
      [date, time, clock.zone],
      () => subject.localInstant(date, time, clock.zone),
      momentShowing(clock, reading),
    );
  }
  const times = new Set(
    [low - MINUTE, low, middle, high - MINUTE, high, 9 * HOUR].map((reading) => minuteOf(reading)),
  );
  for (const time of times) {
    for (const moment of moments) proveNext(subject, around, tally, moment, time, EVERY_DAY);
    const lists = [onlyOn(dayOf(low)), onlyOn(dayOf(high - MINUTE)), MONDAY_TO_FRIDAY, WEEKEND];
    for (const list of lists)
      for (const moment of [at - 3 * DAY, at - SECOND, at])
        proveNext(subject, around, tally, moment, time, list);
  }
}

function proveNext(
  subject: Subject,
  { clock }: Surroundings,
  tally: Tally,
  moment: number,
  minuteOfDay: number,
  list: DayList,
): void {
  const from: Instant = fromMillis(moment);
  const time = timeText(minuteOfDay * MINUTE);
  const input = [from, time, clock.zone, list.names];
  tally.compare(
    'nextTimeOfDay',
    input,
    () => subject.nextTimeOfDay(from, time, clock.zone, list.names),
    momentOfTime(clock, Math.floor(moment) + 1, minuteOfDay, list.numbers),
  );
  tally.compare(
    'timeOfDayAtOrAfter',
    input,
    () => subject.timeOfDayAtOrAfter(from, time, clock.zone, list.names),
    momentOfTime(clock, Math.floor(moment), minuteOfDay, list.numbers),
  );
}
