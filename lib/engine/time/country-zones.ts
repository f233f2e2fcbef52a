// The time zones of a country, as far as their clocks differ.
import { getCountry } from 'countries-and-timezones';
import { Temporal } from 'temporal-polyfill';
import { isZone } from './zone-names.ts';

/** Over these years the zones of a country must agree to count as one: the years that `npm run prove:time` covers. */
const AGREE_FROM = Temporal.Instant.from('2024-01-01T00:00:00Z');
const AGREE_UNTIL = Temporal.Instant.from('2041-01-01T00:00:00Z');

/** By names that this runtime knows: some hundreds at most. */
const clocks = new Map<string, string>();
const countries = new Map<string, readonly string[]>();

/**
 * The zones of a country (two letters of ISO 3166, in any case): of several whose clocks always agree the first. The tz database
 * keeps separate zones for differences of decades ago (Europe/Berlin and the exclave Büsingen): to be exact about them would leave
 * Germany without a zone. Empty for what is no country.
 */
export function zonesOfCountry(country: unknown): readonly string[] {
  if (typeof country !== 'string' || !/^[A-Za-z]{2}$/.test(country)) return [];
  const code = country.toUpperCase();
  let zones = countries.get(code);
  if (zones === undefined) countries.set(code, (zones = differing(getCountry(code)?.timezones ?? [])));
  return zones;
}

function differing(zones: readonly string[]): readonly string[] {
  const byClock = new Map<string, string>();
  for (const zone of zones) {
    if (!isZone(zone)) continue;
    const clock = clockOf(zone);
    if (!byClock.has(clock)) byClock.set(clock, zone);
  }
  return [...byClock.values()];
}

/** Whether two zones (names that this runtime knows) show the same time, always. */
export function sameClock(one: string, other: string): boolean {
  return one === other || clockOf(one) === clockOf(other);
}

/** All offsets of a zone in the years that count, as comparable text. */
function clockOf(zone: string): string {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const offsets: string[] = [];
  let at: Temporal.ZonedDateTime | null = AGREE_FROM.toZonedDateTimeISO(zone);
  while (at !== null && Temporal.Instant.compare(at.toInstant(), AGREE_UNTIL) < 0) {
    offsets.push(`${at.epochMilliseconds} ${at.offset}`);
    at = at.getTimeZoneTransition('next');
  }
  const clock = offsets.join();
  clocks.set(zone, clock);
  return clock;
}
