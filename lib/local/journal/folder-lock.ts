// Two processes must not write one journal. Node has no lock of files that ends with its process, so the lock is a file that names the
// process, and that of a process which is gone is taken over.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from './journal-error.ts';
import { OWN_FILE } from './journal-files.ts';

const FILE = 'lock';

interface Holder {
  readonly pid: number;
  /** When the process has started, in milliseconds since 1970: numbers of processes are used again, in a container always the same. */
  readonly startedAt: number;
}

/** @returns what gives the folder free again. @throws JournalError when another process, or this one already, has it. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, FILE);
  const own = JSON.stringify({ pid: process.pid, startedAt: performance.timeOrigin } satisfies Holder);
  if (!tryWrite(file, own)) {
    const found = read(file);
    const holder = holderOf(found);
    if (holder !== undefined && isAlive(holder))
      throw new JournalError(
        `${folder} is in use by process ${holder.pid}. Stop that process, or name another folder; if it is none of Wend's, delete ${file}.`,
      );
    setAside(file, found);
    if (!tryWrite(file, own))
      throw new JournalError(`${folder} was just taken by another process. Name another folder.`);
  }
  return () => {
    if (read(file) === own) rmSync(file);
  };
}

/** Whoever takes over at the same moment may have put a lock of its own there meanwhile: that one is given back. */
function setAside(file: string, stale: string | undefined): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (read(aside) !== stale) renameSync(aside, file);
  else rmSync(aside);
}

function tryWrite(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: OWN_FILE });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** undefined: there is none, or its process was killed before it had written its name. */
function holderOf(text: string | undefined): Holder | undefined {
  try {
    const { pid, startedAt } = JSON.parse(text ?? '') as Partial<Holder>;
    return pid === undefined || startedAt === undefined ? undefined : { pid, startedAt };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  if (pid === process.pid) return startedAt === performance.timeOrigin;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's, and alive.
    return isCode(error, 'EPERM');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
