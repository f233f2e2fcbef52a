// What is committed is deployed; so it has to be what its name says.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCommittedVersions } from '#lib/repository/committed-versions.ts';
import { readStacks, updatedStacks } from '#lib/repository/machine-stacks.ts';
import { listVersions, messageKeysOf } from '#lib/repository/versions-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-versions-'));
  cpSync('state-machines', folder, { recursive: true });
});

const some = () => {
  const [first] = listVersions(folder);
  if (first === undefined) throw new Error('there is no version');
  return join(folder, first.journey, first.version);
};

describe('committed versions', () => {
  it('are all read, with every message that they send', () => {
    const { versions, messages } = readCommittedVersions(folder);
    expect(versions).toHaveLength(listVersions(folder).length);
    const sent = versions.flatMap(({ manifest }) => messageKeysOf(manifest));
    expect([...messages.keys()]).toEqual([...new Set(sent)].toSorted());
  });

  it.each(['machine.asl.json', 'manifest.json'])('are refused with an edited %s', (name) => {
    const path = join(some(), name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"priority"|"Type"/, '"news"'));
    expect(() => readCommittedVersions(folder)).toThrow('never changes');
  });

  it('are refused where a message is edited or missing', () => {
    const [key] = readCommittedVersions(folder).messages.keys();
    const path = join(folder, 'messages', `${key}.json`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"locales"', '"format2": 1, "locales"'));
    expect(() => readCommittedVersions(folder)).toThrow('never changes');
    rmSync(path);
    expect(() => readCommittedVersions(folder)).toThrow('it does not exist');
  });

  it('may have been checked out with other line ends', () => {
    const path = join(some(), 'machine.asl.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
    expect(readCommittedVersions(folder).versions.length).toBeGreaterThan(0);
  });

  it('are none where nothing was compiled yet', () => {
    expect(readCommittedVersions(join(folder, 'nothing')).versions).toEqual([]);
  });

  it('each have their stack', () => {
    expect(updatedStacks(folder)).toBeUndefined();
    rmSync(some(), { recursive: true });
    expect(Object.keys(updatedStacks(folder)?.content ?? {})).toHaveLength(listVersions(folder).length);
    writeFileSync(join(folder, 'stacks.json'), '[1]');
    expect(() => readStacks(folder)).toThrow('not a number for each version');
  });
});
