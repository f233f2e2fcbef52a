/** The platform's status event of an execution: the document learns how every execution ended (promise P8). */
import type { RunInput } from '#lib/contracts/step-calls.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';

export async function executionEnded(
  engine: Engine<DecidingPorts>,
  run: RunInput,
  status: 'succeeded' | 'failed' | 'timed out' | 'aborted',
): Promise<void> {
  await decideAndCommit(engine, run.customer, [{ kind: 'execution ended', run, status }]);
}
