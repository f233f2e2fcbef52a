/** The platform's status event of an execution: the document learns how every execution ended (promise P8). */
import type { RunInput } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '../document.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';

/**
 * Returns the document as it is then; undefined where nobody knows the customer. May be told again. Throws the faults `DocumentConflict`
 * and `UnknownVersion` where it should be told again later.
 */
export async function executionEnded(
  engine: Engine<DecidingPorts>,
  run: RunInput,
  status: 'succeeded' | 'failed' | 'timed out' | 'aborted',
): Promise<CustomerDocument | undefined> {
  const ended = await decideAndCommit(engine, run.customer, [{ kind: 'execution ended', run, status }]);
  return ended.document;
}
