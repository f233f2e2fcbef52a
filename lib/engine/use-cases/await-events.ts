/** Task `AwaitEvents`: a wait registers its token; the relay answers it when an event has won. */
import type { AwaitCall } from '#lib/contracts/step-calls.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';

/** Throws DecisionLeaves (RunEnded, Held, LegEnded, Moved, Past, Arm.n) and the faults `DocumentConflict` and `UnknownVersion`. */
export async function awaitEvents(engine: Engine<DecidingPorts>, call: AwaitCall): Promise<void> {
  const { answer } = await decideAndCommit(engine, call.run.customer, [{ kind: 'await', call }]);
  if (answer?.kind !== 'registered') planOf(answer);
}
