/** The port `Untold` over a queue: its consumer asks the customer again, and what fails for good ends among its dead letters. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { AudienceInput, UntoldCustomer } from '#lib/contracts/audience.ts';
import type { Untold } from '#lib/engine/ports.ts';

/** For customers who could not be asked `input`. Throws what the client throws: then whoever asks has to ask all of them again. */
export function createUntold(client: SQSClient, queueUrl: string, input: AudienceInput): Untold {
  return {
    async keep(customer, reason) {
      const message: UntoldCustomer = { customer, input, reason };
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
    },
  };
}
