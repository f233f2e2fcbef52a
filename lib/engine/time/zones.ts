// Which time zone a customer lives in: what the profile says, else what the country or the phone number leaves no doubt
// about, else the workspace's zone. Profiles hold whatever applications sent, so nothing here ever throws.
import { getCountry } from 'countries-and-timezones';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { Temporal } from 'temporal-polyfill';

/** The traits that tell where a customer is; anything but text is as good as absent. */
export interface WhereaboutTraits {
  /** IANA name, e.g. "Europe/Berlin". */
  readonly timezone?: unknown;
  /** ISO 3166 code of two letters, e.g. "DE". */
  readonly country?: unknown;
  /** International number with "+", e.g. "+4930123456". */
  readonly phone?: unknown;
}

/** A customer's IANA zone and what it was concluded from. */
export interface CustomerZone {
  readonly zone: string;
  readonly from: 'profile' | 'country' | 'phone' | 'workspace';
}

/** Over these years the zones of a country must agree to count as one: the years that `npm run prove:time` covers. */
const AGREE_FROM = Temporal.Instant.from('2024-01-01T00:00:00Z');
const AGREE_UNTIL = Temporal.Instant.from('2041-01-01T00:00:00Z');

/** There are about 600 names; the limit keeps made-up ones from filling the memory. */
const REMEMBERED_NAMES = 2000;
const names = new Map<string, boolean>();
const countries = new Map<string, string | undefined>();

/**
 * True for an IANA zone or alias that this runtime knows ("Europe/Berlin", "UTC"). Offsets such as "+02:00" are none:
 * they do not know when the clocks change.
 */
export function isZone(name: unknown): name is string {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9_+\-/]{1,49}$/.test(name)) return false;
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= REMEMBERED_NAMES) names.clear();
  const valid = isAccepted(name);
  names.set(name, valid);
  return valid;
}

/**
 * The zone of a customer: the profile's `timezone` if it is one, else that of the country, else that of the phone
 * number's country, where these have only one; else `workspaceZone`.
 */
export function customerZone(traits: WhereaboutTraits, workspaceZone: string): CustomerZone {
  if (isZone(traits.timezone)) return { zone: traits.timezone, from: 'profile' };
  const ofCountry = countryZone(traits.country);
  if (ofCountry !== undefined) return { zone: ofCountry, from: 'country' };
  const ofPhone = phoneZone(traits.phone);
  if (ofPhone !== undefined) return { zone: ofPhone, from: 'phone' };
  return { zone: workspaceZone, from: 'workspace' };
}

/**
 * The zone of the country that an international phone number belongs to; undefined where the number is no number, does
 * not name one country, or its country has several zones.
 */
export function phoneZone(phone: unknown): string | undefined {
  if (typeof phone !== 'string') return undefined;
  const number = parsePhoneNumberFromString(phone);
  return number?.isPossible() === true ? countryZone(number.country) : undefined;
}

function countryZone(country: unknown): string | undefined {
  if (typeof country !== 'string' || !/^[A-Za-z]{2}$/.test(country)) return undefined;
  const code = country.toUpperCase();
  if (!countries.has(code)) countries.set(code, onlyZone(getCountry(code)?.timezones ?? []));
  return countries.get(code);
}

/**
 * The first of several zones whose clocks always agree. The tz database keeps separate zones for differences of decades
 * ago (Europe/Berlin and the exclave Büsingen): to be exact about them would leave Germany without a zone.
 */
function onlyZone(zones: readonly string[]): string | undefined {
  const valid = zones.filter((zone) => isZone(zone));
  return new Set(valid.map((zone) => clockOf(zone))).size === 1 ? valid[0] : undefined;
}

/** All offsets of a zone in the years that count, as comparable text. */
function clockOf(zone: string): string {
  const offsets: string[] = [];
  let at: Temporal.ZonedDateTime | null = AGREE_FROM.toZonedDateTimeISO(zone);
  while (at !== null && Temporal.Instant.compare(at.toInstant(), AGREE_UNTIL) < 0) {
    offsets.push(`${at.epochMilliseconds} ${at.offset}`);
    at = at.getTimeZoneTransition('next');
  }
  return offsets.join();
}

function isAccepted(name: string): boolean {
  try {
    // The constructor is the one place where Intl says whether it knows a zone, aliases included.
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
