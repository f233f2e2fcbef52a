/**
 * Customers who need a look: what is due is decided, what is unconfirmed or overdue is looked after, ends of executions are recorded, and
 * who could not be asked with everybody is asked again.
 */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createBus } from '#lib/adapters/aws/bus.ts';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { eventBridgeClient } from '#lib/adapters/aws/clients/eventbridge.ts';
import { sqsClient } from '#lib/adapters/aws/clients/sqs.ts';
import { stepFunctionsClient, stepFunctionsStartsClient } from '#lib/adapters/aws/clients/step-functions.ts';
import { createDeadLetters } from '#lib/adapters/aws/dead-letters.ts';
import { createBelongings } from '#lib/adapters/aws/dynamodb/belongings.ts';
import { createBusinessEvents } from '#lib/adapters/aws/dynamodb/business-events.ts';
import { createConsentLedger } from '#lib/adapters/aws/dynamodb/consent-ledger.ts';
import { createDeploymentClocks } from '#lib/adapters/aws/dynamodb/deployment-clocks.ts';
import { executionInput } from '#lib/adapters/aws/execution-input.ts';
import { StepFunctionsExecutions } from '#lib/adapters/aws/step-functions.ts';
import type { UntoldCustomer } from '#lib/contracts/audience.ts';
import { LOOK_UPS_PER_SECOND_OF_ONE } from '#lib/contracts/event-sources.ts';
import { askAgain } from '#lib/engine/use-cases/ask-again.ts';
import { executionEnded } from '#lib/engine/use-cases/execution-ended.ts';
import { lookAtCustomer } from '#lib/engine/use-cases/look-at-customer.ts';
import { turnsPerSecond } from '#lib/engine/use-cases/look-up.ts';
import { NEXT_LOOK_STARTS, puttingOffStarts } from '#lib/engine/use-cases/put-off-starts.ts';
import { createDecidingEngine } from '#lib/runtime/deciding-engine.ts';
import { readEnvironment } from '#lib/runtime/environment.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';
import { looksBatch } from '#lib/runtime/relay/looks-batch.ts';
import { recordEnding } from '#lib/runtime/relay/record-ending.ts';
import { systemClock } from '#lib/runtime/system-clock.ts';
import { createTracing } from '#lib/runtime/tracer.ts';
import { environmentSchema } from './environment.ts';

const environment = readEnvironment(environmentSchema, process.env);
const traced = createTracing(environment.DEPLOYMENT);
const table = { client: traced(dynamoDbClient()), name: environment.TABLE_NAME };
const { workspace, ports } = createDecidingEngine(table, import.meta.dirname);
const stepFunctions = traced(stepFunctionsClient());
const executions = new StepFunctionsExecutions({
  client: stepFunctions,
  starts: traced(stepFunctionsStartsClient()),
  machineArnPrefix: environment.MACHINE_ARN_PREFIX,
});
const engine = {
  workspace,
  ports: {
    ...ports,
    executions: puttingOffStarts(executions, NEXT_LOOK_STARTS, systemClock),
    bus: createBus(traced(eventBridgeClient()), environment.BUS_NAME),
    ledger: createConsentLedger(table),
    belongings: createBelongings(table),
  },
};
const asking = { events: createBusinessEvents(table), clocks: createDeploymentClocks(table) };
const hasTurn = turnsPerSecond(LOOK_UPS_PER_SECOND_OF_ONE, systemClock.monotonic);
const counts = createMetrics(environment.DEPLOYMENT);
const logger = createLogger(environment.DEPLOYMENT);
const looking = {
  look: (customer: string) => lookAtCustomer(engine, customer, hasTurn),
  recordEnding: recordEnding.bind(undefined, {
    inputOf: executionInput.bind(undefined, stepFunctions),
    ended: executionEnded.bind(undefined, engine),
    counts,
    logger,
  }),
  askAgain: (untold: UntoldCustomer) => askAgain(engine, asking, untold),
  deadLetters: createDeadLetters(traced(sqsClient()), environment.LOOKS_DEAD_LETTERS_URL),
  logger,
  counts,
};

export function handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
  return looksBatch(looking, event, context);
}
