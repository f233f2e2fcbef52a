/** The table's stream: phases are made true, emitted events go to the bus, decisions to the timeline. */
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { createBus } from '#lib/adapters/aws/bus.ts';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { eventBridgeClient } from '#lib/adapters/aws/clients/eventbridge.ts';
import { sqsClient } from '#lib/adapters/aws/clients/sqs.ts';
import { stepFunctionsClient, stepFunctionsStartsClient } from '#lib/adapters/aws/clients/step-functions.ts';
import { createConsentLedger } from '#lib/adapters/aws/dynamodb/consent-ledger.ts';
import { createBelongings } from '#lib/adapters/aws/dynamodb/belongings.ts';
import { createTimeline } from '#lib/adapters/aws/dynamodb/timeline.ts';
import { createPutOffStarts } from '#lib/adapters/aws/queues.ts';
import { StepFunctionsExecutions } from '#lib/adapters/aws/step-functions.ts';
import { TIMELINE_DAYS } from '#lib/contracts/profiles-table.ts';
import { puttingOffStarts } from '#lib/engine/use-cases/put-off-starts.ts';
import { relay } from '#lib/engine/use-cases/relay.ts';
import { createDecidingEngine } from '#lib/runtime/deciding-engine.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';
import { relayBatch } from '#lib/runtime/relay/relay-batch.ts';
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
const starts = createPutOffStarts(traced(sqsClient()), environment.STARTS_QUEUE_URL);
const engine = {
  workspace,
  ports: {
    ...ports,
    executions: puttingOffStarts(executions, starts, systemClock),
    bus: createBus(traced(eventBridgeClient()), environment.BUS_NAME),
    timeline: createTimeline(table, TIMELINE_DAYS),
    ledger: createConsentLedger(table),
    belongings: createBelongings(table),
  },
};
const relaying = {
  relay: relay.bind(undefined, engine),
  logger: createLogger(environment.DEPLOYMENT),
  counts: createMetrics(environment.DEPLOYMENT),
};

export function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  return relayBatch(relaying, event, context);
}
