/** Task `EndRun`: no retry has helped, and the document learns that the run has failed. */
import type { EndRunCall } from '#lib/contracts/step-calls.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';

/** Throws the fault `DocumentConflict`. A run that is over already stays as it is. */
export async function endFailedRun(engine: Engine<DecidingPorts>, call: EndRunCall): Promise<void> {
  await decideAndCommit(engine, call.run.customer, [{ kind: 'end run', call }]);
}
