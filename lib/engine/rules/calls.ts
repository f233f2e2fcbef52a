/** What every Task's call has in common: is the run still on, is this a repetition, did a time-out bring it here. */
import { RUN_ENDED } from '#lib/contracts/faults.ts';
import type { DecideCall, Loop, RunInput, Settle, SendCall } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { versionOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { Version } from '../workspace.ts';
import { makePlan } from './plan.ts';
import { exitsByCondition } from './exits.ts';
import { endRun } from './run-end.ts';
import { settleWait } from './waits.ts';

interface Call {
  readonly run: RunInput;
  readonly loop: Loop;
  readonly settle?: Settle | null | undefined;
  readonly step: { readonly id: string };
  readonly reached?: Instant | undefined;
}

export const RUN_IS_OVER: Answer = { kind: 'leave', name: RUN_ENDED, details: {} };

/** The run and its version, or the answer that ends the matter. A step of an unknown, ended or older run is `RunEnded`. */
export function beginCall(deciding: Deciding, call: Call): { run: Run; version: Version } | Answer {
  const id = call.run.run;
  const run = Object.hasOwn(deciding.document.runs, id) ? deciding.document.runs[id] : undefined;
  if (run === undefined || run.over !== undefined || run.leg !== call.run.leg) return RUN_IS_OVER;
  const version = versionOf(deciding, run);
  if (version === undefined) return { kind: 'fault', reason: 'the manifest of the run is not deployed' };
  if (run.phase === 'starting') {
    run.phase = 'running';
    deciding.changed = true;
  }
  if (call.settle !== undefined && call.settle !== null) {
    const answer = settleWait(deciding, run, version, call.settle, id);
    if (answer !== undefined) return answer;
  }
  movedOn(deciding, run, call);
  if (exitsByCondition(deciding, id, run, version)) return RUN_IS_OVER;
  return { run, version };
}

/** Another step calls: the wait that was won is behind the run, its token no longer matters. */
function movedOn(deciding: Deciding, run: Run, call: Call): void {
  if (run.won === undefined) return;
  if (run.won.step === call.step.id && run.won.visit === call.loop.visit) return;
  delete run.won;
  if (run.phase === 'waking') run.phase = 'running';
  deciding.changed = true;
}

/** The answer of a call that was answered before: a retry after a crash must not decide twice. */
export function repeated(run: Run, call: Call): Answer | undefined {
  const { last } = run;
  if (last?.step !== call.step.id || last.visit !== call.loop.visit) return undefined;
  return { kind: 'plan', plan: last.plan };
}

/** The step is done: plans what follows, and ends the run where nothing does. */
export function finishStep(
  deciding: Deciding,
  run: Run,
  version: Version,
  call: SendCall | DecideCall,
): Answer {
  const id = call.run.run;
  const planned = makePlan(deciding, {
    version,
    id,
    run,
    next: call.next,
    loop: call.loop,
    stepEnded: 'message' in call.step ? undefined : call.reached,
  });
  run.last = { step: call.step.id, visit: call.loop.visit, plan: planned.plan };
  deciding.changed = true;
  if (planned.end !== undefined) endRun(deciding, id, run, { ...planned.end, execution: 'by itself' });
  return { kind: 'plan', plan: planned.plan };
}

/** Task `Decide`: commits a time-out and plans, where no other Task could do so on its way. */
export function decideCall(deciding: Deciding, call: DecideCall): Answer {
  const begun = beginCall(deciding, call);
  if ('kind' in begun) return begun;
  return repeated(begun.run, call) ?? finishStep(deciding, begun.run, begun.version, call);
}
