/**
 * Durations and offsets of manifests, parsed once: the compiler has checked them, so a text that does not parse is a broken
 * manifest.
 */
import { parseDateOffset } from '#lib/contracts/date-offset.ts';
import { parseDuration, type Duration } from '#lib/contracts/duration.ts';

type Parse = (text: string) => Duration | { readonly problem: string };

/** Throws RangeError for a text that the check refuses. */
export const duration = parsedOnce('a duration', parseDuration);

/** How far from a date: "3 days before" is a negative duration. Throws RangeError for a text that the check refuses. */
export const dateOffset = parsedOnce('an offset', parseDateOffset);

function parsedOnce(what: string, parse: Parse): (text: string) => Duration {
  const known = new Map<string, Duration>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const parsed = parse(text);
    if ('problem' in parsed)
      throw new RangeError(`a manifest holds ${what} that cannot be read: ${parsed.problem}`);
    known.set(text, parsed);
    return parsed;
  };
}
