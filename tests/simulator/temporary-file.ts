// Files that a test writes for itself; the run's temporary folder is removed when it is over.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-test-'));
let files = 0;

/** Writes a file of its own and returns its path. */
export function temporaryFile(content: string | Uint8Array, name = 'stream.jsonl'): string {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, content);
  return path;
}

/** A path in the temporary folder where nothing is yet. */
export function temporaryPath(name: string): string {
  files += 1;
  return join(folder, `${files}-${name}`);
}

/** The items of an asynchronous sequence, all at once. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
