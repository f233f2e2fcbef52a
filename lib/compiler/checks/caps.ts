// A cap of zero would forbid every message.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { CapRule } from '#lib/journey/delivery-rules.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const caps: Check = ({ journey }) => checkCaps(journey.delivery.caps ?? [], ['delivery', 'caps']);

export function checkCaps(rules: readonly CapRule[], path: JsonPath): Finding[] {
  return rules.flatMap(({ most }, index) =>
    most === 0 ? [finding('cap-of-zero', [...path, index, 'most'], {})] : [],
  );
}
