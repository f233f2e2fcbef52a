// A day or a moment as a marketer writes it. With an offset it is the same instant for everybody; without one it is what the
// clocks on the wall show, and whoever uses it says in which zone.
import * as z from 'zod';
import { parseInstant, type Instant } from './time.ts';

/** An instant; or a local date, with a local time ("09:00") where one is written. */
export type WrittenMoment =
  | { readonly instant: Instant }
  | { readonly instant?: undefined; readonly date: string; readonly time?: string };

const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::00)?)?$/;

/** Reads "2026-12-24", "2026-12-24T09:00" or "2026-12-24T09:00:00+01:00"; undefined for all else and for days that do not exist. */
export function parseMoment(text: string): WrittenMoment | undefined {
  const instant = parseInstant(text);
  if (instant !== undefined) return { instant };
  const [, date, time] = LOCAL.exec(text) ?? [];
  if (date === undefined || parseInstant(`${date}T00:00Z`) === undefined) return undefined;
  return time === undefined ? { date } : { date, time };
}

/** A day or a moment. */
export const momentSchema = z.string().refine((text) => parseMoment(text) !== undefined, {
  error: 'must be a date such as "2026-12-24", or a date and time such as "2026-12-24T09:00"',
});
