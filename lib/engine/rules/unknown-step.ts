/** A call about a step that the run's version does not have. */
import { RUN_ENDED, type FaultName } from '#lib/contracts/faults.ts';
import type { Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import { endRun } from './run-end.ts';

const REASON: FaultName = 'PayloadNotUnderstood';

/**
 * A version never changes, so no retry could find the step: the run has failed, and the execution that called ends at once. A version
 * that is unknown is another matter: a deployment under way may bring it.
 */
export function endAtUnknownStep(deciding: Deciding, id: string, run: Run): Answer {
  endRun(deciding, id, run, { as: 'failed', reason: REASON, execution: 'by itself' });
  return { kind: 'leave', name: RUN_ENDED, details: {} };
}
