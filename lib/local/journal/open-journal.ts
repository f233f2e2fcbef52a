// The journal on disk: what parts of the cloud append is in the file before `append` returns, so a process that is killed has lost nothing
// that it had acknowledged. When the records outgrow what they amount to, a snapshot takes their place while the work goes on.
import {
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Json } from '../asl/json.ts';
import { lockFolder } from './folder-lock.ts';
import { JournalError } from './journal-error.ts';
import {
  deleteBefore,
  HEADER,
  journalFiles,
  OWN_FILE,
  OWN_FOLDER,
  PARTIAL,
  readRecords,
  segmentFile,
  snapshotFile,
} from './journal-files.ts';
import type { Journal, JournalPart } from './journal.ts';
import { recordLine, type JournalRecord } from './record-line.ts';
import { writeSnapshot } from './write-snapshot.ts';

export interface JournalOptions {
  /** Something that whoever has started the cloud may want to know and need not act on. */
  readonly onNotice: (message: string) => void;
  /**
   * A snapshot is due when the records take this much more than twice the last snapshot: each byte is then rewritten once for each that
   * was appended, and a small journal is left alone. 64 MB are two seconds' reading at the start.
   */
  readonly slackBytes?: number;
}

export interface OpenJournal extends Journal {
  /** Tells every registered part what it has written, in order; before the first `append`. @throws JournalError where a file is damaged. */
  restore(): Promise<void>;
  /** Ends a snapshot under way, and gives the folder free. */
  close(): Promise<void>;
}

const flush = promisify(fsync);

const SLACK_BYTES = 64 * 1024 * 1024;

/** @throws JournalError when another process uses the folder, it is none or cannot be written, or files are missing. */
export function openJournal(folder: string, options: JournalOptions): OpenJournal {
  const unlock = usable(folder, () => {
    makeFolder(folder);
    return lockFolder(folder);
  });
  try {
    return usable(folder, () => new JournalOnDisk(folder, options, unlock));
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * With those above it. `mkdirSync` of Node 24 with `recursive` never ends where the system says ENOENT although the folder above is there,
 * as Linux does for /proc.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(resolve(folder));
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: OWN_FOLDER });
  } catch (error) {
    // Somebody else may just have made it.
    if (!existsSync(folder)) throw error;
  }
}

/** What the system says of a folder that is none, or that may not be written, is told to whoever has named it. */
function usable<T>(folder: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw inWords(folder, error);
  }
}

function inWords(folder: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  return new JournalError(
    `${folder} cannot hold the journal: ${error.message}. Name a folder that this user may read and write, on a disk with room.`,
  );
}

class JournalOnDisk implements OpenJournal {
  readonly #folder: string;
  readonly #onNotice: (message: string) => void;
  readonly #slackBytes: number;
  readonly #unlock: () => void;
  readonly #parts = new Map<string, JournalPart>();
  readonly #found: ReturnType<typeof journalFiles>;
  #segment: { readonly number: number; readonly descriptor: number } | undefined;
  /** Of the segment that is written. */
  #bytes = 0;
  /** Of whole segments that no snapshot has replaced. */
  #bytesBefore = 0;
  #snapshotBytes = 0;
  #snapshot: Promise<void> | undefined;
  #isClosed = false;
  #failure: JournalError | undefined;

  constructor(folder: string, { onNotice, slackBytes = SLACK_BYTES }: JournalOptions, unlock: () => void) {
    this.#folder = folder;
    this.#onNotice = onNotice;
    this.#slackBytes = slackBytes;
    this.#unlock = unlock;
    this.#found = journalFiles(folder);
  }

  register(part: JournalPart): void {
    if (this.#segment !== undefined || this.#parts.has(part.name))
      throw new Error(`The part "${part.name}" of the journal is registered twice or too late.`);
    this.#parts.set(part.name, part);
  }

  async restore(): Promise<void> {
    try {
      await this.#restore();
    } catch (error) {
      throw inWords(this.#folder, error);
    }
  }

  async #restore(): Promise<void> {
    const { snapshot, segments } = this.#found;
    if (snapshot !== undefined)
      this.#snapshotBytes = await this.#read(snapshotFile(this.#folder, snapshot), false);
    const last = segments.at(-1) ?? 1;
    for (const number of segments) {
      const file = segmentFile(this.#folder, number);
      const whole = await this.#read(file, number === last);
      if (number === last) this.#bytes = whole;
      else this.#bytesBefore += whole;
    }
    this.#open(last, this.#bytes);
  }

  append(part: string, record: Json): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#segment === undefined || this.#isClosed)
      throw new Error('The journal takes records between `restore` and `close`.');
    const line = recordLine(part, record);
    this.#write(this.#segment.descriptor, line);
    this.#bytes += line.length;
    if (
      this.#snapshot === undefined &&
      this.#bytesBefore + this.#bytes > 2 * this.#snapshotBytes + this.#slackBytes
    )
      this.#begin(this.#segment);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#snapshot;
    if (this.#segment !== undefined) {
      fsyncSync(this.#segment.descriptor);
      closeSync(this.#segment.descriptor);
    }
    this.#unlock();
  }

  #read(file: string, mayBeTorn: boolean): Promise<number> {
    return readRecords(file, mayBeTorn, ({ part: name, record }: JournalRecord) => {
      const part = this.#parts.get(name);
      if (part === undefined)
        throw new JournalError(
          `${file} has records of "${name}", which this version of Wend does not know. Use the version that wrote it, or start with an empty folder.`,
        );
      return part.restore(record);
    });
  }

  /** Opens a segment for appending behind its whole lines. */
  #open(number: number, whole: number): void {
    const file = segmentFile(this.#folder, number);
    const descriptor = openSync(file, 'a', OWN_FILE);
    const torn = fstatSync(descriptor).size - whole;
    if (torn > 0) {
      truncateSync(file, whole);
      this.#onNotice(
        `The process was stopped while it wrote to ${file}: the last ${torn} bytes are half a record, which nobody was told of. They are dropped.`,
      );
    }
    this.#segment = { number, descriptor };
    this.#bytes = whole;
    if (whole > 0) return;
    this.#write(descriptor, HEADER);
    this.#bytes = HEADER.length;
  }

  /** A disk that refuses once is not asked again: what comes behind a hole would be read as damage. */
  #write(descriptor: number, bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#failure = new JournalError(
        `The journal in ${this.#folder} cannot be written: ${reason}. Nothing more is accepted; make room, or check the disk, and start again.`,
      );
      try {
        ftruncateSync(descriptor, this.#bytes);
      } catch {
        // Then the next start finds half a record at the end, as after a kill.
      }
      throw this.#failure;
    }
  }

  /** From here on records go to the next segment; all before it is what the snapshot stands for. */
  #begin({ number, descriptor }: { readonly number: number; readonly descriptor: number }): void {
    this.#bytesBefore += this.#bytes;
    this.#open(number + 1, 0);
    closeSync(descriptor);
    this.#snapshot = this.#takeSnapshot(number + 1)
      .catch((error: unknown) => {
        // The segments are all there; the next snapshot is tried when as much has come again.
        this.#snapshotBytes = Math.max(this.#snapshotBytes, this.#bytesBefore);
        const reason = error instanceof Error ? error.message : String(error);
        this.#onNotice(`The journal in ${this.#folder} could not be made smaller: ${reason}`);
      })
      .finally(() => {
        this.#snapshot = undefined;
      });
  }

  async #takeSnapshot(number: number): Promise<void> {
    const file = snapshotFile(this.#folder, number);
    const bytes = await writeSnapshot(`${file}${PARTIAL}`, this.#parts.values());
    // It may show already what the segment tells: that must not get lost before it does, should the power fail.
    if (this.#segment !== undefined) await flush(this.#segment.descriptor);
    await rename(`${file}${PARTIAL}`, file);
    deleteBefore(this.#folder, number);
    this.#snapshotBytes = bytes;
    this.#bytesBefore = 0;
  }
}
