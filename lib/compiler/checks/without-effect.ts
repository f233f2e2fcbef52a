/**
 * What would be ignored in silence: what to do at caps and quiet hours of a transactional message, which obeys neither, the time
 * zone of a wait that needs none, what happens when a date is past where there is none, what is said of events without any, and
 * what a pause would do where there is none.
 */
import { isExact, parseDuration } from '#lib/contracts/duration.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import type { Step } from '#lib/journey/steps/step.ts';
import type { Until } from '#lib/journey/steps/wait-until.ts';
import { findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const withoutEffect: Check = function* withoutEffect({ journey, steps }) {
  if (journey.status === 'retired' && journey.whilePaused !== undefined)
    yield findingAtKey('without-effect', ['whilePaused'], { field: 'whilePaused', because: 'retired' });
  for (const { step, path } of steps) {
    if (isZonelessWait(step) && step.timezone !== undefined)
      yield findingAtKey('without-effect', [...path, 'timezone'], { field: 'timezone', because: 'exact' });
    if (step.type === 'wait' && step.ifPast !== undefined && !isForDate(step.until))
      yield findingAtKey('without-effect', [...path, 'ifPast'], { field: 'ifPast', because: 'no date' });
    if (step.type === 'waitFor' && step.when !== undefined && step.events === undefined)
      for (const field of ['since', 'saveAs'] as const)
        if (step[field] !== undefined)
          yield findingAtKey('without-effect', [...path, field], { field, because: 'no event' });
    if (step.type !== 'send' || (step.class ?? journey.delivery.class) !== 'transactional') continue;
    for (const field of ['ifCapped', 'ifQuiet'] as const)
      if (step[field] !== undefined)
        yield findingAtKey('without-effect', [...path, field], { field, because: 'transactional' });
  }
};

/**
 * True for a wait of hours and less, or until a moment: no day of the calendar and no time of day decides about its end. How far `since` looks
 * back is reckoned in the customer's zone, whatever the step's.
 */
function isZonelessWait(step: Step): step is Extract<Step, { type: 'wait' | 'waitFor' }> {
  if (step.type !== 'wait' && step.type !== 'waitFor') return false;
  if (step.type === 'wait' && step.on !== undefined) return false;
  // A moment is the same everywhere.
  if (parseInstant(step.until) !== undefined) return step.type === 'waitFor' || step.for === undefined;
  if (step.until !== undefined) return false;
  const length = step.type === 'wait' ? step.for : step.within;
  if (length === undefined) return false;
  const parsed = parseDuration(length);
  return !('problem' in parsed) && isExact(parsed);
}

/** A time of day is never past. */
function isForDate(until: Until | undefined): boolean {
  return typeof until === 'object' || parseInstant(until) !== undefined;
}
