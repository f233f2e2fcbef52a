import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import { planRetirement, removeRetired, type VersionsInUse } from '#lib/repository/retirement.ts';
import { journeyFiles, listMessages, listVersions, writeFiles } from '#lib/repository/versions-folder.ts';
import { letter, manifest } from '../laws/world/journeys.ts';

/** A version for each message that is named; each sends that message alone. */
function versionOf(journey: string, message: string) {
  const settings = { message: `${message}@000000000000` };
  return compileManifest(manifest(journey, 'Signed Up', { letter: letter('letter', null, settings) }));
}

const VERSIONS = ['cart', 'welcome'].flatMap((journey) =>
  ['first', 'second', 'third'].map((message) => versionOf(journey, `${journey}-${message}`)),
);
const KEYS = VERSIONS.map(({ journey, version }) => versionKey(journey, version));
const MESSAGES = ['cart', 'welcome'].flatMap((journey) =>
  ['first', 'second', 'third'].map((message) => `${journey}-${message}@000000000000`),
);

const counts = fc
  .array(fc.record({ key: fc.constantFrom(...KEYS), customers: fc.nat({ max: 3 }) }), { maxLength: 3 })
  .map((all) => new Map(all.map(({ key, customers }) => [key, customers])));
const environments: fc.Arbitrary<readonly VersionsInUse[]> = fc.array(
  fc.record({
    environment: fc.constantFrom('production', 'staging'),
    mark: fc.constantFrom('now', 'now', 'now', 'earlier', undefined),
    inside: counts,
    goals: counts,
    running: fc.subarray(KEYS, { maxLength: 2 }).map((keys) => new Set(keys)),
  }),
  { minLength: 1, maxLength: 3 },
);
/** A journey may have no newest version: its file is a draft, or gone. */
const newest = fc
  .record({ cart: fc.constantFrom(0, 1, 2, undefined), welcome: fc.constantFrom(3, 4, 5, undefined) })
  .map((indexes) =>
    Object.fromEntries(
      Object.entries(indexes).flatMap(([journey, index]) => {
        const version = index === undefined ? undefined : VERSIONS[index]?.version;
        return version === undefined ? [] : [[journey, version]];
      }),
    ),
  );

describe('which versions may go', () => {
  it('are those that nobody is in, anywhere, and that let nobody in: all of them, and no others', () => {
    fc.assert(
      fc.property(environments, newest, (all, newestOf) => {
        const repository = { versions: VERSIONS, workspace: { mark: 'now', newest: newestOf } };
        const { removed, kept, messages } = planRetirement(repository, all, MESSAGES);
        const removedKeys = removed.map(({ journey, version }) => versionKey(journey, version));
        const free = VERSIONS.filter(({ journey, version }) => {
          const key = versionKey(journey, version);
          const isUsed = all.some(
            ({ mark, inside, goals, running }) =>
              mark !== 'now' || (inside.get(key) ?? 0) > 0 || (goals.get(key) ?? 0) > 0 || running.has(key),
          );
          return newestOf[journey] !== version && !isUsed;
        }).map(({ journey, version }) => versionKey(journey, version));
        expect(removedKeys.toSorted()).toEqual(free.toSorted());
        expect(removed.length + kept.length).toBe(VERSIONS.length);
        // Each message is sent by one version and goes with it.
        expect(messages).toEqual(MESSAGES.filter((_, index) => removedKeys.includes(KEYS[index] ?? '')));
      }),
    );
  });
});

describe('removing them', () => {
  it('takes machines, messages and the place in a stack, and leaves all others as they are', () => {
    const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-retire-'));
    for (const compiled of VERSIONS) writeFiles(folder, journeyFiles(compiled));
    mkdirSync(join(folder, 'messages'));
    for (const key of MESSAGES) writeFileSync(join(folder, 'messages', `${key}.json`), '{}');
    writeFileSync(
      join(folder, 'stacks.json'),
      JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, 1]))),
    );
    const [first, , , ...welcome] = VERSIONS;
    removeRetired(folder, {
      removed: [first, ...welcome].filter((one) => one !== undefined),
      kept: [],
      messages: MESSAGES.slice(3),
    });
    expect(listVersions(folder).map(({ journey, version }) => versionKey(journey, version))).toEqual(
      KEYS.slice(1, 3).toSorted(),
    );
    expect(existsSync(join(folder, 'welcome'))).toBe(false);
    expect(listMessages(folder)).toEqual(MESSAGES.slice(0, 3).toSorted());
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'stacks.json'), 'utf8')) as object)).toEqual(
      KEYS.slice(1, 3).toSorted(),
    );
  });
});
