/** The pages of a deployment over AWS: put together once for each container. */
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { Site } from '#lib/pages/site.ts';
import { createLinkSigners } from '../customer-links/link-signers.ts';
import { createDecidingPorts } from '../deciding-ports.ts';
import { createTracing } from '../tracer.ts';
import { engineWorkspace } from '../workspace-file.ts';

export function createSite(
  workspace: DeployedWorkspace,
  names: { readonly DEPLOYMENT: string; readonly TABLE_NAME: string; readonly CUSTOMER_SECRET_ARN: string },
): Site {
  const traced = createTracing(names.DEPLOYMENT);
  const table = { client: traced(dynamoDbClient()), name: names.TABLE_NAME };
  return {
    engine: { ports: createDecidingPorts(table), workspace: engineWorkspace(workspace) },
    settings: workspace.settings,
    signer: createLinkSigners(names.CUSTOMER_SECRET_ARN),
  };
}
