// Asks all customers, page by page: a schedule, an event without a customer, what a deployment has left to be decided.
import { setTimeout as wait } from 'node:timers/promises';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { sqsClient } from '#lib/adapters/aws/clients/sqs.ts';
import { createBusinessEvents } from '#lib/adapters/aws/dynamodb/business-events.ts';
import { createCustomerList } from '#lib/adapters/aws/dynamodb/customers.ts';
import { createDeploymentClocks } from '#lib/adapters/aws/dynamodb/deployment-clocks.ts';
import { createUntold } from '#lib/adapters/aws/untold.ts';
import { createDecidingEngine } from '#lib/runtime/deciding-engine.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';
import { systemClock } from '#lib/runtime/system-clock.ts';
import { tellCustomersHandler } from '#lib/runtime/tell-customers.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const table = { client: traced(dynamoDbClient()), name: environment.TABLE_NAME };
const queues = traced(sqsClient());

export const handler = tellCustomersHandler({
  logger: createLogger(environment.DEPLOYMENT),
  counts: createMetrics(environment.DEPLOYMENT),
  engine: createDecidingEngine(table, import.meta.dirname),
  customers: createCustomerList(table),
  events: createBusinessEvents(table),
  clocks: createDeploymentClocks(table),
  untold: (input) => createUntold(queues, environment.LOOKS_QUEUE_URL, input),
  waiting: { monotonic: systemClock.monotonic, wait },
  startsPerSecond: environment.STARTS_PER_SECOND,
  asksPerSecond: environment.ASKS_PER_SECOND,
});
