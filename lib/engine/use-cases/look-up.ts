/**
 * A run that is overdue is looked up: its execution may have ended without anybody telling the document, for the status event
 * of an execution can be lost as any other (promise P8).
 */
import { executionName } from '#lib/contracts/ids.ts';
import type { CustomerDocument } from '../document.ts';
import { overdueAt } from '../next-look.ts';
import type { DecidingPorts, Engine } from './engine.ts';
import { executionEnded } from './execution-ended.ts';

/** Whether one more execution may be looked up now; each is asked for once. */
export type HasTurn = () => boolean;

/** So many turns a second and no more. `monotonic`: milliseconds that only grow. */
export function turnsPerSecond(perSecond: number, monotonic: () => number): HasTurn {
  let next = Number.NEGATIVE_INFINITY;
  return () => {
    const now = monotonic();
    if (now < next) return false;
    next = now + 1000 / perSecond;
    return true;
  };
}

/**
 * Returns the document as it is then. The platform answers few such questions a second: a run that has no turn is taken to be on, and
 * the next look comes to it again.
 */
export async function lookUpOverdue(
  engine: Engine<DecidingPorts | 'executions'>,
  document: CustomerDocument,
  hasTurn: HasTurn = () => true,
): Promise<CustomerDocument> {
  let latest = document;
  for (const [id, run] of Object.entries(document.runs)) {
    const overdue = overdueAt(run);
    if (overdue === undefined || engine.ports.clock.now() < overdue) continue;
    if (!hasTurn()) break;
    const { leg, journey, version } = run;
    const status = await engine.ports.executions.describe(executionName(id, leg), run);
    if (status === 'running') continue;
    // The platform forgets executions after ninety days: one that it does not know is not on either.
    const ended = status === 'unknown' ? 'aborted' : status;
    const of = { run: id, leg, customer: document.customer, journey, version };
    latest = (await executionEnded(engine, of, ended)) ?? latest;
  }
  return latest;
}
