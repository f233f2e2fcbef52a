/** Dead letters over Amazon SQS: put there by whoever knows the reason, beside those that a queue moves there by itself. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { DEAD_LETTER_REASON } from '#lib/contracts/event-sources.ts';
import { Fault } from '#lib/contracts/faults.ts';
import type { DeadLetters } from '#lib/engine/ports.ts';

/**
 * The body stays as it was, so that a redrive puts it back as it came. `put` throws the fault `QueueUnavailable`; messages of the client
 * may repeat what was sent.
 */
export function createDeadLetters(client: Pick<SQSClient, 'send'>, queueUrl: string): DeadLetters {
  return {
    async put(body, reason) {
      try {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: body,
            MessageAttributes: { [DEAD_LETTER_REASON]: { DataType: 'String', StringValue: reason } },
          }),
        );
      } catch (error) {
        const name = error instanceof Error ? error.name : 'UnknownError';
        throw new Fault('QueueUnavailable', `the queue of dead letters has not taken an event: ${name}`);
      }
    },
  };
}
