// "Did you mean …?": the known name that a wrong one was probably meant to be.
import { distance } from 'fastest-levenshtein';

/** How many known names a hint lists where none is close. */
const MOST_LISTED = 12;

/** The closest known name; undefined where none is close enough to be meant. */
export function closest(name: string, known: Iterable<string>): string | undefined {
  const wanted = plain(name);
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length * 0.4)) + 1;
  for (const each of known) {
    const candidate = plain(each);
    const steps = isPartOf(wanted, candidate) ? 1 : distance(wanted, candidate);
    if (steps < least && steps < Math.max(wanted.length, candidate.length)) {
      least = steps;
      best = each;
    }
  }
  return best;
}

/** The question whether the closest known name was meant; undefined where none is close. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const suggestion = closest(name, known);
  return suggestion === undefined ? undefined : `Did you mean "${suggestion}"?`;
}

/** A hint for an unknown name: what was probably meant, else what there is, else `nothing`. */
export function hintFor(name: string, known: readonly string[], nothing: string): string {
  const suggestion = didYouMean(name, known);
  if (suggestion !== undefined) return suggestion;
  return known.length === 0 ? nothing : `Possible: ${listed(known)}.`;
}

/** `"a", "b" and "c"`; a long list ends with how many more there are. */
export function listed(names: readonly string[], most: number = MOST_LISTED): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** "promo" for "promotions", "Berlin" for "Europe/Berlin". */
function isPartOf(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 4 && (a.includes(b) || b.includes(a));
}

/** Case, spaces and hyphens are what people mix up most. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, ' ');
}
