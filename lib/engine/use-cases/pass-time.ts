/** Nothing happened to a customer but that time went by: what has come due is decided. */
import { decideAndCommit, type Decided, type DecidingPorts, type Engine } from './engine.ts';

/**
 * For a customer whose document is due (`document.due`), found by the index of the table or by the simulator's clock. May be
 * called at any time and again: where nothing is due, nothing is written.
 * Returns the document as it is then (undefined where nobody knows the customer), and how many executions are to be started.
 * Throws the fault `DocumentConflict` where it should be tried again later.
 */
export function passTime(engine: Engine<DecidingPorts>, customer: string): Promise<Decided> {
  return decideAndCommit(engine, customer, [{ kind: 'time' }]);
}
