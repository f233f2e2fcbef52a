/**
 * A run that is overdue is looked up: its execution may have ended without anybody telling the document, for the status event
 * of an execution can be lost as any other (promise P8).
 */
import { executionName } from '#lib/contracts/ids.ts';
import { later, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument, Run } from '../document.ts';
import { waitingFor, type DecidingPorts, type Engine } from './engine.ts';
import { executionEnded } from './execution-ended.ts';

/** A step that should have been taken this long ago; one that is merely tried again for hours is found to be running. */
const OVERDUE_MILLIS = 10 * 60 * 1000;

export async function lookUpOverdue(
  engine: Engine<DecidingPorts | 'executions'>,
  document: CustomerDocument,
): Promise<void> {
  for (const [id, run] of Object.entries(document.runs)) {
    if (HAVE_NONE.has(run.phase) || waitingFor(engine, dueAt(run)) < OVERDUE_MILLIS) continue;
    const { leg, journey, version } = run;
    const status = await engine.ports.executions.describe(executionName(id, leg));
    if (status === 'running') continue;
    // The platform forgets executions after ninety days: one that it does not know is not on either.
    const ended = status === 'unknown' ? 'aborted' : status;
    await executionEnded(engine, { run: id, leg, customer: document.customer, journey, version }, ended);
  }
}

/** Phases in which there is no execution, or in which it may not be known to the platform yet. */
const HAVE_NONE: ReadonlySet<Run['phase']> = new Set(['starting', 'moving', 'parked', 'held']);

/** The latest instant by which the run was to move on, as far as the document knows. */
function dueAt(run: Run): Instant {
  return [run.since, run.waiting?.until, run.deferred?.until, run.over?.at].reduce<Instant>(
    (latest, at) => (at === undefined ? latest : later(latest, at)),
    run.phaseAt,
  );
}
