/** The pages of a deployment over AWS: put together once for each container. */
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import { exportCustomer } from '#lib/adapters/aws/dynamodb/customer-export.ts';
import { createTimeline, lastOf } from '#lib/adapters/aws/dynamodb/timeline.ts';
import { TIMELINE_DAYS } from '#lib/contracts/profiles-table.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { Site } from '#lib/pages/site.ts';
import { createLinkSigners } from '../customer-links/link-signers.ts';
import { createDecidingPorts } from '../deciding-ports.ts';
import { systemClock } from '../system-clock.ts';
import { createTracing } from '../tracer.ts';
import { engineWorkspace } from '../workspace-file.ts';

/** A message is explained by the decisions of one run, among those of the others meanwhile: months of a busy customer. */
const MOST_DECISIONS = 1000;

export function createSite(
  workspace: DeployedWorkspace,
  names: { readonly DEPLOYMENT: string; readonly TABLE_NAME: string; readonly CUSTOMER_SECRET_ARN: string },
): Site {
  const traced = createTracing(names.DEPLOYMENT);
  const table = { client: traced(dynamoDbClient()), name: names.TABLE_NAME };
  const timeline = createTimeline(table, TIMELINE_DAYS);
  return {
    engine: { ports: createDecidingPorts(table), workspace: engineWorkspace(workspace) },
    settings: workspace.settings,
    decisions: async (customer) => {
      const revisions = await lastOf(timeline, customer, MOST_DECISIONS);
      return revisions.toReversed().flatMap(({ log }) => log);
    },
    everything: (customer) => exportCustomer(table, customer, systemClock.now()),
    signer: createLinkSigners(names.CUSTOMER_SECRET_ARN),
  };
}
