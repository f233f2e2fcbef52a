// Amazon SQS, as its clients see it: JSON for SDKs, forms and XML for AWS CLI 2.9.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html
import * as z from 'zod';
import { jsonOrQueryService } from '../gateway/json-or-query-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import type { QuerySpelling } from '../gateway/query-service.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import type { LocalQueue } from './local-queue.ts';
import { moveTaskOperations } from './move-task-operations.ts';
import type { MoveTasks } from './move-tasks.ts';
import { queueAttributes } from './queue-attributes.ts';
import { INPUT_REFUSALS, checkRange, queryErrorCode } from './queue-errors.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
  receiveMessage,
} from './receive-operations.ts';
import { sendMessage, sendMessageBatch } from './send-operations.ts';

export interface QueueServiceOptions {
  readonly queues: ReadonlyMap<string, LocalQueue>;
  readonly byArn: ReadonlyMap<string, LocalQueue>;
  readonly moveTasks: MoveTasks;
  readonly time: CloudTime;
}

const byUrlSchema = z.strictObject({ QueueUrl: z.string() });
const urlSchema = z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() });
const attributesSchema = z.strictObject({
  QueueUrl: z.string(),
  AttributeNames: z.array(z.string()).default([]),
});
const listSchema = z.strictObject({
  QueueNamePrefix: z.string().default(''),
  NextToken: z.string().optional(),
  MaxResults: z.int().optional(),
});
const sourcesSchema = z.strictObject({
  QueueUrl: z.string(),
  NextToken: z.string().optional(),
  MaxResults: z.int().optional(),
});

export function queueService({ queues, byArn, moveTasks, time }: QueueServiceOptions): Service {
  /** The host does not matter: an address of AWS whose last part is the queue's name is as good. */
  const queueOf = (url: string): LocalQueue => {
    const queue = queues.get(url.split('/').at(-1) ?? '');
    if (queue === undefined)
      throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const purgedAt = new WeakMap<LocalQueue, number>();
  return jsonOrQueryService({
    signingName: 'sqs',
    title: 'Amazon SQS',
    targetPrefix: 'AmazonSQS',
    version: '1.0',
    namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    spelling: SPELLING,
    errorCode: queryErrorCode,
    operations: {
      SendMessage: (input) => sendMessage(queueOf, input),
      SendMessageBatch: (input) => sendMessageBatch(queueOf, input),
      ReceiveMessage: (input) => receiveMessage(queueOf, time, input),
      DeleteMessage: (input) => deleteMessage(queueOf, input),
      DeleteMessageBatch: (input) => deleteMessageBatch(queueOf, input),
      ChangeMessageVisibility: (input) => changeMessageVisibility(queueOf, input),
      ChangeMessageVisibilityBatch: (input) => changeMessageVisibilityBatch(queueOf, input),
      GetQueueUrl: (input) => ({
        QueueUrl: queueOf(parseInput(urlSchema, input, INPUT_REFUSALS).QueueName).url,
      }),
      GetQueueAttributes(input) {
        const { QueueUrl, AttributeNames } = parseInput(attributesSchema, input, INPUT_REFUSALS);
        const attributes = queueAttributes(queueOf(QueueUrl), AttributeNames);
        return Object.keys(attributes).length === 0 ? {} : { Attributes: attributes };
      },
      ListQueues(input) {
        const asked = parseInput(listSchema, input, INPUT_REFUSALS);
        const found = [...queues.values()].filter(({ name }) => name.startsWith(asked.QueueNamePrefix));
        const { urls, next } = pageOf(found, asked);
        return { ...(urls.length > 0 && { QueueUrls: urls }), ...next };
      },
      ListDeadLetterSourceQueues(input) {
        const asked = parseInput(sourcesSchema, input, INPUT_REFUSALS);
        const queue = queueOf(asked.QueueUrl);
        const found = [...queues.values()].filter(({ deadLetters }) => deadLetters === queue);
        const { urls, next } = pageOf(found, asked);
        return { queueUrls: urls, ...next };
      },
      PurgeQueue(input) {
        const queue = queueOf(parseInput(byUrlSchema, input, INPUT_REFUSALS).QueueUrl);
        const now = time.infrastructure.now();
        // AWS takes up to a minute for it and begins no second one meanwhile.
        if (now - (purgedAt.get(queue) ?? Number.NEGATIVE_INFINITY) < 60_000)
          throw new ServiceError(
            'PurgeQueueInProgress',
            `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
          );
        queue.purge();
        purgedAt.set(queue, now);
      },
      ...moveTaskOperations({ queues, byArn, moveTasks }),
    },
  });
}

/** Without MaxResults AWS lists a thousand, and tells of no further page. */
function pageOf(
  found: readonly LocalQueue[],
  {
    NextToken: token,
    MaxResults: most,
  }: { readonly NextToken?: string | undefined; readonly MaxResults?: number | undefined },
): { readonly urls: string[]; readonly next: { readonly NextToken?: string } } {
  checkRange('MaxResults', most, 1, 1000);
  const from = token === undefined ? 0 : found.findIndex(({ name }) => name === token);
  if (from === -1) throw new ServiceError('InvalidParameterValue', 'NextToken is of no earlier answer.');
  const until = from + (most ?? 1000);
  const following = most === undefined ? undefined : found[until];
  return {
    urls: found.slice(from, until).map(({ url }) => url),
    next: following === undefined ? {} : { NextToken: following.name },
  };
}

const SPELLING: QuerySpelling = {
  requestLists: {
    AttributeName: 'AttributeNames',
    MessageAttributeName: 'MessageAttributeNames',
    MessageSystemAttributeName: 'MessageSystemAttributeNames',
    SendMessageBatchRequestEntry: 'Entries',
    DeleteMessageBatchRequestEntry: 'Entries',
    ChangeMessageVisibilityBatchRequestEntry: 'Entries',
  },
  requestMaps: {
    MessageAttribute: 'MessageAttributes',
    MessageSystemAttribute: 'MessageSystemAttributes',
  },
  numbers: new Set([
    'DelaySeconds',
    'MaxNumberOfMessages',
    'VisibilityTimeout',
    'WaitTimeSeconds',
    'MaxResults',
    'MaxNumberOfMessagesPerSecond',
  ]),
  listElement: (operation, member) =>
    ({
      Messages: 'Message',
      QueueUrls: 'QueueUrl',
      queueUrls: 'QueueUrl',
      Successful: `${operation}ResultEntry`,
      Failed: 'BatchResultErrorEntry',
      Results: 'ListMessageMoveTasksResultEntry',
    })[member],
  answerMaps: { Attributes: 'Attribute', MessageAttributes: 'MessageAttribute' },
};
