import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { createDeadLetters } from '#lib/adapters/aws/dead-letters.ts';

const URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/wend-test-events-dead-letters';
const client = new SQSClient({ region: 'eu-central-1' });
const queue = mockClient(client);
const letters = createDeadLetters(client, URL);

beforeEach(() => queue.reset());

it('a dead letter lies as it came, with the reason beside it: a redrive puts it back', async () => {
  queue.on(SendMessageCommand).resolves({});
  await letters.put('{"detail":', 'not JSON');
  expect(queue.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual({
    QueueUrl: URL,
    MessageBody: '{"detail":',
    MessageAttributes: { reason: { DataType: 'String', StringValue: 'not JSON' } },
  });
});

it.each(['RequestThrottled', 'TimeoutError'])(
  'one that the queue does not take is told by name, without what it says: %s',
  async (name) => {
    queue.on(SendMessageCommand).rejects(Object.assign(new Error('Message ana@example.com'), { name }));
    const error: unknown = await letters
      .put('ana@example.com', 'not JSON')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'QueueUnavailable' });
    expect(String(error)).toContain(name);
    expect(String(error)).not.toContain('ana@');
  },
);
