/**
 * One step that calls a function or endpoint: once, between the decision that it is to be called and the record of what came of it.
 */
import { Fault } from '#lib/contracts/faults.ts';
import { stepKey } from '#lib/contracts/ids.ts';
import type { ActionCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import type { CallAnswer, OutsideCall } from '../ports.ts';
import { decideAct, type ActingPorts } from './act.ts';
import { decideAndCommit, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';

/**
 * For `invoke` and `webhook`. Throws DecisionLeaves (RunEnded, Held, LegEnded, Arm.n) and the faults `DocumentConflict`,
 * `UnknownVersion` and `CallUnavailable`.
 */
export async function callOutside(
  engine: Engine<ActingPorts | 'calls'>,
  call: ActionCall,
): Promise<StepAnswer> {
  const { answer, missing } = await decideAct(engine, call);
  if (answer?.kind !== 'call') return planOf(answer);
  const told = await callOnce(engine, outsideCall(call, answer.body));
  const input = { kind: 'called', call, answer: told, missing } as const;
  const after = (await decideAndCommit(engine, call.run.customer, [input])).answer;
  if (after?.kind === 'fault' && told.kind === 'try later') throw new Fault('CallUnavailable', after.reason);
  return planOf(after);
}

function outsideCall(call: ActionCall, body: OutsideCall['body']): OutsideCall {
  const { step, run, loop } = call;
  const key = stepKey(run.run, step.id, loop.visit);
  const about = { key, customer: run.customer, body };
  if (step.type === 'invoke') return { kind: 'function', name: step.function, ...about };
  if (step.type === 'webhook') return { kind: 'endpoint', name: step.endpoint, ...about };
  throw new Fault('PayloadNotUnderstood', `a step of type "${step.type}" calls nothing outside`);
}

/** Who throws has not said whether the call arrived: it is tried again, under the same key. */
async function callOnce(engine: Engine<'calls'>, call: OutsideCall): Promise<CallAnswer> {
  try {
    return await engine.ports.calls.call(call);
  } catch {
    return { kind: 'try later', reason: 'not answered' };
  }
}
