// What is committed under state-machines/: the versions that are deployed, whatever the workspace says by now. Nothing here is
// compiled; but that a version is what its name says is checked, because people may be inside.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateMachine } from '#lib/compiler/lower/asl.ts';
import { versionOf } from '#lib/compiler/version.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { contentHash, messageKey, type CompiledMessage } from '#lib/messages/compiled-message.ts';
import { fileProblem } from './file-problem.ts';
import { RepositoryProblem } from './repository-problem.ts';
import { listVersions, MESSAGES_FOLDER, messageKeysOf, RESUME_FILE } from './versions-folder.ts';

/** One committed version of a journey. */
export interface CommittedVersion {
  readonly journey: string;
  readonly version: string;
  readonly manifest: Manifest;
  readonly machine: StateMachine;
  /** The machine of later legs, of journeys that may need one. */
  readonly resume: StateMachine | undefined;
}

/** Everything under the folder of versions. */
export interface CommittedVersions {
  /** By version key, so that the same folder always gives the same deployment. */
  readonly versions: readonly CommittedVersion[];
  /** Message key → message, all that some version sends. */
  readonly messages: ReadonlyMap<string, CompiledMessage>;
}

/**
 * Reads the committed versions; a folder that is not there has none.
 * @throws RepositoryProblem for a file that cannot be read, a version that is not what its name says, and a message that a version
 * sends and that is not there.
 */
export function readCommittedVersions(folder: string): CommittedVersions {
  const versions = listVersions(folder).map(({ journey, version }) => readVersion(folder, journey, version));
  const keys = new Set(versions.flatMap(({ manifest }) => messageKeysOf(manifest)));
  const messages = new Map([...keys].toSorted().map((key) => [key, readMessage(folder, key)]));
  return { versions, messages };
}

function readVersion(root: string, journey: string, version: string): CommittedVersion {
  const folder = join(root, journey, version);
  const machine = readJson(join(folder, 'machine.asl.json')) as StateMachine;
  const later = join(folder, RESUME_FILE);
  const resume = existsSync(later) ? (readJson(later) as StateMachine) : undefined;
  const manifest = readJson(join(folder, 'manifest.json')) as Manifest;
  const { version: _, ...unnamed } = manifest;
  const named = versionOf({
    machine: withoutComment(machine),
    resume: resume && withoutComment(resume),
    manifest: unnamed,
  });
  if (named !== version || manifest.version !== version || manifest.journey !== journey)
    throw changed(folder, 'version', versionKey(manifest.journey, named));
  return { journey, version, manifest, machine, resume };
}

function readMessage(root: string, key: string): CompiledMessage {
  const path = join(root, MESSAGES_FOLDER, `${key}.json`);
  const message = readJson(path) as CompiledMessage;
  const { hash: _, ...content } = message;
  const named = messageKey({ id: message.id, hash: contentHash(content) });
  if (named !== key) throw changed(path, 'message', named);
  return message;
}

function changed(path: string, what: 'version' | 'message', named: string): RepositoryProblem {
  return new RepositoryProblem(
    'content',
    `${path} is not what its name says, but ${named}: a committed ${what} never changes`,
    'Bring back the committed file (git checkout), change the workspace instead, and run npx wend compile.',
  );
}

function withoutComment(machine: StateMachine): Omit<StateMachine, 'Comment'> {
  const { Comment: _, ...unnamed } = machine;
  return unnamed;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is no JSON' : fileProblem(error);
    throw new RepositoryProblem(
      'content',
      `${path} cannot be read: ${reason}`,
      'Bring back the committed file (git checkout), or run npx wend compile.',
    );
  }
}
