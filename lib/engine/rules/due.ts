/**
 * What time alone changes. A document says in `due` when that is next the case; whoever watches the time (an index of the
 * table, the simulator's clock) then passes the input `time`. And because an input may come first, what has come due is
 * decided before every input, in order of due, each at its own instant: it makes no difference who was first.
 */
import type { Instant } from '#lib/contracts/time.ts';
import { earlier, later } from '#lib/contracts/time.ts';
import { MOST_DUE } from '../budgets.ts';
import type { Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';

/** One kind of thing that time alone changes. */
export interface DueSource {
  /**
   * When it is next the case; undefined: never. After `decide` it must answer a later instant, or an instant that has come
   * would come again and again.
   */
  readonly next: (document: CustomerDocument, workspace: Workspace) => Instant | undefined;
  /** It has come: `deciding.now` is its instant. */
  readonly decide: (deciding: Deciding) => void;
  /**
   * True where the workspace holds what this document was never decided by: the first input after a deployment decides it,
   * at that input's instant, after all that had come due by then.
   */
  readonly isBehind?: (document: CustomerDocument, workspace: Workspace) => boolean;
}

/** Of several that come at one instant, the first here is decided first. */
const SOURCES: readonly DueSource[] = [];

/** The document's next due instant; undefined where time alone changes nothing any more. */
export function nextDue(document: CustomerDocument, workspace: Workspace): Instant | undefined {
  let next: Instant | undefined;
  for (const source of SOURCES) {
    const at = source.next(document, workspace);
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
 * Decides all that has come due by `deciding.now`; `finish` deals with the built-in events that each has announced. More than
 * the budget allows stays due: the next input goes on with it.
 */
export function decideDue(deciding: Deciding, finish: () => void): void {
  const { document, workspace, now } = deciding;
  const decideAt = (source: DueSource, at: Instant): void => {
    deciding.now = at;
    source.decide(deciding);
    finish();
  };
  for (let count = 0; count < MOST_DUE; count += 1) {
    const next = earliest(document, workspace);
    if (next === undefined || next.at > now) break;
    // What was due is no longer: this has to be written, also where nothing else changes.
    deciding.changed = true;
    decideAt(next.source, later(next.at, document.decided));
  }
  for (const source of SOURCES)
    if (source.isBehind?.(document, workspace) === true) {
      deciding.changed = true;
      decideAt(source, now);
    }
  deciding.now = now;
}

function earliest(
  document: CustomerDocument,
  workspace: Workspace,
): { readonly source: DueSource; readonly at: Instant } | undefined {
  let found: { readonly source: DueSource; readonly at: Instant } | undefined;
  for (const source of SOURCES) {
    const at = source.next(document, workspace);
    if (at !== undefined && (found === undefined || at < found.at)) found = { source, at };
  }
  return found;
}
