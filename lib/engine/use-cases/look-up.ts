/**
 * A run that is overdue is looked up: its execution may have ended without anybody telling the document, for the status event
 * of an execution can be lost as any other (promise P8).
 */
import { executionName } from '#lib/contracts/ids.ts';
import type { CustomerDocument } from '../document.ts';
import { overdueAt } from '../next-look.ts';
import type { DecidingPorts, Engine } from './engine.ts';
import { executionEnded } from './execution-ended.ts';

export async function lookUpOverdue(
  engine: Engine<DecidingPorts | 'executions'>,
  document: CustomerDocument,
): Promise<void> {
  for (const [id, run] of Object.entries(document.runs)) {
    const overdue = overdueAt(run);
    if (overdue === undefined || engine.ports.clock.now() < overdue) continue;
    const { leg, journey, version } = run;
    const status = await engine.ports.executions.describe(executionName(id, leg), run);
    if (status === 'running') continue;
    // The platform forgets executions after ninety days: one that it does not know is not on either.
    const ended = status === 'unknown' ? 'aborted' : status;
    await executionEnded(engine, { run: id, leg, customer: document.customer, journey, version }, ended);
  }
}
