/** Events and identifies of sources reach the customer document. */
import type { SourceCall } from '#lib/contracts/customer-event.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';
import type { Outcome } from './new-outcomes.ts';

/**
 * The calls of one customer in a batch are decided together, in the order given, with one write. Throws the fault
 * `DocumentConflict` where the batch should be tried again later.
 * @returns what they have newly told of messages.
 */
export async function takeCalls(
  engine: Engine<DecidingPorts>,
  customer: string,
  calls: readonly SourceCall[],
): Promise<readonly Outcome[]> {
  const [first] = calls;
  if (first === undefined) return [];
  const { outcomes } = await decideAndCommit(
    engine,
    customer,
    calls.map((call) => call.input),
    first.external,
  );
  return outcomes;
}
