/** Erases a customer: from the commit on nothing goes out any more; executions and what lies beside the document go by the relay. */
import type { CustomerDocument } from '../document.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';

/** What the document says of an erasure. */
export type Tombstone = NonNullable<CustomerDocument['erased']>;

/** An erasure that is on record, this one's or an earlier one's. */
export interface Erasure extends Tombstone {
  /** Executions that are being stopped. */
  readonly stopping: number;
}

/**
 * May be repeated: it stays the first erasure, unless the customer was about to come back since. Undefined where nobody is known by the
 * id; then nothing is written, and who becomes known later is not kept out. Needs no version: whatever is deployed, people are erased.
 * Throws what the store throws, and the fault `DocumentConflict`: the customer is not erased, and it should be tried again.
 */
export async function eraseCustomer(
  engine: Engine<DecidingPorts>,
  customer: string,
  by: Tombstone['by'],
): Promise<Erasure | undefined> {
  const { document } = await decideAndCommit(engine, customer, [{ kind: 'erase', by }]);
  return document?.erased === undefined
    ? undefined
    : { ...document.erased, stopping: Object.keys(document.runs).length };
}
