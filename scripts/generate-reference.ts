// Writes docs/reference/*.md from the schemas that read the files. With --check nothing is written: exit code 1 says that a
// committed page is out of date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { referencePages } from './generate-reference/pages.ts';

const check = process.argv.includes('--check');
const folder = new URL('../docs/reference/', import.meta.url);

if (!check) mkdirSync(folder, { recursive: true });
const outdated = referencePages().filter(({ name, text }) => {
  const file = new URL(name, folder);
  if (!check) writeFileSync(file, text);
  return check && textOf(file) !== text;
});
for (const { name } of outdated)
  console.error(`docs/reference/${name} is out of date: run node scripts/generate-reference.ts`);
process.exitCode = outdated.length === 0 ? 0 : 1;

function textOf(file: URL): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
