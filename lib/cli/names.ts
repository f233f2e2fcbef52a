// Names that somebody typed, and the names that there are.
import { closest, distance } from 'fastest-levenshtein';

/** "did you mean …?", or the names there are where nothing is near; undefined where there are none. */
export function suggestion(typed: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const near = closest(typed, [...names]);
  if (distance(typed, near) <= Math.max(2, typed.length / 3)) return `Did you mean ${near}?`;
  const shown = names.slice(0, 12).join(', ');
  return `There ${names.length === 1 ? 'is' : 'are'}: ${shown}${names.length > 12 ? ', …' : ''}.`;
}
