/** What is behind a run, and how it is set going again. */
import type { Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';

/** From here on a call of this visit of the Task comes too late. */
export function leaveBehind(
  run: Run,
  { step, visit }: { readonly step: string; readonly visit: number },
): void {
  run.behind = { ...run.behind, [step]: visit };
}

/** The relay answers the token as long as the phase says so. */
export function wake(deciding: Deciding, run: Run): void {
  run.phase = 'waking';
  run.phaseAt = deciding.now;
  deciding.changed = true;
}
