// Senders name what there is: endpoints for webhook messages, countries for text messages, and ids that a country asks for.
import { isSupportedCountry } from 'libphonenumber-js/min';
import type { SmsSender } from '#lib/journey/senders.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';

export function checkSenders({ senders, endpoints }: Settings): Finding[] {
  return Object.entries(senders).flatMap(([name, { sms, webhook }]) => [
    ...(sms === undefined ? [] : checkCountries(sms, ['senders', name, 'sms', 'countries'])),
    ...(webhook === undefined || Object.hasOwn(endpoints, webhook.endpoint)
      ? []
      : [
          finding('unknown-endpoint', ['senders', name, 'webhook', 'endpoint'], {
            name: webhook.endpoint,
            known: Object.keys(endpoints),
          }),
        ]),
  ]);
}

/** The only country whose carriers ask for ids of company and text: https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-sms-senderid-india.html */
const WITH_REGISTRY = 'IN';

function checkCountries({ countries = {} }: SmsSender, path: readonly string[]): Finding[] {
  return Object.entries(countries).flatMap(([country, { entityId, templates }]) => {
    const at = [...path, country];
    if (!isSupportedCountry(country)) return [findingAtKey('unknown-country', at, { country })];
    const asked = entityId !== undefined || templates !== undefined;
    if (asked && country !== WITH_REGISTRY) return [finding('registry-not-asked-for', at, { country })];
    if ((entityId === undefined) === (templates === undefined)) return [];
    return [
      finding('registry-incomplete', at, { missing: entityId === undefined ? 'entityId' : 'templates' }),
    ];
  });
}
