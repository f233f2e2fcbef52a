// What two sides say of the same customers, as far as they do not agree.
import { isDeepStrictEqual } from 'node:util';

/** Those whose values differ, with both, so that a failure shows them and not thousands of others. */
export function differing<T>(ours: ReadonlyMap<string, T>, theirs: ReadonlyMap<string, T>) {
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter((key) => !isDeepStrictEqual(ours.get(key), theirs.get(key)))
    .map((key) => ({ of: key, deployed: ours.get(key), played: theirs.get(key) }));
}
