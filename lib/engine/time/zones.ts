// Which time zone a customer lives in: what the profile says, else what the country or the phone number leaves no doubt
// about, else the workspace's zone. Profiles hold whatever applications sent, so nothing here ever throws.
import { onlyZoneOfCountry } from './country-zones.ts';
import { phonePlace } from './phone-place.ts';
import { isZone } from './zone-names.ts';

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

/**
 * The zone of a customer: the profile's `timezone` if it is one, else that of the country, else that of the phone
 * number's country, where these have only one; else `workspaceZone`.
 */
export function customerZone(traits: WhereaboutTraits, workspaceZone: string): CustomerZone {
  if (isZone(traits.timezone)) return { zone: traits.timezone, from: 'profile' };
  const ofCountry = onlyZoneOfCountry(traits.country);
  if (ofCountry !== undefined) return { zone: ofCountry, from: 'country' };
  const ofPhone = phoneZone(traits.phone);
  if (ofPhone !== undefined) return { zone: ofPhone, from: 'phone' };
  return { zone: workspaceZone, from: 'workspace' };
}

/**
 * The zone that an international phone number belongs to; undefined where the number is no number, does not name one country, or
 * leaves a choice of several zones.
 */
export function phoneZone(phone: unknown): string | undefined {
  const zones = phonePlace(phone)?.zones;
  return zones?.length === 1 ? zones[0] : undefined;
}
