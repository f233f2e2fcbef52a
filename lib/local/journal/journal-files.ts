// The files of a journal. `segment-00000003.jsonl` has the records in the order in which they were written; `snapshot-00000003.jsonl` has
// what everything before segment 3 amounts to. A snapshot gets its name when it is whole, and what it replaces goes only then.
import { createReadStream, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { JournalError } from './journal-error.ts';
import { recordOf, type JournalRecord } from './record-line.ts';

/** Of the files' form; another one is refused. */
const FORMAT_VERSION = 1;

/** Customers' data lies there: nobody else on the machine reads it. */
export const OWN_FOLDER = 0o700;
export const OWN_FILE = 0o600;

export const HEADER = Buffer.from(`${JSON.stringify({ 'wend-journal': FORMAT_VERSION })}\n`);

export const segmentFile = (folder: string, number: number): string =>
  join(folder, `segment-${digits(number)}.jsonl`);
export const snapshotFile = (folder: string, number: number): string =>
  join(folder, `snapshot-${digits(number)}.jsonl`);
/** A snapshot that is being written. */
export const PARTIAL = '.partial';

const digits = (number: number): string => String(number).padStart(8, '0');

export interface JournalFiles {
  /** The number of the newest snapshot. */
  readonly snapshot: number | undefined;
  /** Numbers of the segments that follow it, ascending and without a gap; none: nothing was written yet. */
  readonly segments: readonly number[];
}

/** What there is to be read; what a snapshot has replaced, or what never became one, is deleted. @throws JournalError on a gap. */
export function journalFiles(folder: string): JournalFiles {
  const names = readdirSync(folder);
  const numbers = (kind: string) =>
    names
      .flatMap((name) => new RegExp(`^${kind}-(\\d{8})\\.jsonl$`).exec(name)?.[1] ?? [])
      .map(Number)
      .toSorted((a, b) => a - b);
  const snapshots = numbers('snapshot');
  const snapshot = snapshots.at(-1);
  const first = snapshot ?? 1;
  const segments = numbers('segment').filter((number) => number >= first);
  const gap = segments.findIndex((number, index) => number !== first + index);
  if (gap >= 0 || (snapshot !== undefined && segments.length === 0))
    throw new JournalError(
      `${segmentFile(folder, first + Math.max(gap, 0))} is missing: the journal cannot be read without it. Put it back, or start with an empty folder.`,
    );
  for (const name of names) if (/^snapshot-\d{8}\.jsonl\.partial$/.test(name)) rmSync(join(folder, name));
  deleteBefore(folder, first);
  return { snapshot, segments };
}

/** Deletes what the snapshot of this number has replaced. */
export function deleteBefore(folder: string, number: number): void {
  for (const name of readdirSync(folder)) {
    const found = /^(?:segment|snapshot)-(\d{8})\.jsonl$/.exec(name)?.[1];
    if (found !== undefined && Number(found) < number) rmSync(join(folder, name));
  }
}

/**
 * Reads a file of the journal to its end.
 * @param mayBeTorn whether its last line may have no end, because the process was killed while it wrote.
 * @returns how many bytes of it are whole lines; fewer than the file has: the rest is such a line. 0: not even the header is whole.
 * @throws JournalError that names file and line where it is not what was written.
 */
export async function readRecords(
  file: string,
  mayBeTorn: boolean,
  take: (record: JournalRecord) => void | Promise<void>,
): Promise<number> {
  let whole = 0;
  let line = 0;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      line += 1;
      const text = bytes.subarray(start, end);
      if (line === 1) checkHeader(file, text);
      else await take(recordOf(text) ?? damaged(file, line, whole));
      whole += end + 1 - start;
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  if (!mayBeTorn && (rest.length > 0 || line === 0)) damaged(file, line + 1, whole);
  return whole;
}

function checkHeader(file: string, line: Buffer): void {
  if (line.equals(HEADER.subarray(0, -1))) return;
  throw new JournalError(
    `${file} does not begin as a journal of this version of Wend does (format ${FORMAT_VERSION}). Use the version that wrote it, or start with an empty folder.`,
  );
}

function damaged(file: string, line: number, offset: number): never {
  throw new JournalError(
    `${file} is damaged in line ${line} (byte ${offset}): what stands there is not what was written. Restore the folder from a copy, or start with an empty one.`,
  );
}
