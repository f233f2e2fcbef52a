// The time zones of a country, as far as their clocks differ.
import { getCountry } from 'countries-and-timezones';
import { Temporal } from 'temporal-polyfill';
import { DAY, MINUTE } from './zone-clock.ts';
import { isZone } from './zone-names.ts';

/** Over these years the zones of a country must agree to count as one: the years that `npm run prove:time` covers. */
const AGREE_FROM = Temporal.Instant.from('2024-01-01T00:00:00Z').epochMilliseconds;
const AGREE_UNTIL = Temporal.Instant.from('2041-01-01T00:00:00Z').epochMilliseconds;
/** Between two looks at a clock. No clock is put forward and back within this time: the shortest that is known is a Ramadan, a month. */
const PROBE = 14 * DAY;

/** By names that this runtime knows: some hundreds at most. */
const clocks = new Map<string, string>();
const countries = new Map<string, readonly string[]>();
const onlyZones = new Map<string, string | undefined>();

/**
 * The zones of a country (two letters of ISO 3166, in any case): of several whose clocks always agree the first. The tz database
 * keeps separate zones for differences of decades ago (Europe/Berlin and the exclave Büsingen): to be exact about them would leave
 * Germany without a zone. Empty for what is no country.
 */
export function zonesOfCountry(country: unknown): readonly string[] {
  const code = codeOf(country);
  if (code === undefined) return [];
  let zones = countries.get(code);
  if (zones === undefined) countries.set(code, (zones = differing(namesOfZones(code))));
  return zones;
}

/** The zone of a country that has only one. Two that differ say that there are several: its others need not be compared. */
export function onlyZoneOfCountry(country: unknown): string | undefined {
  const code = codeOf(country);
  if (code === undefined) return undefined;
  if (onlyZones.has(code)) return onlyZones.get(code);
  const [first, ...others] = namesOfZones(code);
  const only = first !== undefined && others.every((other) => sameClock(first, other)) ? first : undefined;
  onlyZones.set(code, only);
  return only;
}

function codeOf(country: unknown): string | undefined {
  return typeof country === 'string' && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined;
}

function namesOfZones(code: string): readonly string[] {
  return (getCountry(code)?.timezones ?? []).filter(isZone);
}

function differing(zones: readonly string[]): readonly string[] {
  const byClock = new Map<string, string>();
  for (const zone of zones) {
    const clock = clockOf(zone);
    if (!byClock.has(clock)) byClock.set(clock, zone);
  }
  return [...byClock.values()];
}

/** Whether two zones (names that this runtime knows) show the same time, always. */
export function sameClock(one: string, other: string): boolean {
  return one === other || clockOf(one) === clockOf(other);
}

/**
 * All offsets of a zone in the years that count, as comparable text. By looking at the clocks instead of asking Temporal for the next
 * change, which looks far more often: the 29 zones of the USA would take a fifth of a second of the first customer of a new container.
 */
function clockOf(zone: string): string {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = changesOf(offsetsOf(zone)).join();
  clocks.set(zone, clock);
  return clock;
}

/** What the clocks show at first, and each change with the minute at which it happens. */
function changesOf(offsetAt: (millis: number) => string): readonly string[] {
  let offset = offsetAt(AGREE_FROM);
  const changes = [offset];
  for (let at = AGREE_FROM; at < AGREE_UNTIL; at += PROBE) {
    const after = offsetAt(at + PROBE);
    if (after !== offset) changes.push(`${firstOther(offsetAt, at, at + PROBE)} ${after}`);
    offset = after;
  }
  return changes;
}

/** The first whole minute at which the clocks show another offset than at `from`, where they do so at `until`. */
function firstOther(offsetAt: (millis: number) => string, from: number, until: number): number {
  const before = offsetAt(from);
  let [same, other] = [from, until];
  while (other - same > MINUTE) {
    const middle = same + Math.floor((other - same) / MINUTE / 2) * MINUTE;
    if (offsetAt(middle) === before) same = middle;
    else other = middle;
  }
  return other;
}

/** Such as `GMT-05:00`. The hour is asked for since a date, which would come without it, takes ten times as long to write. */
function offsetsOf(zone: string): (millis: number) => string {
  const clock = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    timeZoneName: 'longOffset',
    hour: '2-digit',
  });
  return (millis) => clock.format(millis).split(' ').at(-1) ?? '';
}
