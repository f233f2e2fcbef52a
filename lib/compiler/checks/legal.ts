// Laws are named for countries that there are, and for those that they are about.
import { isSupportedCountry } from 'libphonenumber-js/min';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { countryOf, OTHER_COUNTRIES, type Legal } from '#lib/journey/legal-hours.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';

export function checkLegal(legal: Legal = {}): Finding[] {
  return channelSchema.options.flatMap((channel) => {
    const written = legal[channel];
    if (written === undefined || typeof written === 'string' || Array.isArray(written)) return [];
    return Object.entries(written).flatMap(([country, presets]): Finding[] => {
      const path = ['legal', channel, country];
      if (country !== OTHER_COUNTRIES && !isSupportedCountry(country))
        return [findingAtKey('unknown-country', path, { country })];
      if (typeof presets === 'string') return [];
      return presets.flatMap((preset, index) => {
        const about = countryOf(preset);
        if (about === undefined || about === country) return [];
        const named = country === OTHER_COUNTRIES ? undefined : country;
        return [finding('law-of-another-country', [...path, index], { preset, about, country: named })];
      });
    });
  });
}
