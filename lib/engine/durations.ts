/** Durations of manifests, parsed once: the compiler has checked them, so a text that does not parse is a broken manifest. */
import { parseDuration, type Duration } from '#lib/contracts/duration.ts';

const known = new Map<string, Duration>();

/** Throws RangeError for a text that the check refuses. */
export function duration(text: string): Duration {
  const found = known.get(text);
  if (found !== undefined) return found;
  const parsed = parseDuration(text);
  if ('problem' in parsed)
    throw new RangeError(`a manifest holds a duration that cannot be read: ${parsed.problem}`);
  known.set(text, parsed);
  return parsed;
}
