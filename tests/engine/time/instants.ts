// How the tests of time write moments: any ISO 8601 text with an offset, so that an example can be read in local time.
import type { Instant } from '#lib/contracts/time.ts';
import { addMillis, fromMillis, parseInstant } from '#lib/contracts/time.ts';
import fc from 'fast-check';

/** The instant of a text such as "2026-03-08T09:00-04:00"; an unreadable one fails the test. */
export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
}

/** What the clocks of a zone show, straight from Intl: "2026-03-08 09:00". */
export function shown(instant: Instant, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

/** Whether the clocks of a zone jump forward at this instant: the minute before it shows more than a minute less. */
export function endsGap(instant: Instant, zone: string): boolean {
  const reading = (moment: Instant) => Date.parse(`${shown(moment, zone)}Z`);
  return reading(instant) - reading(addMillis(instant, -60_000)) > 60_000;
}

/** Zones with changes of half an hour, two hours, at midnight, in the southern hemisphere, in Ramadan, and with none. */
export const someZones = fc.constantFrom(
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'America/Nuuk',
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Santiago',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'Asia/Tokyo',
);

/** Any millisecond of the years 2024 to 2040. */
export const someInstants = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2041, 0, 1) - 1 })
  .map((millis) => fromMillis(millis));

/** Any minute of the day, as "HH:MM". */
export const someTimes = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));
