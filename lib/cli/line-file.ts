// Files that a command fills line by line while it works: opened before the work begins, so that a wrong path costs
// nothing, emptied when the first of it is written, so that work that fails at once costs nothing either.
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { fileProblem } from '#lib/repository/file-problem.ts';
import { CommandProblem } from './command-problem.ts';

const PIECE = 256 * 1024;

/** A text file that grows by lines. */
export interface LineFile {
  /** Appends a line; `line` has no newline. */
  write(line: string): void;
  /** Writes what is left and closes the file; `failed`: what is left is not worth writing. */
  close(failed?: boolean): void;
}

/**
 * Creates the file, or opens it to be overwritten; what it holds stays until something is written.
 * @throws CommandProblem where the path cannot be written, now or later (a full disk).
 */
export function createLineFile(path: string): LineFile {
  const file = attempt(path, () => openSync(path, 'a'));
  let piece = '';
  let emptied = false;
  const flush = (): void => {
    const bytes = Buffer.from(piece);
    piece = '';
    attempt(path, () => {
      if (!emptied) emptyFile(file);
      emptied = true;
      // A pipe takes less than it is given where its reader is slow.
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
    });
  };
  return {
    write(line) {
      piece += `${line}\n`;
      if (piece.length >= PIECE) flush();
    },
    close(failed = false) {
      if (!failed || emptied) flush();
      closeSync(file);
    },
  };
}

/** Pipes and devices such as /dev/stdout have nothing to be emptied of. */
function emptyFile(file: number): void {
  try {
    ftruncateSync(file, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const reason = missing ? 'its folder does not exist' : fileProblem(error);
    throw new CommandProblem(`${path} cannot be written: ${reason}`);
  }
}
