// The whole proof: every function around every change of the clocks of the given zones.
import type { Change } from './oracle-clock.ts';
import { MINUTE, OracleClock, PROVEN_UNTIL } from './oracle-clock.ts';
import { proveDates, proveDatesAtMonthEnds } from './prove-dates.ts';
import { proveDurations, proveMonthEnds } from './prove-durations.ts';
import { proveLocalTime } from './prove-local-time.ts';
import { proveSchedules } from './prove-schedules.ts';
import { proveSendingHours } from './prove-sending-hours.ts';
import { proveWaits } from './prove-waits.ts';
import type { Subject } from './subject.ts';
import { surroundingsOf, type Surroundings } from './surroundings.ts';
import { Tally } from './tally.ts';

/** What was proven. */
export interface Proof {
  readonly zones: number;
  /** Changes of the clocks over all zones. */
  readonly changes: number;
  /** Zones whose clocks never change in these years; they are asked around two ordinary dates instead. */
  readonly zonesWithoutChange: number;
  readonly tally: Tally;
}

/** Compares some functions with the oracle around one change of the clocks. */
export type Prover = (subject: Subject, around: Surroundings, tally: Tally) => void;

const PROVERS: readonly Prover[] = [
  proveLocalTime,
  proveDurations,
  proveSendingHours,
  proveWaits,
  proveDates,
  proveSchedules,
];

/**
 * Compares the subject with the oracle in these zones, around every change of the clocks from 2024 to 2040.
 * @param progress is called after each zone with the number of zones done.
 * @param provers what is asked around each change; all there is, unless told otherwise.
 */
export function proveZones(
  subject: Subject,
  zones: readonly string[],
  progress: (done: number) => void = () => undefined,
  provers: readonly Prover[] = PROVERS,
): Proof {
  const tally = new Tally();
  let changes = 0;
  let zonesWithoutChange = 0;
  // The clocks of the zone before serve as those of "another zone": neighbours in the list are often far apart.
  let other = new OracleClock(zones.at(-1) ?? 'UTC');
  for (const [index, zone] of zones.entries()) {
    const clock = new OracleClock(zone);
    const found = clock.changes();
    changes += found.length;
    if (found.length === 0) zonesWithoutChange += 1;
    for (const change of found.length === 0 ? dates(clock) : found) {
      const around = surroundingsOf(change, clock, other);
      for (const prove of provers) prove(subject, around, tally);
    }
    for (const date of dates(clock).slice(0, 1)) {
      proveMonthEnds(subject, surroundingsOf(date, clock, other), tally);
      proveDatesAtMonthEnds(subject, surroundingsOf(date, clock, other), tally);
    }
    other = clock;
    progress(index + 1);
  }
  return { zones: zones.length, changes, zonesWithoutChange, tally };
}

/** Ordinary dates at which nothing happens, in the form of a change of no length. */
function dates(clock: OracleClock): Change[] {
  return [Date.UTC(2028, 1, 29, 12), PROVEN_UNTIL - MINUTE].map((at) => {
    const ahead = clock.shows(at) - at;
    return { at, before: ahead, after: ahead };
  });
}
