// The folder of compiled versions, state-machines/: what is in it never changes, versions are only added. So every write
// is a new file, and a file that is there with another content is a reason to stop.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { messageKey, type CompiledMessage } from '#lib/messages/compiled-message.ts';
import { fileProblem } from './file-problem.ts';
import { RepositoryProblem } from './repository-problem.ts';

/** A file of a version: its path below the folder, and its content as JSON. */
export interface VersionFile {
  readonly path: string;
  readonly content: unknown;
}

/** The machine of later legs, in the folder of versions that may need one. */
export const RESUME_FILE = 'resume.asl.json';

/** Machines and manifest of a compiled journey. */
export function journeyFiles({
  journey,
  version,
  machine,
  resume,
  manifest,
}: CompiledJourney): readonly VersionFile[] {
  const folder = `${journey}/${version}`;
  return [
    { path: `${folder}/machine.asl.json`, content: machine },
    ...(resume === undefined ? [] : [{ path: `${folder}/${RESUME_FILE}`, content: resume }]),
    { path: `${folder}/manifest.json`, content: manifest },
  ];
}

/** Messages lie beside the journeys: several versions of journeys may share one. */
export const MESSAGES_FOLDER = 'messages';

/** A compiled message. */
export function messageFile(message: CompiledMessage): VersionFile {
  return { path: `${MESSAGES_FOLDER}/${messageKey(message)}.json`, content: message };
}

/** Keys of the messages that a version sends, each once. */
export function messageKeysOf({ flow }: Manifest): readonly string[] {
  const keys = Object.values(flow.nodes).flatMap((node) =>
    node.kind === 'send' ? [node.settings.message] : [],
  );
  return [...new Set(keys)];
}

/**
 * Which of the files are not there yet.
 * @throws RepositoryProblem where one is there with another content: somebody has changed a version.
 */
export function missingFiles(folder: string, files: readonly VersionFile[]): readonly VersionFile[] {
  return files.filter(({ path, content }) => {
    const stored = read(join(folder, path));
    if (stored === undefined) return true;
    if (isSame(stored, content)) return false;
    throw new RepositoryProblem(
      'content',
      `${join(folder, path)} is not what it was compiled to: a version never changes`,
      'Bring back the committed file (git checkout), and change the journey or message in the workspace instead.',
    );
  });
}

/**
 * Writes the files.
 * @throws RepositoryProblem where that is not possible.
 */
export function writeFiles(folder: string, files: readonly VersionFile[]): void {
  for (const { path, content } of files) {
    const whole = join(folder, path);
    try {
      makeFolder(dirname(whole));
      writeFileSync(whole, `${JSON.stringify(content, null, 2)}\n`);
    } catch (error) {
      throw new RepositoryProblem('files', `${whole} cannot be written: ${fileProblem(error)}`);
    }
  }
}

/** A version that is there, and how many machines it has: 2 with one for later legs. */
export interface ListedVersion {
  readonly journey: string;
  readonly version: string;
  readonly machines: number;
}

/**
 * The versions in the folder, by journey and version; none where there is no folder.
 * @throws RepositoryProblem where it cannot be read.
 */
export function listVersions(folder: string): readonly ListedVersion[] {
  return foldersIn(folder)
    .filter((journey) => journey !== MESSAGES_FOLDER)
    .flatMap((journey) =>
      foldersIn(join(folder, journey)).map((version) => ({
        journey,
        version,
        machines: existsSync(join(folder, journey, version, RESUME_FILE)) ? 2 : 1,
      })),
    );
}

/**
 * Keys of the compiled messages in the folder; none where there are none.
 * @throws RepositoryProblem where it cannot be read.
 */
export function listMessages(folder: string): readonly string[] {
  return entriesIn(join(folder, MESSAGES_FOLDER))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => name.slice(0, -'.json'.length))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function foldersIn(path: string): readonly string[] {
  const folders = entriesIn(path).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return folders.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1));
}

function entriesIn(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new RepositoryProblem('files', `${path} cannot be read: ${fileProblem(error)}`);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new RepositoryProblem('files', `${path} cannot be read: ${fileProblem(error)}`);
  }
}

/** The same JSON; how its lines end is git's business. */
function isSame(stored: string, content: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(stored)) === JSON.stringify(content);
  } catch {
    return false;
  }
}

/** Folder by folder: Node's recursive form never ends below folders where nothing can be made, such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
