/** An event that belongs to no customer reaches one of all customers: whoever lists them calls this for each. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { decideAndCommit, type Decided, type DecidingPorts, type Engine } from './engine.ts';

/**
 * The customer must be known. May be called again: an event lets in at most once.
 * Throws the fault `DocumentConflict` where it should be tried again later.
 */
export function tellCustomer(
  engine: Engine<DecidingPorts>,
  customer: string,
  event: CustomerEvent,
): Promise<Decided> {
  return decideAndCommit(engine, customer, [{ kind: 'audience', event }]);
}
