/** How an execution has ended is told to the document of its run. */
import { Fault } from '#lib/contracts/faults.ts';
import type { RunInput } from '#lib/contracts/step-calls.ts';
import type { Counts } from '../metrics.ts';
import { readRunInput, type Ending } from './execution-ending.ts';

export interface Recording {
  /** The input of an execution; undefined where the platform no longer knows it. */
  readonly inputOf: (executionArn: string) => Promise<string | undefined>;
  readonly ended: (run: RunInput, status: Ending['status']) => Promise<unknown>;
  readonly counts: Counts;
}

/** Throws the fault `PayloadNotUnderstood` for an execution that is no run of ours, or of which nobody can say whose it was. */
export async function recordEnding(recording: Recording, ending: Ending): Promise<void> {
  const run = ending.run ?? (await askedFor(recording, ending));
  await recording.ended(run, ending.status);
  // Here and nowhere else: what a step has given up ends as a failed execution as well, and others end without any step.
  if (ending.status !== 'succeeded') recording.counts.count('RunsFailed');
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
