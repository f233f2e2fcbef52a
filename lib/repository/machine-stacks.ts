// Which stack each version's machines are deployed in (`stacks.json` beside the versions). CloudFormation would delete a machine
// that moves from one stack to another, and everybody inside with it; so the group of a version is written down when it is
// compiled, and stays.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { versionKey } from '#lib/contracts/ids.ts';
import * as z from 'zod';
import { fileProblem } from './file-problem.ts';
import { RepositoryProblem } from './repository-problem.ts';
import { listVersions, type ListedVersion, type VersionFile } from './versions-folder.ts';

const STACKS_FILE = 'stacks.json';

/**
 * Machines in one group. A stack has at most 500 resources; the rest of the room is for what the machines of a group share, and
 * for versions that two branches have added to the same group.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const MOST_MACHINES = 450;

/** Version key → number of its group, from 1. */
const machineStacksSchema = z
  .record(z.string(), z.int().positive())
  .describe(
    'The stack that each committed version is deployed in. Written by wend compile; a version never moves.',
  );
export type MachineStacks = Readonly<z.infer<typeof machineStacksSchema>>;

/**
 * The groups of all versions that there are: known ones stay, new ones go into the first group with room, those that are no longer
 * there are left out.
 */
export function placeVersions(known: MachineStacks, versions: readonly ListedVersion[]): MachineStacks {
  const sorted = versions
    .map((version) => ({ ...version, key: versionKey(version.journey, version.version) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const used = new Map<number, number>();
  const placed = new Map<string, number>();
  const place = (key: string, group: number, machines: number) => {
    used.set(group, (used.get(group) ?? 0) + machines);
    placed.set(key, group);
  };
  for (const { key, machines } of sorted) {
    const group = known[key];
    if (group !== undefined) place(key, group, machines);
  }
  for (const { key, machines } of sorted.filter((version) => !placed.has(version.key))) {
    let group = 1;
    while ((used.get(group) ?? 0) + machines > MOST_MACHINES) group += 1;
    place(key, group, machines);
  }
  return Object.fromEntries(sorted.map(({ key }) => [key, placed.get(key) ?? 1]));
}

/**
 * The groups as committed; none where the file is not there.
 * @throws RepositoryProblem where it cannot be read as what it is.
 */
export function readStacks(folder: string): MachineStacks {
  const path = join(folder, STACKS_FILE);
  try {
    return machineStacksSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    const broken = error instanceof SyntaxError || error instanceof z.ZodError;
    throw new RepositoryProblem(
      'content',
      `${path} cannot be read: ${broken ? 'it is not a number for each version' : fileProblem(error)}`,
      'Bring back the committed file (git checkout), and run npx wend compile.',
    );
  }
}

/**
 * The file as it has to be for the versions in the folder and those that are about to be added.
 * @returns undefined where it is so already.
 */
export function updatedStacks(folder: string, added: readonly ListedVersion[] = []): VersionFile | undefined {
  const known = readStacks(folder);
  const versions = new Map(
    [...listVersions(folder), ...added].map((one) => [versionKey(one.journey, one.version), one]),
  );
  const content = placeVersions(known, [...versions.values()]);
  return JSON.stringify(content) === JSON.stringify(known) ? undefined : { path: STACKS_FILE, content };
}
