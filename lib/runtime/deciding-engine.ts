/** What every function that only decides is put together from: the ports of decisions, and the workspace beside the code. */
import type { ProfilesTable } from '#lib/adapters/aws/dynamodb/table.ts';
import type { DecidingPorts, Engine } from '#lib/engine/use-cases/engine.ts';
import { createDecidingPorts } from './deciding-ports.ts';
import { engineWorkspace, loadWorkspaceFile } from './workspace-file.ts';

/** `folder`: where `workspace.json` lies; `mark` is that file's. Throws where it is missing or does not fit this function. */
export function createDecidingEngine(
  table: ProfilesTable,
  folder: string,
): Engine<DecidingPorts> & { readonly mark: string } {
  const deployed = loadWorkspaceFile(folder);
  return {
    workspace: engineWorkspace(deployed),
    mark: deployed.mark,
    ports: createDecidingPorts(table),
  };
}
