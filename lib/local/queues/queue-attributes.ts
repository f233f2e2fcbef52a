// What GetQueueAttributes tells of a queue.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
import { ServiceError } from '../gateway/service-error.ts';
import type { LocalQueue } from './local-queue.ts';

/** Attributes that AWS has and a queue here does not: asked for by name, they are left out, as on a queue that does not have them there. */
const ABSENT: ReadonlySet<string> = new Set([
  'Policy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

/** @param names `All`, or names. @throws ServiceError InvalidAttributeName. */
export function queueAttributes(queue: LocalQueue, names: readonly string[]): Record<string, string> {
  const { resource, createdAt } = queue;
  const { waiting, inFlight, delayed } = queue.counts();
  const created = String(Math.floor(createdAt / 1000));
  const all: Record<string, string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(waiting),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    VisibilityTimeout: String(resource.VisibilityTimeout),
    MaximumMessageSize: String(resource.MaximumMessageSize),
    MessageRetentionPeriod: String(resource.MessageRetentionPeriod),
    DelaySeconds: String(resource.DelaySeconds),
    ReceiveMessageWaitTimeSeconds: String(resource.ReceiveMessageWaitTimeSeconds),
    SqsManagedSseEnabled: String(resource.SqsManagedSseEnabled ?? true),
    ...(resource.RedrivePolicy && { RedrivePolicy: JSON.stringify(resource.RedrivePolicy) }),
  };
  const unknown = names.find(
    (name) => name !== 'All' && !(name in all) && name !== 'RedrivePolicy' && !ABSENT.has(name),
  );
  if (unknown !== undefined) throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  if (names.includes('All')) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
