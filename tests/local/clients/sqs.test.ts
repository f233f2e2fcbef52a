// The commands on queues that docs/runbook.md prints, and those one tries next. AWS CLI 2.9 sends forms and reads XML.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { localQueues, withDeadLetters, type LocalQueues } from '../queues/local-queues.ts';
import { AWS_TIMEOUT_MILLIS, aws, awsJson, hasAws, hasNewerAws, newerAwsJson } from './aws-command.ts';

describe.skipIf(!hasAws)('aws sqs', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let gateway: Gateway;
  let local: LocalQueues;
  beforeAll(async () => {
    gateway = await openGateway({
      port: 0,
      now: () => Date.now(),
      onFault: (error) => {
        throw error;
      },
    });
    local = localQueues(undefined, gateway.endpoint);
    withDeadLetters(local);
    gateway.serve([local.queues.service]);
  });
  afterAll(() => gateway.close());

  /** The address that the runbook uses: that of AWS. */
  const url = 'https://sqs.eu-central-1.amazonaws.com/111122223333/work';
  const own = (name: string) => `${gateway.endpoint}/111122223333/${name}`;
  const sqs = (...args: string[]) => awsJson(gateway.endpoint, ['sqs', ...args]);
  const newer = (...args: string[]) => newerAwsJson(gateway.endpoint, ['sqs', ...args]);

  it('sends and receives what XML and forms could break, with its attributes', async () => {
    const body = '{"name":"Zoë & <b>\\"x\\"</b>","emoji":"🎈","lines":"a\r\nb\tc + 100 %"}';
    const attributes = JSON.stringify({
      reason: { DataType: 'String', StringValue: 'no <id> & "more"' },
      count: { DataType: 'Number', StringValue: '7' },
    });
    const sent = await sqs(
      'send-message',
      '--queue-url',
      url,
      '--message-body',
      body,
      '--message-attributes',
      attributes,
    );
    expect(sent).toMatchObject({ MD5OfMessageBody: expect.any(String), MessageId: expect.any(String) });
    const received = await sqs(
      'receive-message',
      '--queue-url',
      url,
      '--max-number-of-messages',
      '10',
      '--visibility-timeout',
      '30',
      '--attribute-names',
      'All',
      '--message-attribute-names',
      'reason',
    );
    expect(received).toMatchObject({
      Messages: [
        {
          Body: body,
          Attributes: { ApproximateReceiveCount: '1' },
          MessageAttributes: { reason: { DataType: 'String', StringValue: 'no <id> & "more"' } },
        },
      ],
    });
    const [message] = (received as { Messages: { ReceiptHandle: string }[] }).Messages;
    const handle = message?.ReceiptHandle ?? '';
    await sqs(
      'change-message-visibility',
      '--queue-url',
      url,
      '--receipt-handle',
      handle,
      '--visibility-timeout',
      '60',
    );
    await sqs('delete-message', '--queue-url', url, '--receipt-handle', handle);
    expect(await sqs('receive-message', '--queue-url', url)).toEqual({});
  });

  it('sends a batch of which some fail', async () => {
    const entries = JSON.stringify([
      { Id: 'good', MessageBody: 'one' },
      { Id: 'late', MessageBody: 'two', DelaySeconds: 901 },
    ]);
    expect(await sqs('send-message-batch', '--queue-url', url, '--entries', entries)).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'late', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
    await sqs('purge-queue', '--queue-url', url);
    expect(
      await sqs(
        'get-queue-attributes',
        '--queue-url',
        url,
        '--attribute-names',
        'ApproximateNumberOfMessages',
      ),
    ).toEqual({ Attributes: { ApproximateNumberOfMessages: '0' } });
  });

  it('tells of queues', async () => {
    expect(await sqs('list-queues')).toEqual({ QueueUrls: [own('work-dead-letters'), own('work')] });
    expect(await sqs('get-queue-url', '--queue-name', 'work')).toEqual({ QueueUrl: own('work') });
    expect(await sqs('list-dead-letter-source-queues', '--queue-url', own('work-dead-letters'))).toEqual({
      queueUrls: [own('work')],
    });
    expect(await sqs('get-queue-attributes', '--queue-url', url, '--attribute-names', 'All')).toMatchObject({
      Attributes: { VisibilityTimeout: '30', RedrivePolicy: expect.stringContaining('"maxReceiveCount":3') },
    });
  });

  it.skipIf(!hasNewerAws)('moves dead letters back, and says how far it has got', async () => {
    const arn = 'arn:aws:sqs:eu-central-1:111122223333:work';
    await sqs('send-message', '--queue-url', own('work-dead-letters'), '--message-body', 'once more');
    const source = ['--source-arn', `${arn}-dead-letters`];
    expect(await newer('start-message-move-task', ...source, '--destination-arn', arn)).toEqual({
      TaskHandle: expect.any(String),
    });
    expect(await newer('list-message-move-tasks', ...source)).toMatchObject({
      Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1, DestinationArn: arn }],
    });
    expect(await sqs('receive-message', '--queue-url', url)).toMatchObject({
      Messages: [{ Body: 'once more' }],
    });
  });

  it('refuses by the names of AWS, and says what is not here', async () => {
    const nowhere = await aws(gateway.endpoint, [
      'sqs',
      'receive-message',
      '--queue-url',
      `${gateway.endpoint}/1/nowhere`,
    ]);
    expect(nowhere.stderr).toContain(
      'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the ReceiveMessage operation',
    );
    const tag = await aws(gateway.endpoint, ['sqs', 'list-queue-tags', '--queue-url', url]);
    expect(tag.stderr).toContain('(NotImplemented)');
    expect(tag.stderr).toContain('The local cloud does not have ListQueueTags of Amazon SQS.');
  });
});
