/** Entries: who is let into a journey by an event, and who is refused and why. By priority, then journey id. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { hashFraction, hashHex } from '#lib/contracts/hash.ts';
import { runId } from '#lib/contracts/ids.ts';
import { BUILT_IN_EVENTS, REQUEST_EVENT } from '#lib/journey/vocabulary.ts';
import { ENTRY_PROPERTIES, ENTRY_PROPERTY, MOST_KEYS, MOST_RUNS } from '../budgets.ts';
import { because } from '../conditions/explain.ts';
import { partOf } from '../conditions/values.ts';
import { ownRecord } from '../copy.ts';
import { about, announce, note, tallyOf, zoneOf, type Deciding } from '../deciding.ts';
import type { CustomerDocument, Run } from '../document.ts';
import { duration } from '../durations.ts';
import { propertiesNeeded } from '../handed-on.ts';
import { addDuration } from '../time/add-duration.ts';
import type { Version } from '../workspace.ts';
import { shareOf, shortJson } from '../size.ts';
import { meetsEntryCondition } from './entry-condition.ts';
import { triggers } from './entry-trigger.ts';
import { closedBecause } from './journey-state.ts';
import { restRun } from './legs.ts';
import { makePlan } from './plan.ts';
import { endRun, goalUntil } from './run-end.ts';
import { maySetOff, SETS_OFF_TOO_MUCH } from './set-off.ts';
import { watchGoal } from './watched-goals.ts';

/** Entry memory of a journey without keys is kept under the empty key. */
const NO_KEY = '';

/** All journeys into which an event of the customer lets. */
export function decideEntries(deciding: Deciding, event: CustomerEvent): void {
  const versions = deciding.workspace.entries.byEvent.get(event.event) ?? [];
  const open = versions.filter((version) => triggers(version, event));
  if (open.length === 0 && event.event === REQUEST_EVENT)
    note(deciding, {
      kind: 'ignores',
      reason: 'no journey that can be requested by this name',
      event: event.id,
    });
  for (const version of open) letIn(deciding, version, event);
}

/** `event` is what lets into the journey: its condition, key, re-entry and holdout decide, and the log says how. */
export function letIn(deciding: Deciding, version: Version, event: CustomerEvent): void {
  if (meetsEntryCondition(deciding, version, event)) admit(deciding, version, event);
}

/** As `letIn`, without the journey's condition. `by`: the run whose step enters the journey. True where the customer is in. */
export function admit(deciding: Deciding, version: Version, event: CustomerEvent, by?: string): boolean {
  const { journey, version: hash } = version.manifest;
  const key = keyOf(version, event);
  const refusal =
    key === undefined
      ? 'no key'
      : (refusalOf(deciding, version, key, event) ?? tooMuch(deciding, event, by !== undefined));
  if (refusal !== undefined) {
    note(deciding, {
      kind: 'refuses',
      journey,
      version: hash,
      reason: refusal,
      event: event.id,
      ...byRun(by),
    });
    return false;
  }
  // The count tells a second entry by the same event, beyond the deduplication window, from the first.
  const entered = deciding.document.tallies[journey]?.entered ?? 0;
  const id = runId(journey, deciding.document.customer, `${event.id}/${entered}`);
  if (isHeldOut(deciding, version)) {
    holdOut(deciding, version, id, event, by);
    return false;
  }
  enter(deciding, version, id, key ?? NO_KEY, event, by);
  return true;
}

/**
 * What is built in mostly tells of what journeys do: where that lets in, journeys may let each other in without end. Of what the
 * applications say only the request for a journey and the first word of a customer are meant, and a step has asked for its own place.
 */
function tooMuch(deciding: Deciding, { event }: CustomerEvent, isAsked: boolean): string | undefined {
  if (isAsked || !Object.hasOwn(BUILT_IN_EVENTS, event) || FROM_OUTSIDE.has(event)) return undefined;
  return maySetOff(deciding) ? undefined : SETS_OFF_TOO_MUCH;
}

const FROM_OUTSIDE = new Set(['Customer Created', REQUEST_EVENT]);

function byRun(by: string | undefined): { by?: string } {
  return by === undefined ? {} : { by };
}

/** Hash of the entry key, NO_KEY where the journey has none, undefined where the event lacks it. */
function keyOf(version: Version, event: CustomerEvent): string | undefined {
  const { key } = version.manifest.entry;
  if (key === undefined) return NO_KEY;
  const value = partOf(event.properties, key.split('.').slice(1));
  if (typeof value === 'number' || typeof value === 'boolean') return hashHex(`${typeof value}:${value}`, 16);
  return typeof value === 'string' && value !== '' ? hashHex(`string:${value}`, 16) : undefined;
}

function refusalOf(
  deciding: Deciding,
  version: Version,
  key: string,
  event: CustomerEvent,
): string | undefined {
  const { document } = deciding;
  const { journey, entry } = version.manifest;
  const { mode, after, atMost } = entry.reentry;
  const entries = document.entries[journey] ?? {};
  const before = Object.hasOwn(entries, key) ? entries[key] : undefined;
  const closed = closedBecause(deciding, journey, event.at);
  if (closed !== undefined) return closed;
  if (Object.hasOwn(document.heldOut, journey)) return 'held out';
  if (mode === 'never' && before !== undefined) return 'entered before';
  if (mode !== 'always' && isInside(document, journey, key)) return 'already inside';
  if (atMost !== undefined && (before?.count ?? 0) >= atMost) return 'entered often enough';
  if (mode === 'after' && before !== undefined && after !== undefined) {
    const again = addDuration(before.last, duration(after), zoneOf(document, deciding.workspace));
    if (event.at < again) return 'too soon';
  }
  if (key !== NO_KEY && before === undefined && keeps(version) && Object.keys(entries).length >= MOST_KEYS)
    return 'too many keys';
  if (Object.keys(document.runs).length >= MOST_RUNS) return 'too many runs';
  return undefined;
}

function isInside(document: CustomerDocument, journey: string, key: string): boolean {
  return Object.values(document.runs).some(
    (run) => run.journey === journey && run.over === undefined && (run.key ?? NO_KEY) === key,
  );
}

/**
 * The last entry is remembered always where there is no key: re-entry may be written differently tomorrow, and "never" means for
 * ever. Of keys, which can be many, only what re-entry asks about.
 */
function keeps(version: Version): boolean {
  const { key, reentry } = version.manifest.entry;
  return (
    key === undefined || reentry.mode === 'never' || reentry.mode === 'after' || reentry.atMost !== undefined
  );
}

function isHeldOut(deciding: Deciding, version: Version): boolean {
  const { holdout } = version.manifest.entry;
  if (holdout === undefined) return false;
  return hashFraction('holdout', version.manifest.journey, deciding.document.customer) * 100 < holdout;
}

/** Being held out is no entry, and for ever; the goal is watched all the same, to be compared. */
function holdOut(
  deciding: Deciding,
  version: Version,
  id: string,
  event: CustomerEvent,
  by: string | undefined,
): void {
  const { journey, version: hash } = version.manifest;
  deciding.document.heldOut[journey] = event.at;
  tallyOf(deciding, journey).heldOut += 1;
  note(deciding, {
    kind: 'refuses',
    journey,
    version: hash,
    reason: 'holdout',
    event: event.id,
    ...byRun(by),
  });
  const until = goalUntil(deciding, { journey, version: hash, entered: event.at });
  if (until === undefined) return;
  const { at: entered, properties } = event;
  watchGoal(deciding, id, { journey, version: hash, entered, until, event: properties });
}

function enter(
  deciding: Deciding,
  version: Version,
  id: string,
  key: string,
  event: CustomerEvent,
  by: string | undefined,
): void {
  const { document, now } = deciding;
  const { journey, version: hash, flow } = version.manifest;
  const run: Run = {
    journey,
    version: hash,
    ...(key === NO_KEY ? {} : { key }),
    leg: 1,
    phase: 'starting',
    phaseAt: now,
    entered: event.at,
    event: kept(deciding, version, event),
    first: { route: {}, until: null, from: now },
    since: now,
  };
  document.runs[id] = run;
  tallyOf(deciding, journey).entered += 1;
  remember(deciding, version, key, event);
  const why = by === undefined ? because(version.entryWhere, deciding, { event }) : { by };
  note(deciding, {
    kind: 'enters',
    ...about(id, run),
    name: event.event,
    ...why,
    event: event.id,
  });
  announce(deciding, 'Journey Entered', event, { journey });
  const planned = makePlan(deciding, { version, id, run, next: flow.start, countsFrom: run.entered });
  run.first = planned.plan;
  // A journey that is over before its first Task needs no execution.
  if (planned.end !== undefined)
    endRun(deciding, id, run, { ...planned.end, event: event.id, execution: 'by itself' });
  else if (planned.rest !== undefined) restRun(deciding, run, planned.rest, 'by itself');
}

function remember(deciding: Deciding, version: Version, key: string, event: CustomerEvent): void {
  if (!keeps(version)) return;
  const entries = ownRecord(deciding.document.entries, version.manifest.journey, {});
  const before = Object.hasOwn(entries, key) ? entries[key] : undefined;
  entries[key] = {
    count: (before?.count ?? 0) + 1,
    last: before !== undefined && before.last > event.at ? before.last : event.at,
  };
}

/**
 * What a run keeps of its entry event: what conditions read, messages print and journeys that it enters need; where
 * that is too much, what conditions read.
 */
function kept(deciding: Deciding, version: Version, event: CustomerEvent): Record<string, unknown> {
  const read = version.entryProperties;
  const wanted = propertiesNeeded(deciding.workspace, version);
  const all = Object.fromEntries(
    Object.entries(event.properties).filter(([name]) => wanted.has(name) || wanted.has('*')),
  );
  const most = shareOf(ENTRY_PROPERTIES, deciding.document);
  if (shortJson(all, most) !== undefined) return all;
  const small = Object.fromEntries(
    Object.entries(all).filter(
      ([name, value]) => read.has(name) && shortJson(value, ENTRY_PROPERTY) !== undefined,
    ),
  );
  const lost = Object.keys(all).filter((name) => !Object.hasOwn(small, name));
  const { journey, version: hash } = version.manifest;
  note(deciding, {
    kind: 'ignores',
    journey,
    version: hash,
    reason: `too large to keep: ${lost.join(', ')}`,
    event: event.id,
  });
  return small;
}
