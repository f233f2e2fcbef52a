// A cap of zero would forbid every message; one beside a stricter one forbids none.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { CapRule } from '#lib/journey/delivery-rules.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { shortestLength } from '../lengths.ts';
import { capInWords } from '../most-messages.ts';
import type { Check } from './journey-context.ts';

export const caps: Check = ({ journey, settings }) =>
  checkCaps(journey.delivery.caps ?? [], ['delivery', 'caps'], settings?.caps);

/** `inSettings`: caps that hold beside them, of which nothing is told here. */
export function checkCaps(
  rules: readonly CapRule[],
  path: JsonPath,
  inSettings: readonly CapRule[] = [],
): Finding[] {
  return rules.flatMap((cap, index) => {
    if (cap.most === 0) return [finding('cap-of-zero', [...path, index, 'most'], {})];
    const stricter = inSettings.find((one) => replaces(one, cap, true));
    const other = stricter ?? rules.find((one, at) => at !== index && replaces(one, cap, at < index));
    if (other === undefined) return [];
    const facts = { cap: capInWords(cap), other: inWords(other), inSettings: stricter !== undefined };
    return [finding('cap-without-effect', [...path, index], facts)];
  });
}

/** Of two that say the same, the later one is too many. */
function replaces(one: CapRule, cap: CapRule, isEarlier: boolean): boolean {
  return one.most > 0 && isAsStrict(one, cap) && (isEarlier || !isAsStrict(cap, one));
}

/** It counts the same messages or more, lets out no more of them, and in any period that is no shorter. */
function isAsStrict(one: CapRule, cap: CapRule): boolean {
  if (one.most > cap.most || (one.of !== cap.of && one.of !== 'all')) return false;
  if (one.per === undefined) return true;
  return cap.per !== undefined && shortestLength(one.per) >= shortestLength(cap.per);
}

function inWords(cap: CapRule): string {
  const words = capInWords(cap);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
