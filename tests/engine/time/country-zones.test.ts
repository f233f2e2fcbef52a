// Zones of a country count as one where their clocks always agree, whatever they are called.
import { getCountry } from 'countries-and-timezones';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { onlyZoneOfCountry, sameClock, zonesOfCountry } from '#lib/engine/time/country-zones.ts';

const FROM = Temporal.Instant.from('2024-01-01T00:00:00Z');
const UNTIL = Temporal.Instant.from('2041-01-01T00:00:00Z');

/** Every change of the clocks, as Temporal tells it. */
function changes(zone: string): string {
  const told: string[] = [];
  let at: Temporal.ZonedDateTime | null = FROM.toZonedDateTimeISO(zone);
  while (at !== null && Temporal.Instant.compare(at.toInstant(), UNTIL) < 0) {
    told.push(`${at.epochMilliseconds} ${at.offset}`);
    at = at.getTimeZoneTransition('next');
  }
  return told.join();
}

// Half an hour of summer (Lord Howe), a Ramadan without summer time (Morocco, Palestine), changes at other hours (Cuba, Lebanon, Chile).
test.each(['AU', 'MA', 'EH', 'PS', 'CL', 'ES', 'DE', 'NZ', 'MX'])(
  'the zones of %s are those whose clocks Temporal tells apart',
  (country) => {
    const all = getCountry(country)?.timezones ?? [];
    const apart = new Map(all.toReversed().map((zone) => [changes(zone), zone] as const));
    expect(zonesOfCountry(country).toSorted()).toEqual([...apart.values()].toSorted());
    expect(onlyZoneOfCountry(country)).toBe(apart.size === 1 ? all[0] : undefined);
  },
);

test.each([
  ['America/New_York', 'America/Havana'],
  ['Asia/Beirut', 'Asia/Jerusalem'],
  ['Europe/Berlin', 'Africa/Casablanca'],
])('%s and %s change their clocks differently', (one, other) => {
  expect(sameClock(one, other)).toBe(false);
  expect(changes(one)).not.toBe(changes(other));
});
