/** The queues between functions, over Amazon SQS: starts that were put off, customers to be looked at. */
import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { Fault } from '#lib/contracts/faults.ts';
import type { looksMessageSchema, startMessageSchema } from '#lib/contracts/queue-messages.ts';
import type { LookQueue, PutOffStarts } from '#lib/engine/ports.ts';
import type * as z from 'zod';

/** Every start that is put off is a message of its own, so that each is tried again by itself. */
export function createPutOffStarts(client: SQSClient, queueUrl: string): PutOffStarts {
  return {
    async putOff(customer) {
      const message: z.infer<typeof startMessageSchema> = { customer };
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    },
  };
}

/** Customers in one message: they are repeated together where one of them fails, which costs little more than a read each. */
const CUSTOMERS_IN_MESSAGE = 10;
/** Messages that one request may hold (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html). */
const MESSAGES_IN_REQUEST = 10;

/** `put` throws the fault `QueueUnavailable` where the queue has refused a message of a request. */
export function createLookQueue(client: SQSClient, queueUrl: string): LookQueue {
  return {
    async put(customers) {
      const messages = inParts(customers, CUSTOMERS_IN_MESSAGE).map((some) => {
        const message: z.infer<typeof looksMessageSchema> = { customers: some };
        return JSON.stringify(message);
      });
      await Promise.all(
        inParts(messages, MESSAGES_IN_REQUEST).map(async (bodies) => {
          const { Failed: failed = [] } = await client.send(
            new SendMessageBatchCommand({
              QueueUrl: queueUrl,
              Entries: bodies.map((body, index) => ({ Id: String(index), MessageBody: body })),
            }),
          );
          if (failed.length > 0)
            throw new Fault(
              'QueueUnavailable',
              `the queue has not taken ${failed.length} of ${bodies.length} messages: ${failed[0]?.Code ?? ''}`,
            );
        }),
      );
    },
  };
}

function inParts<T>(all: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += size) parts.push(all.slice(from, from + size));
  return parts;
}
