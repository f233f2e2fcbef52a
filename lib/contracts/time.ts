// The one form in which a moment is written, stored and compared everywhere in Wend: UTC text with milliseconds.
// Text rather than a number, because documents, timelines and logs are read by people; fixed width, because then
// `<` on the text is `<` in time. `Date` serves here as pure arithmetic; its clock is never asked.
/* oxlint-disable no-restricted-globals -- Date.parse and toISOString are pure functions; the clock is not read. */
import * as z from 'zod';

declare const brand: unique symbol;

/**
 * A moment as ISO 8601 in UTC with exactly three decimals and `Z`: `2026-03-27T10:00:00.000Z`.
 * Years 0001 to 9999. Two instants compare as texts: `a < b` is "a is before b".
 */
export type Instant = string & { readonly [brand]: 'Instant' };

/** 0001-01-01T00:00:00.000Z, the earliest instant, in milliseconds since 1970. */
const FIRST_MILLIS = -62_135_596_800_000;
/** 9999-12-31T23:59:59.999Z, the last instant, in milliseconds since 1970. */
const LAST_MILLIS = 253_402_300_799_999;

const STRICT_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
// The colon of the offset may be missing: many languages print "+0200" behind the extended form.
const EXTENDED_FORM =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:Z|([+-])(\d{2})(?::?(\d{2}))?)$/;
const BASIC_FORM =
  /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?(?:Z|([+-])(\d{2})(\d{2})?)$/;

function isInstant(text: string): text is Instant {
  if (!STRICT_FORM.test(text) || text.startsWith('0000')) return false;
  // Compared digit by digit with the calendar: Date.parse would roll 30 February over into March.
  const month = digits(text, 5);
  const day = digits(text, 8);
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    digits(text, 11) > 23 ||
    digits(text, 14) > 59 ||
    digits(text, 17) > 59
  )
    return false;
  return day <= 28 || day <= daysIn(digits(text, 0) * 100 + digits(text, 2), month);
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return leap ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Schema of an instant in a stored document: the strict form only. For text from outside use `parseInstant`. */
export const instantSchema = z
  .string()
  .regex(STRICT_FORM, { abort: true, error: 'must be an instant such as 2026-03-27T10:00:00.000Z' })
  .refine(isInstant, { error: 'is no moment of the calendar' })
  .describe('A moment in UTC with milliseconds, e.g. 2026-03-27T10:00:00.000Z.');

/**
 * Reads a moment as the outside world writes it: an ISO 8601 calendar date and time, extended or basic, with `Z` or
 * an offset, seconds and fraction optional (more than milliseconds are cut off); 24:00 is the end of the day.
 * @returns undefined for everything else: no text, a date alone, a time without an offset, a day or hour that does
 *   not exist (leap seconds included), week and ordinal dates, a moment outside the years 0001 to 9999.
 */
export function parseInstant(text: unknown): Instant | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.length === 24 && isInstant(text)) return text;
  const parts = EXTENDED_FORM.exec(text) ?? BASIC_FORM.exec(text);
  if (parts === null) return undefined;
  const [
    ,
    year,
    month,
    day,
    hour = '',
    minute,
    second = '00',
    fraction = '',
    sign,
    offsetHours,
    offsetMinutes,
  ] = parts;
  // Hour 24 is left to Date.parse, which knows that only 24:00:00.000 is meant; the date is checked by itself.
  const date = `${year}-${month}-${day}`;
  const midnight = Date.parse(`${date}T00:00:00.000Z`);
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date)) return undefined;
  const local = Date.parse(`${date}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  const hours = Number(offsetHours ?? 0);
  const minutes = Number(offsetMinutes ?? 0);
  if (Number.isNaN(local) || hours > 23 || minutes > 59) return undefined;
  const millis = local - (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return millis < FIRST_MILLIS || millis > LAST_MILLIS ? undefined : fromMillis(millis);
}

/**
 * Milliseconds since 1970-01-01T00:00:00Z. The form is fixed, so the digits are read where they stand: a decision does this
 * dozens of times, and `Date.parse` takes several times as long.
 */
export function toMillis(instant: Instant): number {
  const year = digits(instant, 0) * 100 + digits(instant, 2);
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (year < 100) return Date.parse(instant);
  return (
    Date.UTC(
      year,
      digits(instant, 5) - 1,
      digits(instant, 8),
      digits(instant, 11),
      digits(instant, 14),
      digits(instant, 17),
    ) +
    digits(instant, 20) * 10 +
    instant.charCodeAt(22) -
    ZERO
  );
}

const ZERO = 48;

function digits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

/**
 * The instant that many milliseconds after 1970-01-01T00:00:00Z; a fraction of a millisecond is cut off. Beyond the
 * years 0001 to 9999 it stops at the first or last instant, so that adding a long duration never fails.
 * @throws RangeError for NaN, which is a fault of the caller.
 */
export function fromMillis(millis: number): Instant {
  const within = Math.min(Math.max(Math.floor(millis), FIRST_MILLIS), LAST_MILLIS);
  const day = Math.floor(within / DAY_MILLIS);
  const rest = within - day * DAY_MILLIS;
  const hour = PAIRS[Math.floor(rest / 3_600_000)] ?? '';
  const minute = PAIRS[Math.floor(rest / 60_000) % 60] ?? '';
  const second = PAIRS[Math.floor(rest / 1000) % 60] ?? '';
  return `${dateOf(day)}${hour}:${minute}:${second}.${TRIPLES[rest % 1000] ?? ''}Z` as Instant;
}

const DAY_MILLIS = 86_400_000;
const PAIRS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const TRIPLES = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

/** Texts of the days asked for last: decisions are about today and the weeks around it. */
const REMEMBERED_DAYS = 4000;
const dates = new Map<number, string>();

/** "2026-03-27T" for a number of days since 1970. */
function dateOf(day: number): string {
  const known = dates.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MILLIS).toISOString().slice(0, 11);
  if (dates.size >= REMEMBERED_DAYS) dates.clear();
  dates.set(day, text);
  return text;
}

/** The instant `millis` milliseconds later, or earlier where negative; limits as in `fromMillis`. */
export function addMillis(instant: Instant, millis: number): Instant {
  return fromMillis(toMillis(instant) + millis);
}

/** The earlier of two instants. */
export function earlier(a: Instant, b: Instant): Instant {
  return b < a ? b : a;
}

/** The later of two instants. */
export function later(a: Instant, b: Instant): Instant {
  return b > a ? b : a;
}

/**
 * The first full second at or after the instant. Waits of Step Functions have a precision of seconds: rounding down
 * would wake a run before it is due.
 */
export function ceilToSecond(instant: Instant): Instant {
  return instant.endsWith('.000Z') ? instant : fromMillis(Math.ceil(toMillis(instant) / 1000) * 1000);
}
