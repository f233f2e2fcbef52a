/**
 * One step that acts. Its values are filled in from the very document that is decided on; functions and endpoints are called once,
 * between the decision that they are to be called and the record of what came of it.
 */
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { stepKey } from '#lib/contracts/ids.ts';
import type { ActionCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import type { CallAnswer, Filled, OutsideCall } from '../ports.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';
import { valueVariables } from './run-variables.ts';

/** Throws DecisionLeaves (RunEnded, Arm.n) and the faults `DocumentConflict`, `UnknownVersion` and `CallUnavailable`. */
export async function act(
  engine: Engine<DecidingPorts | 'values' | 'calls'>,
  call: ActionCall,
): Promise<StepAnswer> {
  const { values } = engine.ports;
  const written = writtenValues(call.step);
  let filled: Filled = { values: {}, missing: [] };
  const { answer } = await decideAndCommit(engine, call.run.customer, (document) => {
    filled = values.fill(written, valueVariables(document, call));
    return [{ kind: 'act', call, filled }];
  });
  if (answer?.kind !== 'call') return planOf(answer);
  const told = await callOutside(engine, outsideCall(call, answer.body));
  const { missing } = filled;
  const input = { kind: 'called', call, answer: told, missing } as const;
  const after = (await decideAndCommit(engine, call.run.customer, [input])).answer;
  if (after?.kind === 'fault' && told.kind === 'try later') throw new Fault('CallUnavailable', after.reason);
  return planOf(after);
}

function writtenValues(step: ActionSettings): Readonly<Record<string, unknown>> {
  switch (step.type) {
    case 'update': {
      const { set = {}, add = {}, remove = {}, increment = {} } = step;
      return { set, add, remove, increment };
    }
    case 'emit':
      return step.properties;
    case 'invoke':
      return step.input;
    case 'webhook':
      return step.body;
    case 'enter':
      return {};
  }
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
async function callOutside(engine: Engine<'calls'>, call: OutsideCall): Promise<CallAnswer> {
  try {
    return await engine.ports.calls.call(call);
  } catch {
    return { kind: 'try later', reason: 'not answered' };
  }
}
