/**
 * A document may name versions that this function does not know yet: while a deployment is under way, one function has the new
 * version and another has not. To decide without it would make the run deaf, or end a wait by the wrong arm, and the input would be
 * over and done with. So nothing at all is decided: the input is tried again, by then by a function that knows it.
 */
import { versionKey } from '#lib/contracts/ids.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from './document.ts';
import type { Workspace } from './workspace.ts';

/**
 * The first version that the workspace lacks, of those that what follows may depend on: of every run, and of every goal whose window
 * is open. Undefined where all are known. Asked with every input: it must cost next to nothing.
 */
export function unknownVersion(
  { runs, watched }: CustomerDocument,
  { versions }: Workspace,
  now: Instant,
): string | undefined {
  for (const id in runs) {
    const run = runs[id];
    if (run === undefined) continue;
    const key = versionKey(run.journey, run.version);
    if (!versions.has(key)) return key;
  }
  for (const id in watched) {
    const goal = watched[id];
    if (goal === undefined || goal.until <= now) continue;
    const key = versionKey(goal.journey, goal.version);
    if (!versions.has(key)) return key;
  }
  return undefined;
}
