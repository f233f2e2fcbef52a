// A rule of fatigue that never makes a difference: another rule or a cap is at least as strict already.
import type { CapRule } from '#lib/journey/delivery-rules.ts';
import type { FatigueRule } from '#lib/journey/fatigue.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { shortestLength } from '../lengths.ts';

export function checkFatigue(
  settings: Pick<Settings, 'fatigue' | 'caps' | 'replies' | 'trackedLinks'>,
): Finding[] {
  const { fatigue, caps } = settings;
  return fatigue.flatMap((rule, index) => {
    if (rule.channel === 'sms' && !isHeardOf('sms', settings))
      return [finding('fatigue-never-ends', ['fatigue', index], {})];
    const other = fatigue.find((one, at) => at !== index && replaces(one, rule, at < index));
    const cap = caps.find((one) => (one.of === 'channel' || one.of === 'all') && isAsStrict(one, rule));
    const stricter = other === undefined ? cap : other;
    if (stricter === undefined) return [];
    const { most, per } = stricter;
    return [finding('fatigue-without-effect', ['fatigue', index], { most, per, after: other?.after })];
  });
}

/** Of text messages no provider reports a reaction: a link of the deployment's own or an answer has to. */
function isHeardOf(
  channel: 'sms',
  { replies, trackedLinks }: Pick<Settings, 'replies' | 'trackedLinks'>,
): boolean {
  return replies.includes(channel) || trackedLinks?.includes(channel) === true;
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
