/** Runs whose start Step Functions had no room for, from their queue, at a pace. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { sqsClient } from '#lib/adapters/aws/clients/sqs.ts';
import { stepFunctionsClient, stepFunctionsStartsClient } from '#lib/adapters/aws/clients/step-functions.ts';
import { createDeadLetters } from '#lib/adapters/aws/dead-letters.ts';
import { StepFunctionsExecutions } from '#lib/adapters/aws/step-functions.ts';
import { Pace } from '#lib/engine/use-cases/pace.ts';
import { startingInTurn } from '#lib/engine/use-cases/put-off-starts.ts';
import { makeTrue } from '#lib/engine/use-cases/relay.ts';
import { createDecidingEngine } from '#lib/runtime/deciding-engine.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';
import { startBatch } from '#lib/runtime/relay/start-batch.ts';
import { systemClock } from '#lib/runtime/system-clock.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const table = { client: traced(dynamoDbClient()), name: environment.TABLE_NAME };
const { workspace, ports } = createDecidingEngine(table, import.meta.dirname);
const executions = new StepFunctionsExecutions({
  client: traced(stepFunctionsClient()),
  starts: traced(stepFunctionsStartsClient()),
  machineArnPrefix: environment.MACHINE_ARN_PREFIX,
});
const perSecond = environment.STARTS_PER_SECOND;
const starting = {
  makeTrue: (customer: string, turn: () => Promise<void>) =>
    makeTrue({ workspace, ports: { ...ports, executions: startingInTurn(executions, turn) } }, customer),
  // One for the container: its pace outlasts a call.
  pace: new Pace(perSecond, { monotonic: systemClock.monotonic, wait }),
  perSecond,
  monotonic: systemClock.monotonic,
  logger: createLogger(environment.DEPLOYMENT),
  counts: createMetrics(environment.DEPLOYMENT),
  deadLetters: createDeadLetters(traced(sqsClient()), environment.STARTS_DEAD_LETTERS_URL),
};

export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return startBatch(starting, event, context);
}
