// Queues: whatever waits for a function. What cannot be processed goes to the queue of dead letters and comes back from there by
// hand (a redrive), never silently away.
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource, type SqsEventSourceProps } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueueName, queueName, type QueueName } from '#lib/contracts/deployment-names.ts';
import { QUEUE_ATTEMPTS } from '#lib/contracts/event-sources.ts';

export interface WorkQueueProps {
  readonly deployment: string;
  readonly name: QueueName;
  /**
   * How long a message is hidden from other readers: six times the time-out of the function that reads, so that a message that is
   * throttled is not given to a second reader (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
   */
  readonly readerTimeout: Duration;
  /** A key of the customer's own; without it SQS encrypts with its own. */
  readonly encryptionKey: IKey | undefined;
}

/** The longest that SQS keeps a message: whoever comes back from two weeks away still finds it. */
const KEPT = Duration.days(14);

export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const { deployment, name, readerTimeout, encryptionKey } = props;
    const encryption = encryptionKey
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
      : { encryption: QueueEncryption.SQS_MANAGED };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      queueName: deadLetterQueueName(deployment, name),
      retentionPeriod: KEPT,
      enforceSSL: true,
      ...encryption,
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: queueName(deployment, name),
      retentionPeriod: KEPT,
      visibilityTimeout: Duration.seconds(6 * readerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: QUEUE_ATTEMPTS },
      enforceSSL: true,
      ...encryption,
    });
  }

  /** Lets a function read it. One bad message never takes the others of its batch with it. */
  feed(reader: IFunction, batches: Omit<SqsEventSourceProps, 'reportBatchItemFailures'>): void {
    reader.addEventSource(new SqsEventSource(this.queue, { ...batches, reportBatchItemFailures: true }));
  }
}
