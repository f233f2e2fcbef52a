// Where a machine is deployed never changes: CloudFormation would delete a machine that moves, and everybody inside with it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_MACHINES, placeVersions } from '#lib/repository/machine-stacks.ts';
import type { ListedVersion } from '#lib/repository/versions-folder.ts';

const version: fc.Arbitrary<ListedVersion> = fc.record({
  journey: fc.stringMatching(/^[a-z]{1,4}$/),
  version: fc.stringMatching(/^[0-9a-f]{3}$/),
  machines: fc.constantFrom(1, 2),
});
const versions = (maxLength: number) =>
  fc.uniqueArray(version, {
    maxLength,
    size: 'max',
    selector: ({ journey, version: id }) => `${journey}@${id}`,
  });
const key = (one: ListedVersion) => `${one.journey}@${one.version}`;

describe('the stacks of versions', () => {
  it('never move a version, whatever comes and goes', () => {
    fc.assert(
      fc.property(versions(1200), fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const cut = Math.floor(all.length * share);
        const before = placeVersions({}, all.slice(0, cut));
        const staying = all.filter((_, index) => index >= cut || index % 7 !== 0);
        const after = placeVersions(before, staying);
        expect(Object.keys(after).toSorted()).toEqual(staying.map(key).toSorted());
        expect(after).toMatchObject(
          Object.fromEntries(
            staying.flatMap((one) => (key(one) in before ? [[key(one), before[key(one)]]] : [])),
          ),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('never have more machines than a stack has room for', () => {
    fc.assert(
      fc.property(versions(1200), (all) => {
        const placed = placeVersions({}, all);
        const used = new Map<number, number>();
        for (const one of all) {
          const group = placed[key(one)] ?? 0;
          used.set(group, (used.get(group) ?? 0) + one.machines);
        }
        expect(Math.max(0, ...used.values())).toBeLessThanOrEqual(MOST_MACHINES);
      }),
      { numRuns: 20 },
    );
  });

  it('fill a gap before they begin another', () => {
    const all = Array.from({ length: 226 }, (_, at) => ({
      journey: `j${String(at).padStart(3, '0')}`,
      version: 'a',
      machines: 2,
    }));
    const full = placeVersions({}, all);
    expect([full['j224@a'], full['j225@a']]).toEqual([1, 2]);
    const later = placeVersions(full, [...all.slice(1), { journey: 'new', version: 'a', machines: 2 }]);
    expect(later['new@a']).toBe(1);
  });
});
