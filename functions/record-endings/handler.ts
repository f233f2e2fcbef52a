/** Executions that have ended by themselves: their documents learn of it. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { sqsClient } from '#lib/adapters/aws/clients/sqs.ts';
import { stepFunctionsClient } from '#lib/adapters/aws/clients/step-functions.ts';
import { createDeadLetters } from '#lib/adapters/aws/dead-letters.ts';
import { executionInput } from '#lib/adapters/aws/execution-input.ts';
import { executionEnded } from '#lib/engine/use-cases/execution-ended.ts';
import { createDecidingEngine } from '#lib/runtime/deciding-engine.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';
import { endingsBatch } from '#lib/runtime/relay/endings-batch.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const table = { client: traced(dynamoDbClient()), name: environment.TABLE_NAME };
const recording = {
  inputOf: executionInput.bind(undefined, traced(stepFunctionsClient())),
  ended: executionEnded.bind(undefined, createDecidingEngine(table, import.meta.dirname)),
  deadLetters: createDeadLetters(traced(sqsClient()), environment.ENDINGS_DEAD_LETTERS_URL),
  logger: createLogger(environment.DEPLOYMENT),
  counts: createMetrics(environment.DEPLOYMENT),
};

export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return endingsBatch(recording, event, context);
}
