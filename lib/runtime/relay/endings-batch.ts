/** How executions have ended, from the queue behind the rule for their status events. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { Fault } from '#lib/contracts/faults.ts';
import type { RunInput } from '#lib/contracts/step-calls.ts';
import type { DeadLetters } from '#lib/engine/ports.ts';
import { processQueue, type BatchSurroundings } from '../batches.ts';
import { readEnding, readRunInput, type Ending } from './execution-ending.ts';

export interface Recording extends BatchSurroundings {
  /** The input of an execution; undefined where the platform no longer knows it. */
  readonly inputOf: (executionArn: string) => Promise<string | undefined>;
  readonly deadLetters: DeadLetters;
  readonly ended: (run: RunInput, status: Ending['status']) => Promise<unknown>;
}

/** What cannot be read is put among the dead letters, with the reason: to try it again would not change it. */
export function endingsBatch(
  recording: Recording,
  event: SQSEvent,
  context: Context,
): Promise<SQSBatchResponse> {
  return processQueue(event, context, recording, async ({ body }) => {
    try {
      await record(recording, readEnding(body));
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== 'PayloadNotUnderstood') throw error;
      recording.counts.count('RecordsFailed');
      await recording.deadLetters.put(body, error.message);
    }
  });
}

async function record(recording: Recording, ending: Ending): Promise<void> {
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
