// The journeys that a command may be about: those of the workspace, and those that have versions still though their file is gone.
import { journeyRules, LIVE, type JourneyRules } from '#lib/journey/journey-rules.ts';
import { listVersions } from '#lib/repository/versions-folder.ts';
import { readWorkspaceFolder, type WorkspaceFolder } from '#lib/repository/workspace-folder.ts';
import { CommandProblem } from './command-problem.ts';
import { suggestion } from './names.ts';

export interface KnownJourneys {
  readonly workspace: WorkspaceFolder;
  readonly ids: readonly string[];
  /**
   * What a journey's file says. Undefined for a draft; of a file that has errors, or is gone, as if it said nothing: whoever has to
   * pause a journey in a hurry need not mend it first.
   */
  readonly rules: (journey: string) => JourneyRules | undefined;
}

export async function readKnownJourneys(
  workspaceFolder: string,
  versionsFolder: string,
): Promise<KnownJourneys> {
  const workspace = await readWorkspaceFolder(workspaceFolder);
  const ids = new Set([
    ...workspace.journeyFiles.map(({ id }) => id),
    ...listVersions(versionsFolder).map(({ journey }) => journey),
  ]);
  return {
    workspace,
    ids: [...ids].toSorted((a, b) => (a < b ? -1 : 1)),
    rules: (journey) => {
      const found = workspace.journeys.find(({ id }) => id === journey);
      return found === undefined ? LIVE : journeyRules(found.journey);
    },
  };
}

/** Throws a CommandProblem with a suggestion for a journey that nobody knows, and for a draft, which is not deployed. */
export function rulesOfKnown(journeys: KnownJourneys, journey: string): JourneyRules {
  const { folder } = journeys.workspace;
  if (!journeys.ids.includes(journey))
    throw new CommandProblem(
      `there is no journey "${journey}" in ${folder}`,
      suggestion(journey, journeys.ids),
    );
  const rules = journeys.rules(journey);
  if (rules === undefined)
    throw new CommandProblem(
      `${journey} is a draft: it is not deployed`,
      'Its "status" in the workspace says so.',
    );
  return rules;
}
