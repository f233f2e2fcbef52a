/** The goal: reaching it ends the run, and converts once where the event's own timestamp lies in the window. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { FIRST_LOOP } from '#lib/contracts/step-calls.ts';
import { GOAL_REASON } from '#lib/journey/goal.ts';
import { isTrue, type Scope } from '../conditions/evaluate.ts';
import { because } from '../conditions/explain.ts';
import { about, note, ownRun, tallyOf, versionOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Version } from '../workspace.ts';
import { goOn } from './legs.ts';
import { endRun, goalUntil } from './run-end.ts';

/** For one active run; true where the run is over by it, or takes the steps of the goal: the event does nothing else to it. */
export function decideGoal(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  event: CustomerEvent,
): boolean {
  const { goal } = version.manifest;
  // Whoever is taking the steps of the goal has reached it.
  if (run.goal === true) return false;
  // What happened before the entry is no result of the journey.
  if (goal?.event !== event.event || event.at < run.entered) return false;
  const scope: Scope = { event, entry: run.event, run: { id, run } };
  if (version.goalWhere !== undefined && !isTrue(version.goalWhere, deciding, scope)) return false;
  const until = goalUntil(deciding, run);
  if (run.converted !== true && (until === undefined || event.at < until)) {
    run.converted = true;
    tallyOf(deciding, run.journey).converted += 1;
    note(deciding, { kind: 'converts', ...about(id, run), event: event.id });
  }
  if (!goal.ends) return false;
  if (goal.start !== undefined) {
    takeGoalSteps(deciding, id, run, version, { at: goal.start, event: event.id });
    return true;
  }
  const why = because(version.goalWhere, deciding, scope);
  endRun(deciding, id, run, {
    as: 'exited',
    reason: GOAL_REASON,
    event: event.id,
    ...why,
    execution: 'stop',
  });
  return true;
}

/** The run leaves the place where it is and goes on with the goal's steps; behind them it ends with the reason `goal`. */
function takeGoalSteps(
  deciding: Deciding,
  id: string,
  run: Run,
  version: Version,
  { at, event }: { readonly at: string; readonly event: string },
): void {
  note(deciding, { kind: 'takes', ...about(id, run), branch: GOAL_REASON, event });
  run.goal = true;
  for (const field of ['waiting', 'deferred', 'folded'] as const)
    if (run[field] !== undefined) delete run[field];
  goOn(deciding, { id, run, version, at, loop: FIRST_LOOP, execution: 'stop' });
}

/** Runs that are over and customers held out still convert while the window is open. */
export function decideWatchedGoals(deciding: Deciding, event: CustomerEvent): void {
  for (const [id, { over }] of Object.entries(deciding.document.runs)) {
    const run = over === undefined ? undefined : ownRun(deciding, id);
    if (run !== undefined) decideGoalOfEnded(deciding, id, run, event);
  }
  for (const [id, watched] of Object.entries(deciding.document.watched)) {
    const version = versionOf(deciding, watched);
    if (version?.manifest.goal?.event !== event.event) continue;
    if (event.at < watched.entered || event.at >= watched.until) continue;
    if (
      version.goalWhere !== undefined &&
      !isTrue(version.goalWhere, deciding, { event, entry: watched.event })
    )
      continue;
    delete deciding.document.watched[id];
    tallyOf(deciding, watched.journey).converted += 1;
    note(deciding, {
      kind: 'converts',
      journey: watched.journey,
      version: watched.version,
      run: id,
      event: event.id,
    });
  }
}

/** The run is over, but nobody has confirmed yet that its execution is gone. */
function decideGoalOfEnded(deciding: Deciding, id: string, run: Run, event: CustomerEvent): void {
  const version = versionOf(deciding, run);
  const until = goalUntil(deciding, run);
  if (version?.manifest.goal?.event !== event.event || run.converted === true || until === undefined) return;
  if (event.at < run.entered || event.at >= until) return;
  const { goalWhere } = version;
  if (goalWhere !== undefined && !isTrue(goalWhere, deciding, { event, entry: run.event, run: { id, run } }))
    return;
  run.converted = true;
  tallyOf(deciding, run.journey).converted += 1;
  note(deciding, { kind: 'converts', ...about(id, run), event: event.id });
}
