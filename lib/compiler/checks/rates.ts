// A rate of zero would hold every message for ever.
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const rates: Check = ({ journey }) =>
  checkRates(journey.delivery.perSecond, ['delivery', 'perSecond']);

export function checkRates(perSecond: Settings['perSecond'], path: JsonPath): Finding[] {
  return channelSchema.options.flatMap((channel) =>
    perSecond?.[channel] === 0 ? [finding('rate-of-zero', [...path, channel], { channel })] : [],
  );
}
