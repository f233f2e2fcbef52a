// What a deployment is made of: the committed versions, and what the workspace says today that is outside of them. A deployment is
// a function of these files and of nothing else.
import { compileManifest } from '#lib/compiler/compile.ts';
import { holidaysNamed } from '#lib/compiler/holidays/expand.ts';
import { canonicalJson } from '#lib/compiler/version.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import { journeyRules } from '#lib/journey/journey-rules.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { DeployedMessages } from '#lib/messages/deployed-messages.ts';
import { readCommittedVersions, type CommittedVersion } from './committed-versions.ts';
import { readStacks, updatedStacks, type MachineStacks } from './machine-stacks.ts';
import { RepositoryProblem } from './repository-problem.ts';
import { readWorkspaceFolder, type WorkspaceFolder } from './workspace-folder.ts';

/** Where the two folders are. */
export interface RepositoryFolders {
  /** The marketers' folder: `workspace`. */
  readonly workspace: string;
  /** The compiled versions: `state-machines`. */
  readonly versions: string;
}

/** Everything that is deployed. */
export interface Repository {
  readonly versions: readonly CommittedVersion[];
  readonly stacks: MachineStacks;
  /** For every function that decides. */
  readonly workspace: DeployedWorkspace;
  /** For the function that sends. */
  readonly messages: DeployedMessages;
}

/**
 * Reads what is to be deployed.
 * @throws RepositoryProblem where the workspace has errors, a journey that is no draft is not compiled as it is now, or a committed
 * version was changed.
 */
export async function readRepository(folders: RepositoryFolders): Promise<Repository> {
  const workspace = await readWorkspaceFolder(folders.workspace);
  const settings = sound(workspace);
  const { versions, messages } = readCommittedVersions(folders.versions);
  const newest = newestVersions(workspace, versions);
  if (updatedStacks(folders.versions) !== undefined)
    throw notCompiled(
      `the list of stacks in ${folders.versions} does not have the versions that are beside it`,
    );
  const manifests = versions.map(({ manifest }) => manifest);
  const holidays = holidaysNamed(manifests);
  const content = {
    settings,
    manifests,
    newest,
    ...(Object.keys(holidays).length === 0 ? {} : { holidays }),
    journeys: rulesOf(workspace),
    segments: workspace.segments,
  };
  return {
    versions,
    stacks: readStacks(folders.versions),
    workspace: { format: 1, mark: hashHex(canonicalJson(content), 24), ...content },
    messages: { format: 1, messages: [...messages.values()], catalog: workspace.catalog },
  };
}

/** Errors that a message has room for; `wend check` shows all of them. */
const SHOWN_ERRORS = 5;

function sound({ folder, settings, diagnostics }: WorkspaceFolder): Settings {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (settings !== undefined && errors.length === 0) return settings;
  const shown = errors.slice(0, SHOWN_ERRORS).map(({ file, line, column, message }) => {
    return `  ${folder}/${file}:${line}:${column} ${message}`;
  });
  const more = errors.length > SHOWN_ERRORS ? [`  and ${errors.length - SHOWN_ERRORS} more`] : [];
  throw new RepositoryProblem(
    'content',
    [`the workspace in ${folder} has errors:`, ...shown, ...more].join('\n'),
    'Run npx wend check: it shows all of them, with their lines.',
  );
}

/** The version of each journey on which new runs start: the one that its file compiles to. */
function newestVersions(
  { journeys }: WorkspaceFolder,
  committed: readonly CommittedVersion[],
): Record<string, string> {
  const keys = new Set(committed.map(({ journey, version }) => versionKey(journey, version)));
  const newest = journeys
    .filter(({ status }) => status !== 'draft')
    .map(({ id, manifest }) => [id, compileManifest(manifest).version] as const);
  const missing = newest.filter(([id, version]) => !keys.has(versionKey(id, version)));
  if (missing.length > 0)
    throw notCompiled(`not compiled as they are now: ${missing.map(([id]) => id).join(', ')}`);
  return Object.fromEntries(newest);
}

function rulesOf({ journeys }: WorkspaceFolder): DeployedWorkspace['journeys'] {
  return Object.fromEntries(
    journeys.flatMap(({ id, journey }) => {
      const rules = journeyRules(journey);
      return rules === undefined ? [] : [[id, rules]];
    }),
  );
}

function notCompiled(message: string): RepositoryProblem {
  return new RepositoryProblem('content', message, 'Run npx wend compile, and commit what it writes.');
}
