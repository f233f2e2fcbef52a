/**
 * What would be ignored in silence: rules about caps and quiet hours of transactional messages, which obey neither, the time
 * zone of a wait that needs none, and what a pause would do where there is none.
 */
import { isExact, parseDuration } from '#lib/contracts/duration.ts';
import type { Step } from '#lib/journey/steps/step.ts';
import { findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const withoutEffect: Check = function* withoutEffect({ journey, steps }) {
  if (journey.status === 'retired' && journey.whilePaused !== undefined)
    yield findingAtKey('without-effect', ['whilePaused'], { field: 'whilePaused', because: 'retired' });
  for (const { step, path } of steps) {
    if (isZonelessWait(step) && step.timezone !== undefined)
      yield findingAtKey('without-effect', [...path, 'timezone'], { field: 'timezone', because: 'exact' });
    if (step.type !== 'send' || (step.class ?? journey.delivery.class) !== 'transactional') continue;
    for (const field of ['ifCapped', 'ifQuiet'] as const)
      if (step[field] !== undefined)
        yield findingAtKey('without-effect', [...path, field], { field, because: 'transactional' });
  }
};

/**
 * True for a wait of hours and less: no day of the calendar and no time of day decides about its end. How far `since` looks
 * back is reckoned in the customer's zone, whatever the step's.
 */
function isZonelessWait(step: Step): step is Extract<Step, { type: 'wait' | 'waitFor' }> {
  if (step.type !== 'wait' && step.type !== 'waitFor') return false;
  if (step.until !== undefined || (step.type === 'wait' && step.on !== undefined)) return false;
  const length = step.type === 'wait' ? step.for : step.within;
  if (length === undefined) return false;
  const parsed = parseDuration(length);
  return !('problem' in parsed) && isExact(parsed);
}
