// Amazon SQS as the client of the SDK sees it: it checks digests, and makes typed exceptions of errors.
import * as sqs from '@aws-sdk/client-sqs';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { turn } from '../time/fake-timers.ts';
import { localQueues, withDeadLetters, type LocalQueues } from './local-queues.ts';

describe('Amazon SQS', () => {
  let gateway: Gateway;
  let local: LocalQueues;
  let client: sqs.SQSClient;
  const faults: unknown[] = [];
  const url = 'https://sqs.eu-central-1.amazonaws.com/111122223333/work';

  beforeAll(async () => {
    gateway = await openGateway({ port: 0, now: () => Date.now(), onFault: (error) => faults.push(error) });
    local = localQueues(undefined, gateway.endpoint);
    withDeadLetters(local);
    gateway.serve([local.queues.service]);
    client = new sqs.SQSClient({
      endpoint: gateway.endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterAll(async () => {
    client.destroy();
    local.queues.close();
    await gateway.close();
    // oxlint-disable-next-line vitest/no-standalone-expect -- of all tests together
    expect(faults).toEqual([]);
  });

  const receive = async (given: Partial<sqs.ReceiveMessageCommandInput> = {}) =>
    (await client.send(new sqs.ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...given })))
      .Messages ?? [];

  it('carries text, numbers and bytes beside the body, with digests that the client checks', async () => {
    const MessageAttributes = {
      reason: { DataType: 'String', StringValue: 'süß' },
      'shop.count': { DataType: 'Number.int', StringValue: '7' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255, 10) },
    };
    await client.send(new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: 'Zoë', MessageAttributes }));
    const [message] = await receive({
      MessageAttributeNames: ['shop.*', 'bytes'],
      MessageSystemAttributeNames: ['SentTimestamp'],
    });
    expect(message).toMatchObject({
      Body: 'Zoë',
      MD5OfBody: createHash('md5').update('Zoë').digest('hex'),
      MessageAttributes: { 'shop.count': MessageAttributes['shop.count'], bytes: MessageAttributes.bytes },
      Attributes: { SentTimestamp: String(local.clock.now()) },
    });
    expect(message?.MessageAttributes).not.toHaveProperty('reason');
    await client.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
  });

  it('gives the digest of attributes that AWS gives', async () => {
    const timestamp = { DataType: 'Number', StringValue: '1493147359900' };
    const sent = await client.send(
      new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageAttributes: { timestamp } }),
    );
    expect(sent.MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
    const [message] = await receive();
    await client.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
  });

  it('takes the digest of bytes from the bytes', async () => {
    const bytes = { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) };
    const sent = await client.send(
      new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageAttributes: { bytes } }),
    );
    // Length and text of the name and the type, 2 for bytes, their length, and they themselves.
    const digested = Buffer.from('\0\0\0\x05bytes\0\0\0\x06Binary\x02\0\0\0\x02\0\xff', 'latin1');
    expect(sent.MD5OfMessageAttributes).toBe(createHash('md5').update(digested).digest('hex'));
    const [message] = await receive();
    await client.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
  });

  it('answers a long poll when a message comes, and without one when its time is up', async () => {
    const polled = async () => {
      const { armed } = local.timers;
      const answer = receive({ WaitTimeSeconds: 20 });
      // Until it has come in.
      while (local.timers.armed === armed) await turn();
      return { answer };
    };
    const empty = await polled();
    await local.timers.pass(20_000);
    expect(await empty.answer).toEqual([]);
    const waiting = await polled();
    await client.send(new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: 'at last' }));
    expect((await waiting.answer).map(({ Body }) => Body)).toEqual(['at last']);
    await local.timers.pass(30_000);
    const [message] = await receive();
    await client.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
  });

  it('deletes and releases in batches, of which some entries fail', async () => {
    await client.send(
      new sqs.SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [1, 2].map((one) => ({ Id: String(one), MessageBody: String(one) })),
      }),
    );
    const [first, second] = await receive();
    const released = await client.send(
      new sqs.ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'a', ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 },
          { Id: 'b', ReceiptHandle: 'none', VisibilityTimeout: 0 },
        ],
      }),
    );
    expect(released).toMatchObject({
      Successful: [{ Id: 'a' }],
      Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid', SenderFault: true }],
    });
    const [again] = await receive();
    const deleted = await client.send(
      new sqs.DeleteMessageBatchCommand({
        QueueUrl: url,
        Entries: [again, second].map((one, index) => ({ Id: `${index}`, ReceiptHandle: one?.ReceiptHandle })),
      }),
    );
    expect(deleted.Failed).toEqual([]);
    expect(local.queues.all().map((queue) => queue.counts().inFlight)).toEqual([0, 0]);
  });

  it('redrives dead letters where the operator says, at the pace that he allows', async () => {
    const [letters, work] = local.queues.all();
    for (const body of ['a', 'b', 'c']) letters?.send(body);
    const SourceArn = letters?.arn;
    const start = new sqs.StartMessageMoveTaskCommand({
      SourceArn,
      DestinationArn: work?.arn,
      MaxNumberOfMessagesPerSecond: 2,
    });
    expect(await client.send(start)).toMatchObject({ TaskHandle: expect.any(String) });
    await expect(client.send(start)).rejects.toBeInstanceOf(sqs.UnsupportedOperation);
    const tasks = async () => (await client.send(new sqs.ListMessageMoveTasksCommand({ SourceArn }))).Results;
    expect(await tasks()).toMatchObject([
      { Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 2, ApproximateNumberOfMessagesToMove: 3 },
    ]);
    await local.timers.pass(1000);
    expect(await tasks()).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 3 }]);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['a', 'b', 'c']);
    await client.send(new sqs.PurgeQueueCommand({ QueueUrl: url }));
  });

  it.each([
    ['QueueDoesNotExist', new sqs.GetQueueUrlCommand({ QueueName: 'nowhere' })],
    ['InvalidMessageContents', new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: 'a\u0000b' })],
    ['MissingParameter', new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: '' })],
    ['ReceiptHandleIsInvalid', new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'none' })],
    ['InvalidParameterValue', new sqs.ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 11 })],
    [
      'InvalidParameterValue',
      new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: 'x'.repeat(1_048_577) }),
    ],
    ['EmptyBatchRequest', new sqs.SendMessageBatchCommand({ QueueUrl: url, Entries: [] })],
    ['TooManyEntriesInBatchRequest', batch(Array.from({ length: 11 }, (_, index) => `${index}`))],
    ['BatchEntryIdsNotDistinct', batch(['same', 'same'])],
    ['InvalidBatchEntryId', batch(['not good'])],
    ['BatchRequestTooLong', batch(['a', 'b'], 'x'.repeat(600_000))],
    [
      'InvalidAttributeName',
      new sqs.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['Colour' as 'All'] }),
    ],
    ['NotImplemented', new sqs.CreateQueueCommand({ QueueName: 'mine' })],
    [
      'NotImplemented',
      new sqs.SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageGroupId: 'one' }),
    ],
    ['PurgeQueueInProgress', new sqs.PurgeQueueCommand({ QueueUrl: url })],
  ] as const)('refuses with %s', async (name, command) => {
    await expect(client.send(command as sqs.SendMessageCommand)).rejects.toMatchObject({ name });
  });

  function batch(ids: readonly string[], MessageBody = 'x'): sqs.SendMessageBatchCommand {
    return new sqs.SendMessageBatchCommand({
      QueueUrl: url,
      Entries: ids.map((Id) => ({ Id, MessageBody })),
    });
  }
});
