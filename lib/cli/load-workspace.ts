// A workspace as commands see it: what is in its folder, the scenarios under tests/, and what nothing refers to. Every command that
// works on a workspace begins here.
import { checkUnused } from '#lib/compiler/check-unused.ts';
import { inOrder, type Diagnostic } from '#lib/compiler/diagnostics.ts';
import { readWorkspaceFolder, type WorkspaceFolder } from '#lib/repository/workspace-folder.ts';
import { readTests, type PlacedScenario } from '#lib/simulator/scenarios/read-tests.ts';

/** A workspace as far as it can be read. */
export interface LoadedWorkspace extends WorkspaceFolder {
  /** Scenarios without errors, of journeys without errors. */
  readonly scenarios: readonly PlacedScenario[];
}

/**
 * Reads and checks the workspace in a folder.
 * @throws RepositoryProblem where the folder cannot be read at all; all else becomes a diagnostic.
 */
export async function loadWorkspace(folder: string): Promise<LoadedWorkspace> {
  const workspace = await readWorkspaceFolder(folder);
  const { files, settings, journeys, segments, journeyFiles, summaries } = workspace;
  const tests = readTests(files.tests, {
    settings,
    journeys,
    segments,
    journeyIds: journeyFiles.map(({ id }) => id),
    messageIds: summaries.map(({ id }) => id),
  });
  const told = [...workspace.diagnostics, ...tests.diagnostics];
  return {
    ...workspace,
    scenarios: tests.scenarios,
    diagnostics: inOrder([...told, ...unusedNames(workspace, told)]),
  };
}

/** With an error somewhere a name may be missing just there: then nothing is said. */
function unusedNames(
  { files, settings, journeys, segments, summaries }: WorkspaceFolder,
  told: readonly Diagnostic[],
): Diagnostic[] {
  if (settings === undefined || files.settings === undefined || journeys.length === 0) return [];
  if (told.some(({ severity }) => severity === 'error')) return [];
  return checkUnused({ settings, settingsFile: files.settings, journeys, segments, messages: summaries });
}
