/**
 * Waits that something else than an event may end: a condition that has become true, a date that has changed. Asked after
 * everything that happens to the customer, whatever it was that changed what they read.
 */
import { earlier, type Instant } from '#lib/contracts/time.ts';
import { isTrue } from '../conditions/evaluate.ts';
import { nextChange } from '../conditions/next-change.ts';
import { ownRun, versionOf, type Deciding } from '../deciding.ts';
import type { CustomerDocument, Run } from '../document.ts';
import type { Version, Workspace } from '../workspace.ts';
import { followDate } from './date-moves.ts';
import { winWait } from './waits.ts';

/** What has happened: its own timestamp decides whether it came before the end of a wait. */
interface Cause {
  readonly at: Instant;
  readonly id?: string | undefined;
}

export function decideOpenWaits(deciding: Deciding, cause: Cause): void {
  const { runs } = deciding.document;
  for (const id in runs) {
    const shared = runs[id];
    if (shared?.waiting === undefined || shared.over !== undefined) continue;
    const version = versionOf(deciding, shared);
    if (version === undefined) continue;
    if (shared.waiting.follows === undefined && !isTrueNow(deciding, id, shared, version, cause.at)) continue;
    const run = ownRun(deciding, id);
    if (run === undefined) continue;
    followDate(deciding, id, run, version, cause.id);
    const { waiting } = run;
    if (waiting !== undefined && isTrueNow(deciding, id, run, version, cause.at))
      winWait(deciding, id, run, version, { ...waiting, arm: 0 });
  }
}

/**
 * The run's wait is for a condition, which is true. Where another wait that was won is not yet behind the execution, it is asked
 * again as soon as this one has registered.
 */
function isTrueNow(deciding: Deciding, id: string, run: Run, version: Version, at: Instant): boolean {
  const { waiting, won } = run;
  const when = waiting === undefined ? undefined : version.waits.get(waiting.step)?.when;
  if (waiting === undefined || when === undefined || won !== undefined || run.over !== undefined)
    return false;
  return at < waiting.until && isTrue(when, deciding, { entry: run.event, run: { id, run } });
}

/** Waits for a condition, as what time alone changes (due.ts). */
export const openWaitsDue = {
  next: (document: CustomerDocument, workspace: Workspace, after: Instant): Instant | undefined => {
    let next: Instant | undefined;
    for (const id in document.runs) {
      const run = document.runs[id];
      if (run?.waiting === undefined || run.won !== undefined || run.over !== undefined) continue;
      const version = workspace.versions.get(`${run.journey}@${run.version}`);
      const when = version?.waits.get(run.waiting.step)?.when;
      if (when === undefined) continue;
      const scope = { entry: run.event, run: { id, run } };
      const at = nextChange(when, { document, workspace, now: after }, scope);
      if (at !== undefined && at < run.waiting.until) next = next === undefined ? at : earlier(next, at);
    }
    return next;
  },
  decide: (deciding: Deciding): void => decideOpenWaits(deciding, { at: deciding.now }),
};
