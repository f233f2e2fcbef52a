// Additions and subtractions that arrive before, inside and after a change of the clocks, or start there.
import type { Duration } from '#lib/contracts/duration.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { HOUR, MINUTE, SECOND } from './oracle-clock.ts';
import type { Length } from './oracle.ts';
import { momentLater, momentShowing } from './oracle.ts';
import type { Subject } from './subject.ts';
import { moved, type Surroundings } from './surroundings.ts';
import type { Tally } from './tally.ts';

const LENGTHS: readonly Length[] = [
  { days: 1 },
  { days: 2 },
  { days: 7 },
  { months: 1 },
  { months: 6 },
  { years: 1 },
  { days: 1, millis: 2 * HOUR },
  { months: 1, days: 1 },
  { years: 1, months: 1, days: 3, millis: 90 * MINUTE + SECOND },
  { millis: 36 * HOUR },
];

/** Compares `addDuration` and `subtractDuration` around one change of the clocks. */
export function proveDurations(subject: Subject, around: Surroundings, tally: Tally): void {
  const { clock, low, middle, high } = around;
  for (const length of LENGTHS) {
    for (const target of [low - SECOND, low, middle + SECOND, high - SECOND, high]) {
      proveLater(subject, around, tally, momentShowing(clock, moved(target, length, -1)), length);
      proveEarlier(subject, around, tally, momentShowing(clock, moved(target, length, 1)), length);
    }
    for (const moment of around.moments.filter((_, index) => index % 2 === 0)) {
      proveLater(subject, around, tally, moment, length);
      proveEarlier(subject, around, tally, moment, length);
    }
  }
}

/** Month ends and leap days, which need no change of the clocks to go wrong. */
export function proveMonthEnds(subject: Subject, around: Surroundings, tally: Tally): void {
  for (const date of [
    '2024-01-31',
    '2024-02-29',
    '2027-12-31',
    '2028-02-29',
    '2028-03-31',
    '2030-08-31',
    '2039-10-30',
  ])
    for (const length of LENGTHS) {
      const moment = momentShowing(around.clock, Date.parse(`${date}T09:30:15.250Z`));
      proveLater(subject, around, tally, moment, length);
      proveEarlier(subject, around, tally, moment, length);
    }
}

function proveLater(
  subject: Subject,
  { clock }: Surroundings,
  tally: Tally,
  start: number,
  length: Length,
): void {
  const from = fromMillis(start);
  tally.compare(
    'addDuration',
    [from, length, clock.zone],
    () => subject.addDuration(from, durationOf(length), clock.zone),
    momentLater(clock, Math.floor(start), length),
  );
}

function proveEarlier(
  subject: Subject,
  { clock }: Surroundings,
  tally: Tally,
  start: number,
  length: Length,
): void {
  const from = fromMillis(start);
  tally.compare(
    'subtractDuration',
    [from, length, clock.zone],
    () => subject.subtractDuration(from, durationOf(length), clock.zone),
    momentLater(clock, Math.floor(start), length, -1),
  );
}

function durationOf({ years = 0, months = 0, days = 0, millis = 0 }: Length): Duration {
  return { years, months, days, milliseconds: millis };
}
