// The folder of compiled versions, state-machines/: what is in it never changes, versions are only added. So every write
// is a new file, and a file that is there with another content is a reason to stop.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import { messageKey, type CompiledMessage } from '#lib/messages/compiled-message.ts';
import { fileProblem } from './file-problem.ts';
import { RepositoryProblem } from './repository-problem.ts';

/** A file of a version: its path below the folder, and its content as JSON. */
export interface VersionFile {
  readonly path: string;
  readonly content: unknown;
}

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
    ...(resume === undefined ? [] : [{ path: `${folder}/resume.asl.json`, content: resume }]),
    { path: `${folder}/manifest.json`, content: manifest },
  ];
}

/** A compiled message; several versions of journeys may share it. */
export function messageFile(message: CompiledMessage): VersionFile {
  return { path: `messages/${messageKey(message)}.json`, content: message };
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
