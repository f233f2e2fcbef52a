/** Events and identifies of sources reach the customer document. */
import type { SourceCall } from '#lib/contracts/customer-event.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';

/**
 * The calls of one customer in a batch are decided together, in the order given, with one write. Throws the fault
 * `DocumentConflict` where the batch should be tried again later.
 */
export async function takeCalls(
  engine: Engine<DecidingPorts>,
  customer: string,
  calls: readonly SourceCall[],
): Promise<void> {
  const [first] = calls;
  if (first === undefined) return;
  await decideAndCommit(
    engine,
    customer,
    calls.map((call) => call.input),
    first.external,
  );
}
