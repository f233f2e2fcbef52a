// The values of the variables that functions ask for (lib/contracts/function-environment.ts).
import { Lazy, Stack, Token } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AUDIENCE_CONCURRENCY } from '#lib/contracts/audience.ts';
import { configurationSetName, deploymentName, type QueueName } from '#lib/contracts/deployment-names.ts';
import { startsPerSecond, startsPerSecondOfOne } from '#lib/contracts/event-sources.ts';
import type { DeploymentArns } from './deployment-arns.ts';
import type { Environment } from './environments.ts';
import type { VariableValues } from './functions.ts';
import type { WorkQueue } from './work-queue.ts';

export interface VariableSources {
  readonly environment: Environment;
  readonly table: Table;
  readonly bus: EventBus;
  readonly customerSecret: Secret;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  readonly arns: DeploymentArns;
  /** Asked when the template is written: the pages are a function themselves. */
  readonly pagesUrl: () => string;
}

/**
 * Customers that are asked in a second, when all are: each is a read. A table on demand begins with 12,000 reads a second, of which the
 * events that come meanwhile keep most; a million customers are through in five minutes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 */
const ASKS_PER_SECOND = 3200;

export function variableValues(sources: VariableSources): VariableValues {
  const { environment, table, bus, customerSecret, queues, arns, pagesUrl } = sources;
  const deployment = deploymentName(environment.name);
  const { region } = Stack.of(table);
  const starts = environment.startsPerSecond ?? startsPerSecond(Token.isUnresolved(region) ? '' : region);
  return {
    DEPLOYMENT: deployment,
    TABLE_NAME: table.tableName,
    BUS_NAME: bus.eventBusName,
    CUSTOMER_SECRET_ARN: customerSecret.secretArn,
    MACHINE_ARN_PREFIX: arns.machinePrefix,
    EVENTS_DEAD_LETTERS_URL: queues.events.deadLetters.queueUrl,
    STARTS_DEAD_LETTERS_URL: queues.starts.deadLetters.queueUrl,
    LOOKS_DEAD_LETTERS_URL: queues.looks.deadLetters.queueUrl,
    STARTS_QUEUE_URL: queues.starts.queue.queueUrl,
    LOOKS_QUEUE_URL: queues.looks.queue.queueUrl,
    // Each call keeps its share of the pace.
    STARTS_PER_SECOND: (name) =>
      String(name === 'start-runs' ? startsPerSecondOfOne(starts) : starts / AUDIENCE_CONCURRENCY),
    ASKS_PER_SECOND: String(ASKS_PER_SECOND / AUDIENCE_CONCURRENCY),
    AUDIENCE_MACHINE_ARN: arns.audienceMachine,
    PAGES_URL: environment.pagesAddress ?? Lazy.string({ produce: pagesUrl }),
    CONFIGURATION_SET: configurationSetName(deployment),
  };
}
