// One record of the journal as a line: a checksum, the name of its part, its JSON. JSON has no line break in it, so a line that ends is
// one that was written to its end.
import { crc32 } from 'node:zlib';
import type { Json } from '../asl/json.ts';

export interface JournalRecord {
  readonly part: string;
  readonly record: Json;
}

const CHECKSUM_DIGITS = 8;

export function recordLine(part: string, record: Json): Buffer {
  const text = JSON.stringify([part, record]);
  return Buffer.from(`${checksum(text)} ${text}\n`);
}

/** @param line without its line break. @returns undefined: it is not what was written. */
export function recordOf(line: Buffer): JournalRecord | undefined {
  const text = line.toString('utf8', CHECKSUM_DIGITS + 1);
  if (line.toString('latin1', 0, CHECKSUM_DIGITS + 1) !== `${checksum(text)} `) return undefined;
  const [part, record] = JSON.parse(text) as [string, Json];
  return { part, record };
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(CHECKSUM_DIGITS, '0');
}
