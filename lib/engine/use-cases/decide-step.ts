/** Task `Decide`: a time-out is committed, or what follows is planned, where no other Task can do so on its way. */
import type { DecideCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';

/** Throws DecisionLeaves (RunEnded, Held, LegEnded, Arm.n) and the faults `DocumentConflict` and `UnknownVersion`. */
export async function decideStep(engine: Engine<DecidingPorts>, call: DecideCall): Promise<StepAnswer> {
  const { answer } = await decideAndCommit(engine, call.run.customer, [{ kind: 'decide', call }]);
  return planOf(answer);
}
