/** One call of the function `ingest-events`: a batch of the queue goes through ingestion, and what it refused is logged by reason. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { processQueue, type BatchSurroundings } from '../batches.ts';
import { nameOf } from '../what-failed.ts';
import { ingestBatch } from './ingest-batch.ts';
import type { Ingestion } from './ingestion.ts';

/** Never rejects: messages that have to come again are reported one by one. */
export async function handleEvents(
  ingestion: Ingestion,
  surroundings: BatchSurroundings,
  event: SQSEvent,
  context: Context,
): Promise<SQSBatchResponse> {
  const { failed, refused, passedOver, watched } = await ingestBatch(
    ingestion,
    event.Records.map(({ messageId, body, attributes }) => ({
      id: messageId,
      body,
      attempt: Number(attributes.ApproximateReceiveCount),
    })),
  );
  const { logger } = surroundings;
  // By reason, never by message: what a dead letter says is read where it lies.
  if (refused.size > 0) logger.warn(LOG_EVENTS.eventsRefused, { reasons: Object.fromEntries(refused) });
  if (passedOver.size > 0)
    logger.info(LOG_EVENTS.eventsPassedOver, { reasons: Object.fromEntries(passedOver) });
  for (const stopped of watched.tripped) {
    logger.error(LOG_EVENTS.journeyStopped, { ...stopped });
    surroundings.counts.count('JourneysStopped');
  }
  for (const over of watched.warned) {
    logger.error(LOG_EVENTS.transactionalOverLimit, { ...over });
    surroundings.counts.count('TransactionalOverLimit');
  }
  if (watched.failed !== undefined)
    logger.warn(LOG_EVENTS.outcomesNotCounted, { error: nameOf(watched.failed) });
  const { deadLetters } = ingestion;
  return processQueue(event, context, { ...surroundings, deadLetters }, async ({ messageId }) => {
    if (failed.has(messageId)) throw failed.get(messageId);
  });
}
