/** Customers to be looked at because of the time, several in a message. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { looksMessageSchema } from '#lib/contracts/queue-messages.ts';
import { processQueue, type BatchSurroundings } from '../batches.ts';
import { readMessage } from './read-message.ts';

export interface Looking extends BatchSurroundings {
  readonly look: (customer: string) => Promise<void>;
}

/**
 * Messages side by side, the customers of one after the other. A customer who cannot be looked at keeps nobody else from it; the
 * message comes again with all of them, which costs a read for each that is done.
 */
export function looksBatch(looking: Looking, event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return processQueue(event, context, looking, async ({ body }) => {
    const failures: unknown[] = [];
    for (const customer of readMessage(looksMessageSchema, body).customers)
      try {
        await looking.look(customer);
      } catch (error) {
        failures.push(error);
      }
    if (failures.length > 0) throw failures[0];
  });
}
