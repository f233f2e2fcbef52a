import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { createLookQueue, createPutOffStarts } from '#lib/adapters/aws/queues.ts';
import { looksMessageSchema, startMessageSchema } from '#lib/contracts/queue-messages.ts';

const URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/wend-test-starts';

function customer(number: number): string {
  return number.toString(16).padStart(32, '0');
}

describe('the queue of starts that were put off', () => {
  it('takes the customer, and nothing else', async () => {
    const client = new SQSClient({});
    const sqs = mockClient(client);
    await createPutOffStarts(client, URL).putOff(customer(1));
    const [sent] = sqs.commandCalls(SendMessageCommand);
    expect(sent?.args[0].input.QueueUrl).toBe(URL);
    expect(startMessageSchema.strict().parse(JSON.parse(sent?.args[0].input.MessageBody ?? ''))).toEqual({
      customer: customer(1),
    });
  });
});

describe('the queue of looks', () => {
  it('has each customer in one message, ten to a message and a hundred to a request', async () => {
    const client = new SQSClient({});
    const sqs = mockClient(client);
    sqs.on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    const customers = Array.from({ length: 234 }, (_, index) => customer(index));
    await createLookQueue(client, URL).put(customers);
    const requests = sqs.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input.Entries ?? []);
    const told = requests
      .flat()
      .flatMap(({ MessageBody: body = '' }) => looksMessageSchema.parse(JSON.parse(body)).customers);
    expect(told).toEqual(customers);
    expect(requests.map(({ length }) => length)).toEqual([10, 10, 4]);
  });

  it('says so where the queue has taken only some', async () => {
    const client = new SQSClient({});
    const sqs = mockClient(client);
    sqs.on(SendMessageBatchCommand).resolves({
      Successful: [],
      Failed: [{ Id: '0', Code: 'InternalError', SenderFault: false }],
    });
    await expect(createLookQueue(client, URL).put([customer(1)])).rejects.toThrow(
      'has not taken 1 of 1 messages: InternalError',
    );
  });
});

describe.each(['RequestThrottled', 'TimeoutError'])('a queue that cannot be reached: %s', (name) => {
  const out = Object.assign(new Error('no details'), { name });

  it('has nobody taken for kept: whoever puts comes again', async () => {
    const client = new SQSClient({});
    const sqs = mockClient(client);
    sqs.on(SendMessageCommand).rejects(out).on(SendMessageBatchCommand).rejects(out);
    await expect(createPutOffStarts(client, URL).putOff(customer(1))).rejects.toMatchObject({ name });
    await expect(createLookQueue(client, URL).put([customer(1)])).rejects.toMatchObject({ name });
  });
});
