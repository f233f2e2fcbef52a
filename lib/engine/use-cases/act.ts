/** One step that acts on the customer document: its values are filled in from the very document that is decided on. */
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import type { ActionCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import type { Answer } from '../input.ts';
import type { Filled } from '../ports.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';
import { valueVariables } from './run-variables.ts';

export type ActingPorts = DecidingPorts | 'values';

/**
 * For `update` and `emit`: what they change is in the document, so one decision is all. Throws DecisionLeaves (RunEnded, Held,
 * LegEnded, Arm.n) and the faults `DocumentConflict` and `UnknownVersion`.
 */
export async function act(engine: Engine<ActingPorts>, call: ActionCall): Promise<StepAnswer> {
  return planOf((await decideAct(engine, call)).answer);
}

/** The decision, with what had no value in the document that it was made on. */
export async function decideAct(
  engine: Engine<ActingPorts>,
  call: ActionCall,
): Promise<{ readonly answer: Answer | undefined; readonly missing: Filled['missing'] }> {
  const written = writtenValues(call.step);
  let filled: Filled = { values: {}, missing: [] };
  const { answer } = await decideAndCommit(engine, call.run.customer, (document) => {
    filled = engine.ports.values.fill(written, valueVariables(document, call));
    return [{ kind: 'act', call, filled }];
  });
  return { answer, missing: filled.missing };
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
