/** Task of the step `enter`: the customer is let into another journey. It has no values to fill in. */
import type { ActionCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';

/** Throws DecisionLeaves (RunEnded, Held, LegEnded, Arm.n) and the faults `DocumentConflict` and `UnknownVersion`. */
export async function enterJourney(engine: Engine<DecidingPorts>, call: ActionCall): Promise<StepAnswer> {
  const filled = { values: {}, missing: [] };
  const { answer } = await decideAndCommit(engine, call.run.customer, [{ kind: 'act', call, filled }]);
  return planOf(answer);
}
