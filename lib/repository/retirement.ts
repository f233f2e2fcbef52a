// Which committed versions may go. A version that is removed is gone with the next deployment, and everybody inside with it: so it goes
// only where every environment has said, of this very repository, that nobody is in it and no goal of it can still be reached.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { versionKey } from '#lib/contracts/ids.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { fileProblem } from './file-problem.ts';
import { updatedStacks } from './machine-stacks.ts';
import { RepositoryProblem } from './repository-problem.ts';
import { messageKeysOf, MESSAGES_FOLDER, writeFiles } from './versions-folder.ts';

/** What an environment says of its versions. */
export interface VersionsInUse {
  readonly environment: string;
  /** Mark of the repository that it was deployed from. */
  readonly mark: string | undefined;
  /** Version key → customers with a run in it. */
  readonly inside: ReadonlyMap<string, number>;
  /** Version key → customers whose goal can still be reached, after the run or held out. */
  readonly goals: ReadonlyMap<string, number>;
  /** Versions with an execution that is still on: a second opinion, where the table says that nobody is inside. */
  readonly running: ReadonlySet<string>;
}

interface Version {
  readonly journey: string;
  readonly version: string;
}

/** Why a version stays. */
export type Reason =
  | { readonly kind: 'newest' }
  | { readonly kind: 'another deployment'; readonly environment: string }
  | { readonly kind: 'inside' | 'goals'; readonly environment: string; readonly customers: number }
  | { readonly kind: 'running'; readonly environment: string };

export interface Retirement {
  readonly removed: readonly Version[];
  readonly kept: readonly (Version & { readonly because: Reason })[];
  /** Keys of messages that nothing refers to any more. */
  readonly messages: readonly string[];
}

/** The part of a repository that is asked about. */
export interface Retirable {
  readonly versions: readonly (Version & { readonly manifest: Manifest })[];
  readonly workspace: { readonly mark: string; readonly newest: Readonly<Record<string, string>> };
}

/**
 * Journeys without a newest version (a draft, or no file any more) let nobody in: all their versions may go. `messages`: the keys of all
 * that there are.
 */
export function planRetirement(
  { versions, workspace }: Retirable,
  environments: readonly VersionsInUse[],
  messages: readonly string[],
): Retirement {
  const removed: Version[] = [];
  const kept: (Version & { because: Reason })[] = [];
  const sent = new Set<string>();
  for (const { journey, version, manifest } of versions) {
    const because = reasonToKeep({ journey, version }, workspace, environments);
    if (because === undefined) removed.push({ journey, version });
    else {
      kept.push({ journey, version, because });
      for (const key of messageKeysOf(manifest)) sent.add(key);
    }
  }
  return { removed, kept, messages: messages.filter((key) => !sent.has(key)) };
}

/** Versions of which it depends on the environments whether they may go. */
export function retirable({ versions, workspace }: Retirable): readonly Version[] {
  return versions.filter(({ journey, version }) => workspace.newest[journey] !== version);
}

function reasonToKeep(
  { journey, version }: Version,
  workspace: Retirable['workspace'],
  environments: readonly VersionsInUse[],
): Reason | undefined {
  if (workspace.newest[journey] === version) return { kind: 'newest' };
  const key = versionKey(journey, version);
  for (const { environment, mark, inside, goals, running } of environments) {
    // Deployed from another state of the repository, it may still let customers into what is not the newest here.
    if (mark !== workspace.mark) return { kind: 'another deployment', environment };
    const customers = inside.get(key) ?? 0;
    if (customers > 0) return { kind: 'inside', environment, customers };
    const watching = goals.get(key) ?? 0;
    if (watching > 0) return { kind: 'goals', environment, customers: watching };
    if (running.has(key)) return { kind: 'running', environment };
  }
  return undefined;
}

/**
 * Removes the files, and brings the list of stacks up to date.
 * @throws RepositoryProblem where that is not possible.
 */
export function removeRetired(folder: string, { removed, messages }: Retirement): void {
  for (const { journey, version } of removed) {
    remove(join(folder, journey, version));
    const journeyFolder = join(folder, journey);
    if (readdirSync(journeyFolder).length === 0) remove(journeyFolder);
  }
  for (const key of messages) remove(join(folder, MESSAGES_FOLDER, `${key}.json`));
  const stacks = updatedStacks(folder);
  if (stacks !== undefined) writeFiles(folder, [stacks]);
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true });
  } catch (error) {
    throw new RepositoryProblem('files', `${path} cannot be removed: ${fileProblem(error)}`);
  }
}
