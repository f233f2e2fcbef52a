/**
 * Batches of a queue: one message that fails does not fail the others. What is reported comes again; what cannot be read, and what has
 * failed as often as a message is tried, is put among the dead letters with its reason.
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { QUEUE_ATTEMPTS } from '#lib/contracts/event-sources.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import type { DeadLetters } from '#lib/engine/ports.ts';
import type { Counts } from './metrics.ts';
import { nameOf, whatFailed } from './what-failed.ts';

/** What a function that consumes batches is put together with. */
export interface BatchSurroundings {
  readonly logger: Logger;
  readonly counts: Counts;
}

/** What a function that reads a queue is put together with. */
export interface QueueSurroundings extends BatchSurroundings {
  /** Those of its queue. */
  readonly deadLetters: DeadLetters;
}

/** All records at once; `handle` rejects for a record that should come again, and with `PayloadNotUnderstood` for one that never should. */
export async function processQueue(
  event: SQSEvent,
  context: Context,
  surroundings: QueueSurroundings,
  handle: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  surroundings.logger.addContext(context);
  try {
    return await processPartialResponse(
      event,
      (record: SQSRecord) => processRecord(record, surroundings, handle),
      new BatchProcessor(EventType.SQS, SILENT),
      // Thrown, a batch that fails whole would count as an error of the function; reported, it comes again just the same.
      { throwOnFullBatchFailure: false },
    );
  } finally {
    surroundings.counts.flush();
  }
}

/** Failures are logged here, by name: the processor would print the whole record. */
const SILENT = { logger: { debug: () => {}, error: () => {}, warn: () => {} } };

async function processRecord(
  record: SQSRecord,
  { logger, counts, deadLetters }: QueueSurroundings,
  handle: (record: SQSRecord) => Promise<void>,
): Promise<void> {
  try {
    await handle(record);
  } catch (error) {
    logger.warn(LOG_EVENTS.recordFailed, { record: record.messageId, ...whatFailed(error) });
    counts.count('RecordsFailed');
    const reason = reasonToGiveUp(error, Number(record.attributes.ApproximateReceiveCount));
    if (reason === undefined) throw error;
    // Where even this fails, the message comes again, or the queue itself moves it there, without the reason.
    await deadLetters.put(record.body, reason);
  }
}

/** The queue itself would move the message after its last attempt, too, but not say why. Undefined: it comes again. */
function reasonToGiveUp(error: unknown, attempt: number): string | undefined {
  if (error instanceof Fault && error.name === 'PayloadNotUnderstood') return error.message;
  return attempt >= QUEUE_ATTEMPTS ? nameOf(error) : undefined;
}
