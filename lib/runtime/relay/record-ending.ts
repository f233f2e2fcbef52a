/** How an execution has ended is told to the document of its run. */
import type { Logger } from '@aws-lambda-powertools/logger';
import { Fault } from '#lib/contracts/faults.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import type { RunInput } from '#lib/contracts/step-calls.ts';
import type { Counts } from '../metrics.ts';
import { readRunInput, type Ending } from './execution-ending.ts';

export interface Recording {
  /** The input of an execution; undefined where the platform no longer knows it. */
  readonly inputOf: (executionArn: string) => Promise<string | undefined>;
  readonly ended: (run: RunInput, status: Ending['status']) => Promise<unknown>;
  readonly counts: Counts;
  readonly logger: Logger;
}

/** Throws the fault `PayloadNotUnderstood` for an execution that is no run of ours, or of which nobody can say whose it was. */
export async function recordEnding(recording: Recording, ending: Ending): Promise<void> {
  const run = ending.run ?? (await askedFor(recording, ending));
  await recording.ended(run, ending.status);
  // Here and nowhere else: what a step has given up ends as a failed execution as well, and others end without any step.
  if (ending.status === 'succeeded') return;
  recording.counts.count('RunsFailed');
  const { run: id, leg, customer, journey, version } = run;
  recording.logger.warn(LOG_EVENTS.runFailed, {
    run: id,
    leg,
    customer,
    journey,
    version,
    status: ending.status,
    execution: ending.executionArn,
  });
}

/** The name of an execution says run and leg, but not whose it is: its input does. */
async function askedFor({ inputOf }: Recording, { executionArn }: Ending): Promise<RunInput> {
  const input = await inputOf(executionArn);
  if (input === undefined)
    throw new Fault(
      'PayloadNotUnderstood',
      'the event has no input, and the execution is not known any more',
    );
  return readRunInput(input);
}
