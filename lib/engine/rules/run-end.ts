/** How a run ends, and what is kept of it: tallies for ever, and while its goal can still be reached what the goal compares. */
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { Run } from '../document.ts';
import { about, announce, note, tallyOf, versionOf, zoneOf, type Deciding } from '../deciding.ts';
import { duration } from '../durations.ts';
import { LATE_GOAL_MILLIS } from '../budgets.ts';
import { addDuration } from '../time/add-duration.ts';
import { watchGoal } from './watched-goals.ts';

export interface Ending {
  readonly as: 'completed' | 'exited' | 'failed';
  readonly reason?: string;
  /** Id of the input that ended it. */
  readonly event?: string;
  /** The condition that ended it, explained. */
  readonly because?: string;
  readonly step?: string;
  /**
   * `stop`: the relay must stop the execution. `by itself`: the caller is the execution's last Task, nothing is left to do.
   * `woken`: the execution waits for its token's answer and ends after it.
   */
  readonly execution: 'stop' | 'by itself' | 'woken';
}

export function endRun(deciding: Deciding, id: string, run: Run, ending: Ending): void {
  if (run.over !== undefined) return;
  const tally = tallyOf(deciding, run.journey);
  const reason = ending.reason ?? ending.as;
  if (ending.as === 'completed') tally.completed += 1;
  else if (ending.as === 'failed') tally.failed += 1;
  else tally.exited[reason] = (tally.exited[reason] ?? 0) + 1;
  run.over = {
    as: ending.as,
    at: deciding.now,
    ...(ending.reason === undefined ? {} : { reason: ending.reason }),
  };
  note(deciding, {
    kind: ending.as === 'completed' ? 'completes' : ending.as === 'exited' ? 'exits' : 'fails',
    ...about(id, run),
    ...(ending.step === undefined ? {} : { step: ending.step }),
    ...(ending.as === 'completed' ? {} : { reason }),
    ...(ending.because === undefined ? {} : { because: ending.because }),
    ...(ending.event === undefined ? {} : { event: ending.event }),
  });
  if (ending.as !== 'failed')
    announce(
      deciding,
      ending.as === 'completed' ? 'Journey Completed' : 'Journey Exited',
      { id, at: deciding.now },
      {
        journey: run.journey,
        ...(ending.as === 'exited' ? { reason } : {}),
      },
    );
  if (ending.execution === 'by itself') forgetRun(deciding, id, run);
  else if (ending.execution === 'stop') {
    run.phase = 'stopping';
    run.phaseAt = deciding.now;
  }
}

/** The execution is gone: what stays is what an open goal window needs. */
export function forgetRun(deciding: Deciding, id: string, run: Run): void {
  delete deciding.document.runs[id];
  deciding.changed = true;
  if (run.converted === true) return;
  const until = goalUntil(deciding, run);
  if (until === undefined || addMillis(until, LATE_GOAL_MILLIS) <= deciding.now) return;
  const { journey, version, entered, event } = run;
  watchGoal(deciding, id, { journey, version, entered, until, event });
}

/** End of the window in which the goal converts; undefined where it counts only while the run is active. */
export function goalUntil(
  deciding: Deciding,
  run: { readonly journey: string; readonly version: string; readonly entered: Instant },
): Instant | undefined {
  const within = versionOf(deciding, run)?.manifest.goal?.within;
  if (within === undefined) return undefined;
  return addDuration(run.entered, duration(within), zoneOf(deciding.document, deciding.workspace));
}
