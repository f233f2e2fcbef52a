/**
 * Batches of a queue: one message that fails does not fail the others. What is reported comes again, and goes
 * where failures are kept after the retries that the event source allows.
 */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import type { Counts } from './metrics.ts';
import { whatFailed } from './what-failed.ts';

/** What a function that consumes batches is put together with. */
export interface BatchSurroundings {
  readonly logger: Logger;
  readonly counts: Counts;
}

/** All records at once; `handle` rejects for a record that should come again. */
export function processQueue(
  event: SQSEvent,
  context: Context,
  surroundings: BatchSurroundings,
  handle: (record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  return inBatch(context, surroundings, (told) =>
    processPartialResponse(
      event,
      (record: SQSRecord) => told(record.messageId, () => handle(record)),
      new BatchProcessor(EventType.SQS, SILENT),
      // Thrown, a batch that fails whole would count as an error of the function; reported, it comes again just the same.
      { throwOnFullBatchFailure: false },
    ),
  );
}

/** Failures are logged here, by name: the processor would print the whole record. */
const SILENT = { logger: { debug: () => {}, error: () => {}, warn: () => {} } };

type Told = (id: string, handle: () => Promise<void>) => Promise<void>;

async function inBatch<T>(
  context: Context,
  { logger, counts }: BatchSurroundings,
  run: (told: Told) => Promise<T>,
): Promise<T> {
  logger.addContext(context);
  const told: Told = async (record, handle) => {
    try {
      await handle();
    } catch (error) {
      logger.warn(LOG_EVENTS.recordFailed, { record, ...whatFailed(error) });
      counts.count('RecordsFailed');
      throw error;
    }
  };
  try {
    return await run(told);
  } finally {
    counts.flush();
  }
}
