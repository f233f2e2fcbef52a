/** Schedules in one zone: when the next one takes place, and what is then asked of every customer. */
import type { Instant } from '#lib/contracts/time.ts';
import { nextOccurrence } from '../time/occurrences.ts';
import type { Workspace } from '../workspace.ts';
import { decideAndCommit, type Decided, type DecidingPorts, type Engine } from './engine.ts';

/** Schedules that take place at one instant. */
export interface ScheduledEntry {
  readonly at: Instant;
  /** Journeys, in the order in which they let in. */
  readonly journeys: readonly string[];
}

/** The first instant strictly after another at which a schedule takes place for everybody; undefined: never again. */
export function nextScheduled({ entries }: Workspace, after: Instant): ScheduledEntry | undefined {
  let at: Instant | undefined;
  let journeys: string[] = [];
  for (const { version, trigger, byCustomer } of entries.timed) {
    if (byCustomer || trigger.kind !== 'schedule') continue;
    const next = nextOccurrence(trigger, after, trigger.zone)?.at;
    if (next === undefined || (at !== undefined && next > at)) continue;
    journeys = next === at ? [...journeys, version.manifest.journey] : [version.manifest.journey];
    at = next;
  }
  return at === undefined ? undefined : { at, journeys };
}

/**
 * The schedules take place for one customer, who must be known. May be called again and late: each lets in at most once.
 * Throws the fault `DocumentConflict` where it should be tried again later.
 */
export function letInByTime(
  engine: Engine<DecidingPorts>,
  customer: string,
  scheduled: ScheduledEntry,
): Promise<Decided> {
  const { at: occurrence, journeys } = scheduled;
  return decideAndCommit(
    engine,
    customer,
    journeys.map((journey) => ({ kind: 'scheduled', journey, occurrence })),
  );
}
