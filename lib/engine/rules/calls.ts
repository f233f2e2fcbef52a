/** What every Task's call has in common: is the run still on, is this a repetition, did a time-out bring it here. */
import { RUN_ENDED } from '#lib/contracts/faults.ts';
import type { ActionCall, DecideCall, Loop, RunInput, Settle, SendCall } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { ownRun, versionOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { Version } from '../workspace.ts';
import { countCall, isHistoryLong } from './leg-limits.ts';
import { LEG_IS_OVER, goOn, hasLeft, holdStep, restRun } from './legs.ts';
import { makePlan } from './plan.ts';
import { exitsByCondition } from './exits.ts';
import { endRun } from './run-end.ts';
import { leaveBehind } from './moving-on.ts';
import { endAtUnknownStep } from './unknown-step.ts';
import { settleWait } from './waits.ts';

interface Call {
  readonly run: RunInput;
  readonly attempt: number;
  readonly token?: string;
  readonly loop: Loop;
  readonly settle?: Settle | null | undefined;
  readonly step: { readonly id: string; readonly message?: string; readonly type?: string };
  readonly reached?: Instant | undefined;
  readonly next?: string | null;
}

/** A run and its version; `settled`: the planned end of the wait whose time-out this call has just settled. */
export interface Begun {
  readonly run: Run;
  readonly version: Version;
  readonly settled?: Instant | undefined;
}

export const RUN_IS_OVER: Answer = { kind: 'leave', name: RUN_ENDED, details: {} };

/** The run and its version, or the answer that ends the matter. A step of an unknown, ended or older run is `RunEnded`. */
export function beginCall(deciding: Deciding, call: Call): Begun | Answer {
  const id = call.run.run;
  const run = ownRun(deciding, id);
  if (run === undefined || run.over !== undefined) return RUN_IS_OVER;
  if (run.leg !== call.run.leg || hasLeft(run)) return LEG_IS_OVER;
  const version = versionOf(deciding, run);
  if (version === undefined) return { kind: 'fault', reason: 'the manifest of the run is not deployed' };
  if (!hasSteps(version, call)) return endAtUnknownStep(deciding, id, run);
  if (isLate(run, call)) return RUN_IS_OVER;
  if (run.phase === 'starting') {
    run.phase = 'running';
    deciding.changed = true;
  }
  if (call.loop.round > 0) run.round = call.loop.round;
  countCall(run, call.attempt);
  let settled: Instant | undefined;
  if (call.settle !== undefined && call.settle !== null) {
    const outcome = settleWait(deciding, run, version, { ...call.settle, loop: call.loop }, id);
    if (typeof outcome === 'object') return outcome;
    settled = outcome;
  }
  movedOn(deciding, run, call);
  if (exitsByCondition(deciding, id, run, version)) return RUN_IS_OVER;
  return { run, version, settled };
}

/** Whether the step that calls and the one behind it are the version's: no machine of ours asks about others. */
function hasSteps({ manifest }: Version, call: Call): boolean {
  const { nodes } = manifest.flow;
  if (isOwnTask(call) && !Object.hasOwn(nodes, call.step.id)) return false;
  return call.next === undefined || call.next === null || Object.hasOwn(nodes, call.next);
}

/** The Task's own name: the one that decides before a step is called as that step, but it is another Task. */
function taskOf(call: Call): string {
  return isOwnTask(call) ? call.step.id : `${call.step.id} (now)`;
}

/** The step is a send, a wait for events or one that acts, and this is its own Task. */
function isOwnTask({ step, token }: Call): boolean {
  return token !== undefined || step.message !== undefined || step.type !== undefined;
}

/**
 * An attempt that was given up and tried again may still come, when the run has long moved on: to decide it would overwrite
 * what the run is doing now. The last answered call is repeated instead, and a won wait may register again.
 */
function isLate(run: Run, call: Call): boolean {
  const task = taskOf(call);
  const { visit } = call.loop;
  if (visit > (run.behind?.[task] ?? 0)) return false;
  const isWon = call.token !== undefined && run.won?.step === task && run.won.visit === visit;
  return !isWon && !isLast(run, call);
}

/** The call has been answered before, and no other since. */
function isLast({ last }: Run, call: Call): boolean {
  return last !== undefined && last.step === taskOf(call) && last.visit === call.loop.visit;
}

/**
 * Another step calls: the wait that was won is behind the run, its token no longer matters. The step before the wait may call
 * again as well, not having heard its answer: then the wait still lies ahead.
 */
function movedOn(deciding: Deciding, run: Run, call: Call): void {
  if (run.won === undefined || isLast(run, call)) return;
  if (run.won.step === call.step.id && run.won.visit === call.loop.visit) return;
  delete run.won;
  if (run.phase === 'waking') run.phase = 'running';
  deciding.changed = true;
}

/** The answer of a call that was answered before: a retry after a crash must not decide twice. */
export function repeated(run: Run, call: Call): Answer | undefined {
  return run.last !== undefined && isLast(run, call) ? { kind: 'plan', plan: run.last.plan } : undefined;
}

/** The step is done: plans what follows, and ends the run where nothing does. */
export function finishStep(
  deciding: Deciding,
  run: Run,
  version: Version,
  call: SendCall | ActionCall | DecideCall,
  settled?: Instant,
): Answer {
  const id = call.run.run;
  const planned = makePlan(deciding, {
    version,
    id,
    run,
    next: call.next,
    loop: call.loop,
    stepEnded: isOwnTask(call) ? undefined : (call.reached ?? settled),
  });
  if (planned.rest !== undefined) {
    restRun(deciding, run, planned.rest, 'by itself');
    return LEG_IS_OVER;
  }
  run.last = { step: taskOf(call), visit: call.loop.visit, plan: planned.plan };
  leaveBehind(run, run.last);
  deciding.changed = true;
  if (planned.end !== undefined) endRun(deciding, id, run, { ...planned.end, execution: 'by itself' });
  return { kind: 'plan', plan: planned.plan };
}

/** Task `Decide`: commits a time-out and plans, where no other Task could do so on its way. */
export function decideCall(deciding: Deciding, call: DecideCall): Answer {
  const begun = beginCall(deciding, call);
  if ('kind' in begun) return begun;
  const { run, version, settled } = begun;
  const before = repeated(run, call);
  if (before !== undefined) return before;
  const stepEnded = call.reached ?? settled;
  const onward = { id: call.run.run, run, version, at: call.next, loop: call.loop, stepEnded };
  return leaveLeg(deciding, onward) ?? finishStep(deciding, run, version, call, settled);
}

/**
 * A step that nobody has begun is not taken in this leg, because the journey is held or the execution's history has become long:
 * the answer that ends the execution. Undefined where the step is to be taken.
 */
export function leaveLeg(deciding: Deciding, onward: Parameters<typeof holdStep>[1]): Answer | undefined {
  const held = holdStep(deciding, onward);
  if (held !== undefined || !isHistoryLong(onward.run)) return held;
  goOn(deciding, { ...onward, execution: 'by itself' });
  return LEG_IS_OVER;
}
