// Records what the Tasks of each committed version send to their functions: tests/replays/payloads/<journey>@<version>.json. A version
// never changes, so a file that is there is left as it is: it is what functions of today must still understand.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { versionKey } from '#lib/contracts/ids.ts';
import { readCommittedVersions } from '#lib/repository/committed-versions.ts';
import { recordPayloads } from './payloads/record-payloads.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'tests/replays/payloads');

mkdirSync(FOLDER, { recursive: true });
for (const { journey, version, machine } of readCommittedVersions(join(ROOT, 'state-machines')).versions) {
  const file = join(FOLDER, `${versionKey(journey, version)}.json`);
  if (existsSync(file)) continue;
  writeFileSync(file, `${JSON.stringify(await recordPayloads(machine, { journey, version }), null, 2)}\n`);
  console.log(`recorded ${file}`);
}
