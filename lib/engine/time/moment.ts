// Dates as profiles, events and journeys hold them. Whatever an application sends may stand there, so nothing here throws.
import { parseInstant, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { momentOf, readingAt, type Reading } from './zone-clock.ts';

/** A calendar day, or a moment. */
export type DateValue = { readonly date: string } | { readonly instant: Instant };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const WITHOUT_OFFSET = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)$/;

/**
 * Reads a date ("2026-12-24"), a date and time with its offset, or one without, which is local time of the zone (in a gap of
 * the clocks the first instant after it, of two the first).
 * @returns undefined for everything else: numbers (seconds or milliseconds? nobody knows), other texts, 30 February.
 */
export function readDate(value: unknown, zone: string): DateValue | undefined {
  if (typeof value !== 'string') return undefined;
  if (DATE.test(value)) return parseInstant(`${value}T00:00Z`) === undefined ? undefined : { date: value };
  const local = withoutOffset(value);
  const instant = local === undefined ? parseInstant(value) : fromMillis(momentOf(toMillis(local), zone));
  return instant === undefined ? undefined : { instant };
}

/**
 * What the clocks of the zone show at a date as `readDate` reads it, a day alone being its midnight. A reading that they leave
 * out stays as it is written, so that it can be asked for on other days.
 */
export function readingOf(value: unknown, zone: string): Reading | undefined {
  const read = readDate(value, zone);
  if (read === undefined || typeof value !== 'string') return undefined;
  const local = 'date' in read ? parseInstant(`${read.date}T00:00Z`) : withoutOffset(value);
  if (local !== undefined) return toMillis(local);
  return 'date' in read ? undefined : readingAt(toMillis(read.instant), zone);
}

/** A local date and time as if it were UTC. */
function withoutOffset(value: string): Instant | undefined {
  const [, date, time] = WITHOUT_OFFSET.exec(value) ?? [];
  return date === undefined ? undefined : parseInstant(`${date}T${time}Z`);
}
