/**
 * Legs: a run goes on in one execution after the other. A leg ends where an execution would last too long, where the journey is
 * paused, and where the goal sends the run elsewhere. No leg runs beside an older one: from the decision on, every call of
 * the older is `LegEnded`; the relay stops its execution, and only then starts the next.
 */
import { HELD, LEG_ENDED } from '#lib/contracts/faults.ts';
import type { Loop } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Rest, Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { Version } from '../workspace.ts';
import { isStepHeld } from './journey-state.ts';
import { makePlan, waitsAt } from './plan.ts';
import type { PlanFrom } from './plan-waits.ts';
import { endRun } from './run-end.ts';

export const LEG_IS_OVER: Answer = { kind: 'leave', name: LEG_ENDED, details: {} };
const STEP_IS_HELD: Answer = { kind: 'leave', name: HELD, details: {} };

/**
 * What becomes of the present leg's execution. `stop`: it may be anywhere. `by itself`: its Task is told that the leg is over.
 * Where the run rests there is none.
 */
type Execution = 'stop' | 'by itself';

/** The run rests without an execution. Its next leg has its number from now on: what the execution still asks comes too late. */
export function restRun(deciding: Deciding, run: Run, rest: Rest, execution: Execution): void {
  leaveExecution(run);
  run.rest = rest;
  run.phase = execution === 'stop' ? 'moving' : rest.as;
  run.phaseAt = deciding.now;
  deciding.changed = true;
}

export interface Onward extends Pick<PlanFrom, 'version' | 'id' | 'run' | 'stepEnded'> {
  /** The node at which the run goes on; null at the journey's end. */
  readonly at: string | null;
  readonly loop: Loop;
  readonly execution: Execution;
}

/** The run goes on in its next leg, from a node that nobody has decided about: it ends, rests, or is started by the relay. */
export function goOn(deciding: Deciding, { at, execution: wanted, ...from }: Onward): void {
  const { id, run, version, loop } = from;
  // The execution of the leg before may still be there.
  const execution = run.phase === 'moving' ? 'stop' : wanted;
  if (isHeldAt(deciding, version, at)) {
    hold(deciding, id, run, { as: 'held', step: at, until: from.stepEnded ?? deciding.now, loop }, execution);
    return;
  }
  const { folded } = run;
  const began = deciding.now;
  const planned = makePlan(deciding, { ...from, next: at, legSince: began });
  // Planning from the send itself does not undo that its quiet hours were folded into the wait before.
  if (folded?.step === at) run.folded = folded;
  if (planned.end !== undefined) {
    endRun(deciding, id, run, { ...planned.end, execution });
    return;
  }
  if (planned.rest !== undefined) {
    restRun(deciding, run, planned.rest, execution);
    return;
  }
  leaveExecution(run);
  if (run.rest !== undefined) delete run.rest;
  if (at !== null) run.at = at;
  run.first = planned.plan;
  run.loop = loop;
  run.legSince = began;
  run.phase = 'moving';
  run.phaseAt = began;
  deciding.changed = true;
}

/** A Task's step may not be taken now: the answer that ends its execution. Undefined where it may. */
export function holdStep(
  deciding: Deciding,
  { id, run, version, at, loop, stepEnded }: Omit<Onward, 'execution'>,
): Answer | undefined {
  if (!isHeldAt(deciding, version, at)) return undefined;
  hold(deciding, id, run, { as: 'held', step: at, until: stepEnded ?? deciding.now, loop }, 'by itself');
  return STEP_IS_HELD;
}

function hold(deciding: Deciding, id: string, run: Run, rest: Rest, execution: Execution): void {
  restRun(deciding, run, rest, execution);
  note(deciding, { kind: 'holds', ...about(id, run), step: rest.step, reason: 'paused' });
}

/** While a journey is held, its steps are; to wait and to come to the end needs nobody. */
function isHeldAt({ workspace }: Deciding, version: Version, at: string | null): at is string {
  return at !== null && isStepHeld(workspace, version, at) && !waitsAt(version, at);
}

/** The number of the next leg, unless that has not begun; and what only mattered to the execution that is left. */
function leaveExecution(run: Run): void {
  const begun = run.phase === 'starting' || run.phase === 'running' || run.phase === 'waking';
  if (begun) run.leg += 1;
  for (const field of ['at', 'loop', 'legSince', 'events', 'won', 'last'] as const)
    if (run[field] !== undefined) delete run[field];
}

/** Whether the run has left its execution in this very decision or before, and rests or is about to go on without it. */
export function hasLeft(run: Run): boolean {
  return run.phase === 'moving' || run.phase === 'parked' || run.phase === 'held';
}

/** When the run goes on by itself; undefined for one that is not parked. */
export function goesOnAt({ rest, over }: Run): Instant | undefined {
  return rest?.as === 'parked' && over === undefined ? rest.until : undefined;
}
