/** Every minute: schedules for everybody, changes that everybody is looked at for, customers whose look has come. */
import type { Context } from 'aws-lambda';
import { createAudience } from '#lib/adapters/aws/audience.ts';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { sqsClient } from '#lib/adapters/aws/clients/sqs.ts';
import { stepFunctionsClient } from '#lib/adapters/aws/clients/step-functions.ts';
import { createLookIndex } from '#lib/adapters/aws/dynamodb/customers.ts';
import { createDeploymentClocks } from '#lib/adapters/aws/dynamodb/deployment-clocks.ts';
import { createLookQueue } from '#lib/adapters/aws/queues.ts';
import { everyMinute } from '#lib/engine/use-cases/every-minute.ts';
import { createDecidingEngine } from '#lib/runtime/deciding-engine.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { tellMinute } from '#lib/runtime/relay/tell-minute.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const logger = createLogger(environment.DEPLOYMENT);
const table = { client: traced(dynamoDbClient()), name: environment.TABLE_NAME };
const { ports, ...deployed } = createDecidingEngine(table, import.meta.dirname);
const minutePorts = {
  ...ports,
  clocks: createDeploymentClocks(table),
  audience: createAudience(traced(stepFunctionsClient()), environment.AUDIENCE_MACHINE_ARN),
  index: createLookIndex(table),
  queue: createLookQueue(traced(sqsClient()), environment.LOOKS_QUEUE_URL),
};

/** What EventBridge Scheduler sends is not looked at: the clock says what is due. */
export function handler(_: unknown, context: Context): Promise<void> {
  return tellMinute(logger, context, (until) => everyMinute(minutePorts, deployed, until));
}
