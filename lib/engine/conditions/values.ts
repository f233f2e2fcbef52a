/** Values of profiles and events compared as the language says: a missing value compares with nothing. */
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import { localInstant } from '../time/local-time.ts';
import { readDate } from '../time/moment.ts';

const STARTS_WITH_DIGIT = /^\d/;

/** True for what counts as missing: absent or null. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** What a path leads to inside a value; undefined where there is nothing; own properties only. */
export function partOf(value: unknown, path: readonly string[]): unknown {
  let part = value;
  for (const name of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return undefined;
    part = (part as Record<string, unknown>)[name];
  }
  return part;
}

/** Texts, numbers and yes/no by value; lists and objects by their content. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => isEqual(value, (b as Record<string, unknown>)[key]))
  );
}

/** Negative, zero or positive; undefined where the two cannot be compared (other types, missing). */
export function compareValues(a: unknown, b: unknown, zone: string): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const [left, right] = [momentOf(a, zone), momentOf(b, zone)];
  if (left !== undefined && right !== undefined) return toMillis(left) - toMillis(right);
  if (left !== undefined || right !== undefined) return undefined;
  return a < b ? -1 : Number(a > b);
}

/**
 * A moment as waits read it too: an instant, a date and time without an offset in the zone, or the start of a calendar date;
 * undefined for everything else.
 */
export function momentOf(value: unknown, zone: string): Instant | undefined {
  // Most texts that are compared are none, and say so by their first character.
  if (typeof value !== 'string' || value.length < 10 || !STARTS_WITH_DIGIT.test(value)) return undefined;
  const read = readDate(value, zone);
  if (read === undefined) return undefined;
  return 'instant' in read ? read.instant : localInstant(read.date, '00:00', zone);
}
