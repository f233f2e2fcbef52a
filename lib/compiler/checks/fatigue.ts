// A rule of fatigue that never makes a difference: another rule or a cap is at least as strict already.
import type { CapRule } from '#lib/journey/delivery-rules.ts';
import type { FatigueRule } from '#lib/journey/fatigue.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { shortestLength } from '../lengths.ts';

export function checkFatigue({ fatigue, caps }: Pick<Settings, 'fatigue' | 'caps'>): Finding[] {
  return fatigue.flatMap((rule, index) => {
    const other = fatigue.find((one, at) => at !== index && replaces(one, rule, at < index));
    const cap = caps.find((one) => (one.of === 'channel' || one.of === 'all') && isAsStrict(one, rule));
    const stricter = other === undefined ? cap : other;
    if (stricter === undefined) return [];
    const { most, per } = stricter;
    return [finding('fatigue-without-effect', ['fatigue', index], { most, per, after: other?.after })];
  });
}

/** Of two that say the same, the later one is too many. */
function replaces(one: FatigueRule, rule: FatigueRule, isEarlier: boolean): boolean {
  if (one.channel !== rule.channel || one.after > rule.after || !isAsStrict(one, rule)) return false;
  return isEarlier || one.after < rule.after || !isAsStrict(rule, one);
}

/** It lets out no more, in any period that is no shorter; a cap for life lets out the fewest. */
function isAsStrict(one: Pick<CapRule, 'most' | 'per'>, rule: FatigueRule): boolean {
  return (
    one.most <= rule.most && (one.per === undefined || shortestLength(one.per) >= shortestLength(rule.per))
  );
}
