// Where a telephone number is at home: its country, the zones that its owner may live in and, in the United States, the state.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { zonesOfCountry } from './country-zones.ts';
import { placeOfAreaCode } from './us-area-codes.ts';

export interface PhonePlace {
  /** Two letters of ISO 3166. */
  readonly country: string;
  /** Never empty; several where the number leaves a choice, each with a clock of its own. */
  readonly zones: readonly [string, ...string[]];
  /** Two letters, of numbers of the United States that have a place. */
  readonly state?: string;
}

/** Of an international number with "+"; undefined where it is no number, or belongs to no country of whose zones we know. */
export function phonePlace(phone: unknown): PhonePlace | undefined {
  if (typeof phone !== 'string') return undefined;
  const number = parsePhoneNumberFromString(phone);
  if (number?.isPossible() !== true || number.country === undefined) return undefined;
  const { country } = number;
  const area = country === 'US' ? placeOfAreaCode(number.nationalNumber) : undefined;
  const [first, ...others] = area?.zones ?? zonesOfCountry(country);
  if (first === undefined) return undefined;
  return { country, zones: [first, ...others], ...(area === undefined ? {} : { state: area.state }) };
}
