/** Ingestion over AWS: put together once for each container. */
import { createAudience } from '#lib/adapters/aws/audience.ts';
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { sqsClient } from '#lib/adapters/aws/clients/sqs.ts';
import { stepFunctionsClient } from '#lib/adapters/aws/clients/step-functions.ts';
import { createDeadLetters } from '#lib/adapters/aws/dead-letters.ts';
import { createBusinessEvents } from '#lib/adapters/aws/dynamodb/business-events.ts';
import { createIdentities } from '#lib/adapters/aws/dynamodb/identities.ts';
import { createMessageLinks } from '#lib/adapters/aws/dynamodb/message-links.ts';
import { createSendOutcomes } from '#lib/adapters/aws/dynamodb/send-outcomes.ts';
import { watchOutcomes } from '#lib/engine/use-cases/watch-outcomes.ts';
import { breakerLimits } from '#lib/journey/breaker.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import { createCustomerIds } from '../customer-ids.ts';
import { createDecidingPorts } from '../deciding-ports.ts';
import { createTracing } from '../tracer.ts';
import { engineWorkspace } from '../workspace-file.ts';
import { createReaders } from './create-readers.ts';
import type { Ingestion } from './ingestion.ts';
import { providerEvents } from './provider-events.ts';
import { replies } from './replies.ts';

/** Names of what it works on: the variables of the function. */
export interface IngestionNames {
  readonly DEPLOYMENT: string;
  readonly TABLE_NAME: string;
  readonly CUSTOMER_SECRET_ARN: string;
  readonly EVENTS_DEAD_LETTERS_URL: string;
  readonly AUDIENCE_MACHINE_ARN: string;
}

export function createIngestion(workspace: DeployedWorkspace, names: IngestionNames): Ingestion {
  const traced = createTracing(names.DEPLOYMENT);
  const table = { client: traced(dynamoDbClient()), name: names.TABLE_NAME };
  const ports = createDecidingPorts(table);
  const links = createMessageLinks(table, () => ports.clock.now());
  const identities = createIdentities(table);
  const outcomes = createSendOutcomes(table);
  const limits = breakerLimits(workspace.settings.breaker);
  const hash = createCustomerIds(names.CUSTOMER_SECRET_ARN);
  return {
    engine: { ports, workspace: engineWorkspace(workspace) },
    identities,
    businessEvents: createBusinessEvents(table),
    audience: createAudience(traced(stepFunctionsClient()), names.AUDIENCE_MACHINE_ARN),
    watch: (told) => watchOutcomes(outcomes, limits, told, ports.clock.now()),
    deadLetters: createDeadLetters(traced(sqsClient()), names.EVENTS_DEAD_LETTERS_URL),
    ...createReaders(workspace, [
      providerEvents(names.DEPLOYMENT, links, ports.clock),
      replies({ links, identities, hash }),
    ]),
    hash,
  };
}
