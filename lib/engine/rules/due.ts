/**
 * What time alone changes. A document says in `due` when that is next the case; whoever watches the time (an index of the
 * table, the simulator's clock) then passes the input `time`. And because an input may come first, what has come due is
 * decided before every input, in order of due, each at its own instant: it makes no difference who was first.
 */
import type { Instant } from '#lib/contracts/time.ts';
import { earlier } from '#lib/contracts/time.ts';
import { MOST_DUE } from '../budgets.ts';
import type { Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import { parkedRuns } from './parked-runs.ts';
import { pausedRuns } from './paused-runs.ts';
import { openWaitsDue } from './open-waits.ts';
import { segmentsDue } from './segments.ts';
import { journeyEndsDue } from './journey-ends.ts';
import { metJourneysDue } from './met-journeys.ts';
import { timedEntriesDue } from './timed-entries.ts';

/** One kind of thing that time alone changes. */
export interface DueSource {
  /**
   * The first instant strictly later than `after` at which it is the case, with everything else as it is; undefined: never.
   */
  readonly next: (document: CustomerDocument, workspace: Workspace, after: Instant) => Instant | undefined;
  /** It has come: `deciding.now` is its instant. */
  readonly decide: (deciding: Deciding) => void;
  /**
   * True where the workspace holds what this document was never decided by: the first input after a deployment decides it,
   * at that input's instant, after all that had come due by then.
   */
  readonly isBehind?: (document: CustomerDocument, workspace: Workspace) => boolean;
}

/** Of several that come at one instant, the first here is decided first. */
const SOURCES: readonly DueSource[] = [
  segmentsDue,
  journeyEndsDue,
  openWaitsDue,
  metJourneysDue,
  parkedRuns,
  pausedRuns,
  timedEntriesDue,
];

/** The document's next due instant after `after`; undefined where time alone changes nothing any more. */
export function nextDue(
  document: CustomerDocument,
  workspace: Workspace,
  after: Instant,
): Instant | undefined {
  let next: Instant | undefined;
  for (const source of SOURCES) {
    const at = source.next(document, workspace, after);
    if (at !== undefined) next = next === undefined ? at : earlier(next, at);
  }
  return next;
}

/** Whether something has to be decided before any input at `now`. Asked with every input: it must cost next to nothing. */
export function isDue(document: CustomerDocument, workspace: Workspace, now: Instant): boolean {
  if (document.revision === 0) return false;
  if (document.due !== undefined && document.due <= now) return true;
  return SOURCES.some((source) => source.isBehind?.(document, workspace) === true);
}

/**
 * Decides all that has come due by `deciding.now`; `finish` deals with the built-in events that each has announced. Beyond the
 * budget the instants between are passed over: everything is decided once more, now.
 */
export function decideDue(deciding: Deciding, finish: () => void): void {
  const { document, workspace, now } = deciding;
  const decideAt = (source: DueSource, at: Instant): void => {
    deciding.now = at;
    source.decide(deciding);
    finish();
  };
  let after = document.decided;
  let next = earliest(document, workspace, after);
  for (let count = 0; next !== undefined && next.at <= now && count < MOST_DUE; count += 1) {
    decideAt(next.source, next.at);
    // Others may be due at the very same instant: it is over when all have been asked.
    for (const source of SOURCES)
      if (source !== next.source && source.next(document, workspace, after) === next.at)
        decideAt(source, next.at);
    // As if somebody had looked at that instant: an event of before it is late from then on.
    document.decided = next.at;
    after = next.at;
    next = earliest(document, workspace, after);
  }
  const isOverBudget = next !== undefined && next.at <= now;
  for (const source of SOURCES)
    if (isOverBudget || source.isBehind?.(document, workspace) === true) {
      decideAt(source, now);
      document.decided = now;
    }
  // What was due is no longer: this has to be written, also where nothing else changes.
  deciding.changed = true;
  deciding.now = now;
}

function earliest(
  document: CustomerDocument,
  workspace: Workspace,
  after: Instant,
): { readonly source: DueSource; readonly at: Instant } | undefined {
  let found: { readonly source: DueSource; readonly at: Instant } | undefined;
  for (const source of SOURCES) {
    const at = source.next(document, workspace, after);
    if (at !== undefined && (found === undefined || at < found.at)) found = { source, at };
  }
  return found;
}
