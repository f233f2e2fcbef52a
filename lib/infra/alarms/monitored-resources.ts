/** What the alarms and the dashboard look at, and no more of each than they need. The root construct hands it over. */
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { QueueName } from '#lib/contracts/deployment-names.ts';

/** A queue, and the one that takes what could not be processed. */
export interface MonitoredQueue {
  readonly queue: IQueue;
  readonly deadLetters: IQueue;
}

export interface MonitoredResources {
  /** `wend-production`: value of the dimension of all metrics of our own. */
  readonly deployment: string;
  readonly queues: Readonly<Record<QueueName, MonitoredQueue>>;
  readonly relayEffects: Pick<IFunction, 'metric'>;
  readonly findDue: Pick<IFunction, 'metricInvocations' | 'metricErrors'>;
  /** Behind the links of messages. */
  readonly answerCustomers: Pick<IFunction, 'metric'>;
  /** Where Lambda keeps the records of the table's stream that the relay could not process. */
  readonly relayFailures: Pick<IBucket, 'bucketName'>;
  readonly table: Pick<ITable, 'metric'>;
  /** Asks all customers: audiences, schedules, events for everybody. */
  readonly audienceMachine: Pick<IStateMachine, 'metricFailed' | 'metricTimedOut'>;
  /** What the account may spend on SMS in a month, in US dollars; absent where the environment does not say. */
  readonly smsMonthlySpend?: number;
}
