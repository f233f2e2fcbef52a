// Writes files that are generated and committed. With --check nothing is written: exit code 1 says that a committed file is out
// of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

const ROOT = resolve(import.meta.dirname, '..');

export interface GeneratedFile {
  readonly name: string;
  readonly text: string;
}

/** `folder` and `script` are relative to the repository; sets the exit code of the process. */
export function writeOrCheck(folder: string, files: readonly GeneratedFile[], script: string): void {
  const check = process.argv.includes('--check');
  if (!check) mkdirSync(join(ROOT, folder), { recursive: true });
  const outdated = files.filter(({ name, text }) => {
    const file = join(ROOT, folder, name);
    if (!check) writeFileSync(file, text);
    return check && textOf(file) !== text;
  });
  for (const { name } of outdated) console.error(`${folder}/${name} is out of date: run node ${script}`);
  process.exitCode = outdated.length === 0 ? 0 : 1;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
