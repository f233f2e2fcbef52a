// Dates as profiles, events and journeys hold them. Whatever an application sends may stand there, so nothing here throws.
import { parseInstant, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { momentOf } from './zone-clock.ts';

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
  const [, date, time] = WITHOUT_OFFSET.exec(value) ?? [];
  if (date === undefined) {
    const instant = parseInstant(value);
    return instant === undefined ? undefined : { instant };
  }
  const local = parseInstant(`${date}T${time}Z`);
  return local === undefined ? undefined : { instant: fromMillis(momentOf(toMillis(local), zone)) };
}
