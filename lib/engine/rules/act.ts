/**
 * The steps that act: update, emit, invoke, webhook, enter. What the first two and the last do is done by the decision itself, which
 * a retry only repeats; a function or endpoint is called between two decisions, at least once, under one key for all attempts.
 */
import type { OutsideSettings } from '#lib/contracts/action-calls.ts';
import { stepKey } from '#lib/contracts/ids.ts';
import type { ActionCall } from '#lib/contracts/step-calls.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import { MOST_CALL_ATTEMPTS } from '../budgets.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer, Input } from '../input.ts';
import { RUN_IS_OVER, beginCall, finishStep, leaveLeg, repeated, type Begun } from './calls.ts';
import { applyEmit } from './emit.ts';
import { LEG_IS_OVER, hasLeft } from './legs.ts';
import { endRun } from './run-end.ts';
import { keepSaved } from './saved.ts';
import { applyEnter } from './enter.ts';
import { applyUpdate } from './update.ts';

/** The reason of an exit because a call had no usable answer. */
const CALL_FAILED = 'call failed';

/** The step was reached, or is tried again. `afterChange`: what follows from a changed profile, before the run goes on. */
export function decideAct(
  deciding: Deciding,
  { call, filled }: Extract<Input, { kind: 'act' }>,
  afterChange: (deciding: Deciding, id: string) => void,
): Answer {
  const begun = beginCall(deciding, call);
  if ('kind' in begun) return begun;
  const { run, version } = begun;
  const before = repeated(run, call);
  if (before !== undefined) return before;
  const { step } = call;
  const id = call.run.run;
  const left = leaveLeg(deciding, { id, run, version, at: step.id, loop: call.loop });
  if (left !== undefined) return left;
  const key = stepKey(id, step.id, call.loop.visit);
  switch (step.type) {
    case 'invoke':
    case 'webhook':
      return { kind: 'call', body: filled.values };
    case 'update':
      noteMissing(deciding, run, call, filled.missing);
      applyUpdate({ deciding, id, run, step: step.id, cause: { id: key, at: deciding.now } }, step, filled);
      afterChange(deciding, key);
      // The change may have fulfilled the run's own exit or goal.
      if (run.over !== undefined) return RUN_IS_OVER;
      if (hasLeft(run)) return LEG_IS_OVER;
      break;
    case 'emit':
      noteMissing(deciding, run, call, filled.missing);
      applyEmit(deciding, id, run, step, key, filled.values);
      break;
    case 'enter':
      applyEnter(deciding, id, run, step, key);
      break;
  }
  return finishStep(deciding, run, version, call);
}

/** What came of the call of a function or endpoint. */
export function decideCalled(
  deciding: Deciding,
  { call, answer, missing }: Extract<Input, { kind: 'called' }>,
): Answer {
  const begun = beginCall(deciding, { ...call, settle: null });
  if ('kind' in begun) return begun;
  const before = repeated(begun.run, call);
  if (before !== undefined) return before;
  const { step } = call;
  if (step.type !== 'invoke' && step.type !== 'webhook') return finish(deciding, begun, call);
  if (answer.kind === 'try later' && call.attempt + 1 < MOST_CALL_ATTEMPTS)
    return { kind: 'fault', reason: answer.reason };
  noteMissing(deciding, begun.run, call, missing);
  if (answer.kind !== 'answered') return failed(deciding, begun, call, step, answer.reason);
  if (step.saveAs !== undefined && !isObject(answer.value))
    return failed(deciding, begun, call, step, 'the answer is no JSON object');
  noteCall(deciding, begun.run, call, step, { outcome: 'answered' });
  if (step.saveAs !== undefined && isObject(answer.value))
    keepSaved(deciding, call.run.run, begun.run, begun.version, step.saveAs, answer.value);
  return finish(deciding, begun, call);
}

function failed(
  deciding: Deciding,
  begun: Begun,
  call: ActionCall,
  step: OutsideSettings,
  reason: string,
): Answer {
  const { run } = begun;
  noteCall(deciding, run, call, step, { outcome: 'failed', reason: reason.slice(0, 80) });
  // An answer to an earlier visit is none to this one.
  if (step.saveAs !== undefined && run.saved?.[step.saveAs] !== undefined) {
    const { [step.saveAs]: _, ...others } = run.saved;
    run.saved = others;
  }
  if (step.onFailure === 'continue') return finish(deciding, begun, call);
  const ending = { as: 'exited', reason: CALL_FAILED, step: step.id, execution: 'by itself' } as const;
  endRun(deciding, call.run.run, run, ending);
  return RUN_IS_OVER;
}

function finish(deciding: Deciding, { run, version }: Begun, call: ActionCall): Answer {
  return finishStep(deciding, run, version, call);
}

function noteCall(
  deciding: Deciding,
  run: Run,
  call: ActionCall,
  step: OutsideSettings,
  said: { readonly outcome: 'answered' | 'failed'; readonly reason?: string },
): void {
  const name = step.type === 'invoke' ? step.function : step.endpoint;
  note(deciding, { kind: 'calls', ...about(call.run.run, run), step: step.id, name, ...said });
}

function noteMissing(deciding: Deciding, run: Run, call: ActionCall, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const reason = `no value for ${missing.join(', ')}`;
  note(deciding, { kind: 'ignores', ...about(call.run.run, run), step: call.step.id, reason });
}
