/** When a date of a customer takes place in their zone: once or every year, moved by an offset, at a time of day. */
import { negateDuration } from '#lib/contracts/duration.ts';
import { fromMillis, parseInstant, toMillis, type Instant } from '#lib/contracts/time.ts';
import { dateOffset } from '../durations.ts';
import { addDuration } from './add-duration.ts';
import { dateWaitEnd, readingEnd } from './date-wait.ts';
import { readDate, readingOf } from './moment.ts';
import { DAY } from './zone-clock.ts';

export interface DateRule {
  readonly repeat?: 'yearly' | undefined;
  readonly offset?: string | undefined;
  /** A time of day. Without it the date's own moment, which for a date alone is the beginning of the day. */
  readonly at?: string | undefined;
}

export interface DateOccurrence {
  readonly at: Instant;
  /** The date itself, before the offset: "2026-05-01". */
  readonly date: string;
}

/** Births are the oldest dates there are. */
const OLDEST = toMillis('1850-01-01T00:00:00.000Z' as Instant);
/** A date comes every year; where the search begins may be two years off, by the offset and the zone. */
const YEARS_TO_SEARCH = 3;

/**
 * The first occurrence strictly after an instant; undefined where there is none any more, and for a value that is no date or
 * moment. Throws RangeError for an unknown zone.
 */
export function nextDateOccurrence(
  value: unknown,
  rule: DateRule,
  after: Instant,
  zone: string,
): DateOccurrence | undefined {
  if (typeof value !== 'string') return reckonNext(value, rule, after, zone);
  let known = reckoned.get(rule);
  if (known === undefined) reckoned.set(rule, (known = new Map<string, Reckoned>()));
  const key = `${value} ${zone}`;
  const before = known.get(key);
  if (before !== undefined && before.after <= after && (before.next === undefined || before.next.at > after))
    return before.next;
  const next = reckonNext(value, rule, after, zone);
  if (known.size >= MOST_RECKONED) known.clear();
  known.set(key, { after, next });
  return next;
}

/** What was found after an instant holds for every later one, up to the occurrence itself. */
interface Reckoned {
  readonly after: Instant;
  readonly next: DateOccurrence | undefined;
}
/** Asked with every decision about a customer, and the answer changes once a year. */
const reckoned = new WeakMap<DateRule, Map<string, Reckoned>>();
const MOST_RECKONED = 10_000;

function reckonNext(
  value: unknown,
  rule: DateRule,
  after: Instant,
  zone: string,
): DateOccurrence | undefined {
  const read = readDate(value, zone);
  const reading = readingOf(value, zone);
  if (read === undefined || reading === undefined || reading < OLDEST) return undefined;
  const offset = rule.offset === undefined ? undefined : dateOffset(rule.offset);
  const date = fromMillis(reading).slice(0, 10);
  if (rule.repeat !== 'yearly') {
    // Once, it is what a wait for this date would wait for.
    const at = dateWaitEnd({ date: read, offset, at: rule.at, zone });
    return at > after ? { at, date } : undefined;
  }
  const unmoved = offset === undefined ? after : addDuration(after, negateDuration(offset), zone);
  const year = Math.max(yearOf(date), yearOf(unmoved) - 1);
  for (let ahead = 0; ahead <= YEARS_TO_SEARCH; ahead += 1) {
    const then = onYear(date, year + ahead);
    const moved = toMillis(`${then}T00:00:00.000Z` as Instant) + (reading - Math.floor(reading / DAY) * DAY);
    const at = readingEnd(moved, offset, rule.at, zone);
    if (at > after) return { at, date: then };
  }
  return undefined;
}

/** The same day of another year: 29 February is 28 February where there is none. */
function onYear(date: string, year: number): string {
  const day = `${String(year).padStart(4, '0')}${date.slice(4)}`;
  return parseInstant(`${day}T00:00Z`) === undefined ? `${day.slice(0, 5)}02-28` : day;
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
