/** Schedules in one zone: when the next one takes place, and what is then asked of every customer. */
import type { Instant } from '#lib/contracts/time.ts';
import { LIVE } from '#lib/journey/journey-rules.ts';
import { latestOccurrence, nextOccurrence } from '../time/occurrences.ts';
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
 * The schedules that have taken place for everybody after one instant, up to another inclusive, in order. Of one that nobody was
 * there to see several times only the latest is made up, and a journey that lets nobody in is passed over: all customers would be
 * asked for nothing. `workspace`: with the switches as they are now.
 */
export function scheduledBetween(
  workspace: Workspace,
  after: Instant,
  upTo: Instant,
): readonly ScheduledEntry[] {
  const byInstant = new Map<Instant, string[]>();
  for (const { version, trigger, byCustomer } of workspace.entries.timed) {
    const { journey } = version.manifest;
    if (byCustomer || trigger.kind !== 'schedule') continue;
    const at = latestOccurrence(trigger, after, upTo, trigger.zone)?.at;
    if (at === undefined || !isOpen(workspace, journey, at)) continue;
    byInstant.set(at, [...(byInstant.get(at) ?? []), journey]);
  }
  const instants = [...byInstant.keys()].toSorted();
  return instants.map((at) => ({ at, journeys: byInstant.get(at) ?? [] }));
}

function isOpen({ journeys, terms }: Workspace, journey: string, at: Instant): boolean {
  const { status } = journeys.get(journey) ?? LIVE;
  const { starts, ends } = terms.get(journey) ?? {};
  return status === 'live' && (starts === undefined || at >= starts) && (ends === undefined || at < ends);
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
