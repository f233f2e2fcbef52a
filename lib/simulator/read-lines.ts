// Reads the lines of a file, plain or gzip, in constant memory. Node's `readline` is not used: it also breaks lines at
// U+2028 and U+2029, which may stand unescaped inside JSON texts, and it has no limit on a line's length.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StreamProblem } from './stream-problem.ts';

/** A line that is not blank. `text` is absent where the line is longer than `LONGEST_LINE`. */
export interface Line {
  /** Counted from 1, blank lines included. */
  readonly number: number;
  readonly text?: string;
}

/** Bytes. A call of the Segment spec has at most 32 KB; what is longer than this is no call. */
export const LONGEST_LINE = 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * The lines of a file in order; gzip is recognised by its first bytes, not by the name.
 * @throws StreamProblem where the file is not there, is no regular file, may not be read, is compressed otherwise or
 *   is broken gzip (after the lines that could still be read).
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const gzip = await isGzip(path);
  let number = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  try {
    for await (const chunk of bytesOf(path, gzip)) {
      let start = number === 0 && heldBytes === 0 ? lengthOfByteOrderMark(chunk) : 0;
      for (let end = chunk.indexOf(NEWLINE, start); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        number += 1;
        const line = finishLine(number, held, heldBytes, chunk.subarray(start, end));
        if (line !== undefined) yield line;
        held = [];
        heldBytes = 0;
        start = end + 1;
      }
      heldBytes += chunk.length - start;
      if (heldBytes <= LONGEST_LINE) held.push(chunk.subarray(start));
      else held = [];
    }
  } catch (error) {
    throw readingFailed(path, gzip, number, error);
  }
  const last = finishLine(number + 1, held, heldBytes, Buffer.alloc(0));
  if (last !== undefined) yield last;
}

function finishLine(number: number, held: Buffer[], heldBytes: number, rest: Buffer): Line | undefined {
  if (heldBytes + rest.length > LONGEST_LINE) return { number };
  const text = (heldBytes === 0 ? rest : Buffer.concat([...held, rest])).toString('utf8').trim();
  return text === '' ? undefined : { number, text };
}

/** A stream is read twice (see delivery-order.ts), so it must be a regular file. */
async function isGzip(path: string): Promise<boolean> {
  const first = Buffer.alloc(4);
  let handle;
  try {
    handle = await open(path);
    const about = await handle.stat();
    if (about.isDirectory())
      throw new StreamProblem(`${path} is a folder; name a file with one JSON object a line`);
    if (!about.isFile())
      throw new StreamProblem(`${path} is not a regular file; write the stream to a file first`);
    await handle.read(first, 0, 4, 0);
  } catch (error) {
    throw error instanceof StreamProblem ? error : readingFailed(path, false, 0, error);
  } finally {
    await handle?.close();
  }
  for (const [format, magic] of OTHER_COMPRESSIONS) {
    if (first.subarray(0, magic.length).equals(magic))
      throw new StreamProblem(`${path} is ${format}; unpack it first, or compress it with gzip`, 'content');
  }
  return first[0] === 0x1f && first[1] === 0x8b;
}

const OTHER_COMPRESSIONS: readonly (readonly [string, Buffer])[] = [
  ['a zip archive', Buffer.from([0x50, 0x4b, 0x03, 0x04])],
  ['compressed with bzip2', Buffer.from('BZh')],
  ['compressed with zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ['compressed with xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58])],
  ['text in UTF-16, not UTF-8', Buffer.from([0xff, 0xfe])],
];

function bytesOf(path: string, gzip: boolean): AsyncIterable<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (!gzip) return file;
  const unpacked = createGunzip({ chunkSize: 256 * 1024 });
  // The error reaches the reader through `unpacked`, which pipeline destroys with it.
  pipeline(file, unpacked, () => {});
  return unpacked;
}

function lengthOfByteOrderMark(chunk: Buffer): number {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
}

function readingFailed(path: string, gzip: boolean, lines: number, error: unknown): StreamProblem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return new StreamProblem(`${path} does not exist`);
  if (code === 'EACCES' || code === 'EPERM')
    return new StreamProblem(`${path} may not be read: permission denied`);
  if (gzip && (code.startsWith('Z_') || code === ''))
    return new StreamProblem(
      `${path} is a damaged or cut off gzip file: it breaks after line ${lines}`,
      'content',
    );
  return new StreamProblem(`${path} could not be read (${code === '' ? String(error) : code})`);
}
