/**
 * By which number or sender id a text message goes to a country, and what that country's carriers ask for. The country is that of the
 * number: a customer abroad is still reached by the carrier at home.
 */
import type { DestinationCountryParameterKey } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { SmsSender } from '#lib/journey/senders.ts';

export interface SmsRoute {
  readonly sender: string;
  /** India: the ids of company and text in the registry of the carriers. */
  readonly parameters?: Partial<Record<DestinationCountryParameterKey, string>>;
}

/** @returns a problem where the country asks for an id that the settings do not have: its carriers would drop the message. */
export function smsRoute(
  { sender, countries = {} }: SmsSender,
  to: string,
  text: { readonly message: string; readonly locale: string },
): SmsRoute | { readonly problem: string } {
  const country = parsePhoneNumberFromString(to)?.country;
  const own = country !== undefined && Object.hasOwn(countries, country) ? countries[country] : undefined;
  if (own === undefined) return { sender };
  const route = { sender: own.sender ?? sender };
  if (own.entityId === undefined) return route;
  const { templates = {} } = own;
  const template = [`${text.message}.${text.locale}`, text.message].find((name) =>
    Object.hasOwn(templates, name),
  );
  const id = template === undefined ? undefined : templates[template];
  if (id === undefined) return { problem: `the settings name no template for this text in ${country}` };
  return { ...route, parameters: { IN_ENTITY_ID: own.entityId, IN_TEMPLATE_ID: id } };
}
