// The lines that the parts of a play write, on their way from the threads to the one who listens: each part fills a
// temporary file of its own, and in the end all are read at once and merged. Each line carries its key: the instant and
// the customer's number. A customer belongs to one part, so no two parts have a line of the same key.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PIECE = 256 * 1024;
const SPACE = 0x20;
const NEWLINE = 0x0a;

/** The temporary folder is full or may not be written. */
export class TemporaryFileProblem extends Error {
  override readonly name = 'TemporaryFileProblem';
  readonly reason: string;

  constructor(reason: string) {
    super(`the temporary folder ${tmpdir()} cannot be written: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Opens a temporary file that has no name any more, so that nothing is left of it however the process ends.
 * @returns its descriptor, which all threads of the process may use
 * @throws TemporaryFileProblem
 */
export function openTemporaryFile(): number {
  return attempt(() => {
    const folder = mkdtempSync(join(tmpdir(), 'wend-play-'));
    try {
      return openSync(join(folder, 'lines'), 'wx+', 0o600);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Fills a temporary file with lines; they come in the order of their keys. */
export class PartLineWriter {
  readonly #file: number;
  #piece = '';

  constructor(file: number) {
    this.#file = file;
  }

  /** @throws TemporaryFileProblem where the disk is full. */
  write(instant: string, customer: number, line: string): void {
    this.#piece += `${instant} ${customer} ${line}\n`;
    if (this.#piece.length >= PIECE) this.finish();
  }

  /** Writes what is left. */
  finish(): void {
    const bytes = Buffer.from(this.#piece);
    this.#piece = '';
    attempt(() => {
      for (let written = 0; written < bytes.length;) written += writeSync(this.#file, bytes, written);
    });
  }
}

/** Hands on the lines of all files in the order of their keys. */
export function mergePartLines(files: readonly number[], tell: (line: string) => void): void {
  const readers = files.map((file) => readPartLines(file));
  const heads = readers.map((reader) => reader.next());
  for (;;) {
    let least: number | undefined;
    let leastLine: PartLine | undefined;
    for (const [index, { done, value }] of heads.entries()) {
      if (done === true || (leastLine !== undefined && !isBefore(value, leastLine))) continue;
      least = index;
      leastLine = value;
    }
    const reader = least === undefined ? undefined : readers[least];
    if (least === undefined || leastLine === undefined || reader === undefined) return;
    tell(leastLine.line);
    heads[least] = reader.next();
  }
}

/** Closes a temporary file, and with that removes it. */
export function closeTemporaryFile(file: number): void {
  closeSync(file);
}

interface PartLine {
  readonly instant: string;
  readonly customer: number;
  readonly line: string;
}

function isBefore(a: PartLine, b: PartLine): boolean {
  return a.instant < b.instant || (a.instant === b.instant && a.customer < b.customer);
}

function* readPartLines(file: number): Generator<PartLine, undefined> {
  let held: Buffer[] = [];
  const space = Buffer.alloc(PIECE);
  let position = 0;
  for (;;) {
    const piece = space.subarray(0, readSync(file, space, 0, PIECE, position));
    if (piece.length === 0) return undefined;
    position += piece.length;
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      const rest = piece.subarray(start, end);
      yield readPartLine(held.length === 0 ? rest : Buffer.concat([...held, rest]));
      held = [];
      start = end + 1;
    }
    held.push(Buffer.from(piece.subarray(start)));
  }
}

function readPartLine(bytes: Buffer): PartLine {
  const afterInstant = bytes.indexOf(SPACE);
  const afterCustomer = bytes.indexOf(SPACE, afterInstant + 1);
  return {
    instant: bytes.toString('latin1', 0, afterInstant),
    customer: Number(bytes.toString('latin1', afterInstant + 1, afterCustomer)),
    line: bytes.toString('utf8', afterCustomer + 1),
  };
}

function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new TemporaryFileProblem(REASONS[code] ?? code);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  EACCES: 'permission denied',
  EROFS: 'the disk is read-only',
};
