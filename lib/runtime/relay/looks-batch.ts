/**
 * Customers who need a look, from one queue: their instant has come, an execution of theirs has ended, or they could not be asked when
 * everybody was. One queue because each that Lambda reads is paid for while nothing happens
 * (docs/adr/0043-few-queues-are-read.md).
 */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { untoldCustomerSchema, type UntoldCustomer } from '#lib/contracts/audience.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { looksMessageSchema } from '#lib/contracts/queue-messages.ts';
import { processQueue, type QueueSurroundings } from '../batches.ts';
import { whatFailed } from '../what-failed.ts';
import { readEnding, type Ending } from './execution-ending.ts';
import { readJson, readMessage } from './read-message.ts';

/** Each may be done again, and rejects where it should be. */
export interface Looking extends QueueSurroundings {
  readonly look: (customer: string) => Promise<void>;
  readonly recordEnding: (ending: Ending) => Promise<void>;
  readonly askAgain: (untold: UntoldCustomer) => Promise<void>;
}

/** Messages side by side, the customers of one after the other. */
export function looksBatch(looking: Looking, event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return processQueue(event, context, looking, ({ body }) => handleMessage(looking, readJson(body)));
}

async function handleMessage(looking: Looking, message: unknown): Promise<void> {
  // Only what comes from the bus has a detail, only a customer who could not be asked has what was to be asked.
  if (has(message, 'detail')) await looking.recordEnding(readEnding(message));
  else if (has(message, 'input')) await looking.askAgain(readMessage(untoldCustomerSchema, message));
  else await lookAtAll(looking, readMessage(looksMessageSchema, message).customers);
}

/** One who cannot be looked at keeps nobody else from it; the message comes again with all of them, a read for each that is done. */
async function lookAtAll({ look, logger }: Looking, customers: readonly string[]): Promise<void> {
  const failures: unknown[] = [];
  for (const customer of customers)
    try {
      await look(customer);
    } catch (error) {
      // The message has several customers, and its own line in the log says none.
      logger.warn(LOG_EVENTS.customerFailed, { customer, ...whatFailed(error) });
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
}

function has(message: unknown, field: string): boolean {
  return typeof message === 'object' && message !== null && field in message;
}
