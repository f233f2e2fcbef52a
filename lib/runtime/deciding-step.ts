/** What the functions behind Tasks are put together from. */
import { dynamoDbClient } from '#lib/adapters/aws/clients/dynamodb.ts';
import type { ProfilesTable } from '#lib/adapters/aws/dynamodb/table.ts';
import type { DecidingPorts, Engine } from '#lib/engine/use-cases/engine.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import { createDecidingPorts } from './deciding-ports.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import type { StepSurroundings } from './step-function.ts';
import { engineWorkspace, loadWorkspaceFile } from './workspace-file.ts';

export interface DecidingStep {
  readonly engine: Engine<DecidingPorts>;
  readonly deployed: DeployedWorkspace;
  readonly table: ProfilesTable;
  readonly surroundings: StepSurroundings;
}

/**
 * Once for each container. Throws where `workspace.json` is missing in the folder or does not fit.
 * @param traced makes the calls of a client part of traces (`createTracing`).
 */
export function createDecidingStep(
  environment: { readonly DEPLOYMENT: string; readonly TABLE_NAME: string },
  folder: string,
  traced: <Client extends object>(client: Client) => Client,
): DecidingStep {
  const { DEPLOYMENT: deployment, TABLE_NAME: name } = environment;
  const deployed = loadWorkspaceFile(folder);
  const table = { client: traced(dynamoDbClient()), name };
  return {
    engine: { ports: createDecidingPorts(table), workspace: engineWorkspace(deployed) },
    deployed,
    table,
    surroundings: { logger: createLogger(deployment), counts: createMetrics(deployment) },
  };
}
