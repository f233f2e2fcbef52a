// The law leaves some hours open to marketing. Windows and quiet hours that leave none of them never let anything go out.
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { channelsOf } from '#lib/journey/channels.ts';
import { legalOpenings, legalWithDefaults, namedCountries } from '#lib/journey/legal-hours.ts';
import { openingsOf } from '#lib/journey/opening-hours.ts';
import { finding } from '../diagnostics.ts';
import { quietWindow } from '../link.ts';
import { openMinutes } from '../week-minutes.ts';
import type { Check } from './journey-context.ts';

export const legalWindows: Check = function* legalWindows(context) {
  const { journey, settings, steps } = context;
  if (!context.whole || settings === undefined) return;
  const { delivery } = journey;
  const legal = legalWithDefaults(settings.legal);
  for (const channel of channelSchema.options) {
    const sends = steps.some(({ step }) => step.type === 'send' && isMarketingBy(channel, step));
    const windows = delivery.windows?.[channel] ?? settings.windows?.[channel];
    const quiet = quietWindow(delivery, settings);
    if (!sends || (windows === undefined && quiet === undefined)) continue;
    const own = openMinutes(windows === undefined ? undefined : openingsOf(windows), quiet);
    // Windows that never open at all are told elsewhere.
    if (!own.includes(true)) continue;
    for (const country of everywhereFirst(namedCountries(legal, channel))) {
      const law = legalOpenings(legal, channel, { country, states: [] }).map((open) => openMinutes(open));
      if (law.length === 0 || own.some((open, minute) => open && law.every((each) => each[minute]))) continue;
      const field = delivery.windows?.[channel] === undefined ? ['quietHours'] : ['windows', channel];
      const path = delivery[field[0] as 'quietHours' | 'windows'] === undefined ? [] : ['delivery', ...field];
      yield finding('windows-not-legal', path, { channel, country });
      // What holds everywhere is not told again of single countries.
      if (country === undefined) break;
    }
  }

  function isMarketingBy(channel: Channel, step: Extract<(typeof steps)[number]['step'], { type: 'send' }>) {
    return (step.class ?? delivery.class) !== 'transactional' && channelsOf(step.channel).includes(channel);
  }
};

function everywhereFirst(countries: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return countries.includes(undefined)
    ? [undefined, ...countries.filter((country) => country !== undefined)]
    : countries;
}
