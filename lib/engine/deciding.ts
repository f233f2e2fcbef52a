/**
 * One decision while it is being made: the private copy of the document, the instant, the workspace, and what has been
 * decided so far. Rules take it as their first argument.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { ownRecord } from './copy.ts';
import type { CustomerDocument, Run, Tally } from './document.ts';
import type { Version, Workspace } from './workspace.ts';
import { customerZone, type CustomerZone } from './time/zones.ts';

export interface Deciding {
  readonly document: CustomerDocument;
  /**
   * The instant that is decided about: the later of the clock and the document's last decision. While it is decided what has
   * come due since then, the instant at which that came due.
   */
  now: Instant;
  /** The instant of the input itself, also while what came due before it is decided. */
  readonly clock: Instant;
  readonly workspace: Workspace;
  readonly log: LogEntry[];
  /** Built-in events that this decision has set off and not yet dealt with. */
  readonly announced: CustomerEvent[];
  /** Built-in events set off so far: their ids must never be the same. */
  announcements: number;
  /** Runs that are copies by now. */
  readonly ownRuns: Set<string>;
  /** The event being decided is older than decisions already taken. */
  late: boolean;
  /** Until this input nobody has heard of the customer. */
  readonly isNew: boolean;
  /** False as long as writing the document would store nothing new. */
  changed: boolean;
}

/** A run, this decision's own to change; undefined where the customer is not in it. */
export function ownRun(deciding: Deciding, id: string): Run | undefined {
  const { runs } = deciding.document;
  const run = Object.hasOwn(runs, id) ? runs[id] : undefined;
  if (run === undefined || deciding.ownRuns.has(id)) return run;
  deciding.ownRuns.add(id);
  return (runs[id] = { ...run });
}

/** Appends to the log; `at` is now unless the entry says otherwise. */
export function note(
  deciding: Deciding,
  entry: Omit<LogEntry, 'at' | 'late'> & { readonly at?: Instant },
): void {
  deciding.changed = true;
  deciding.log.push({ at: deciding.now, ...entry, ...(deciding.late ? { late: true as const } : {}) });
}

/** The log's fields for a run. */
export function about(id: string, run: Run): { journey: string; version: string; run: string } {
  return { journey: run.journey, version: run.version, run: id };
}

/** The version that a run keeps. Of a document that is being decided about every version is known (unknown-version.ts). */
export function versionOf(
  deciding: Deciding,
  run: { journey: string; version: string },
): Version | undefined {
  return deciding.workspace.versions.get(`${run.journey}@${run.version}`);
}

/** Counts of one journey in this document, this decision's own to change; promise P8 adds them up. */
export function tallyOf(deciding: Deciding, journey: string): Tally {
  const empty = { entered: 0, completed: 0, exited: {}, failed: 0, heldOut: 0, converted: 0 };
  const tally = ownRecord(deciding.document.tallies, journey, empty);
  tally.exited = { ...tally.exited };
  return tally;
}

/** The zone that the customer lives in now: profile, country, phone number, workspace. */
export function zoneOf(document: CustomerDocument, workspace: Workspace): string {
  return zoneFoundFor(document, workspace).zone;
}

/** The same, with what it was concluded from. */
export function zoneFoundFor(document: CustomerDocument, workspace: Workspace): CustomerZone {
  const { traits } = document;
  const address = traits['address']?.value;
  const country =
    traits['country']?.value ??
    (typeof address === 'object' && address !== null && 'country' in address ? address.country : undefined);
  return customerZone(
    { timezone: traits['timezone']?.value, country, phone: traits['phone']?.value },
    workspace.settings.timezone,
  );
}

/** A built-in event: decided right after the input that set it off, if any version listens to it. */
export function announce(
  deciding: Deciding,
  event: string,
  cause: { readonly id: string; readonly at: Instant },
  properties: Record<string, unknown>,
): void {
  if (!deciding.workspace.watched.has(event)) return;
  deciding.announced.push({
    kind: 'event',
    id: `${cause.id}#${event}#${(deciding.announcements += 1)}`,
    at: cause.at,
    received: deciding.now,
    event,
    properties,
  });
}
