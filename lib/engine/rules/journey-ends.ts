/** A journey that ends with `"atEnd": "exit"`: those inside leave at that instant, by time alone. */
import type { Instant } from '#lib/contracts/time.ts';
import { ownRun, type Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import { endRun } from './run-end.ts';

/** As what time alone changes (due.ts). */
export const journeyEndsDue = {
  next: (document: CustomerDocument, workspace: Workspace, after: Instant): Instant | undefined => {
    let next: Instant | undefined;
    for (const { ends } of endings(document, workspace))
      if (ends > after && (next === undefined || ends < next)) next = ends;
    return next;
  },
  /** The end was moved, or written, while the customer was inside. */
  isBehind: (document: CustomerDocument, workspace: Workspace): boolean => {
    for (const { ends } of endings(document, workspace))
      if (document.due === undefined || document.due > ends) return true;
    return false;
  },
  decide: (deciding: Deciding): void => {
    for (const { id, ends } of endings(deciding.document, deciding.workspace)) {
      const run = ends <= deciding.now ? ownRun(deciding, id) : undefined;
      if (run !== undefined) endRun(deciding, id, run, { as: 'exited', reason: 'ended', execution: 'stop' });
    }
  },
};

/** Active runs that leave at their journey's end. */
function* endings(
  { runs }: CustomerDocument,
  { terms }: Workspace,
): Generator<{ readonly id: string; readonly ends: Instant }> {
  if (terms.size === 0) return;
  for (const [id, run] of Object.entries(runs)) {
    const term = terms.get(run.journey);
    if (run.over === undefined && term?.exits === true && term.ends !== undefined)
      yield { id, ends: term.ends };
  }
}
