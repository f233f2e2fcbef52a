// Transactional messages obey neither caps nor quiet hours: what a step says about them would be ignored in silence.
import { findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const withoutEffect: Check = function* withoutEffect({ journey, steps }) {
  for (const { step, path } of steps) {
    if (step.type !== 'send' || (step.class ?? journey.delivery.class) !== 'transactional') continue;
    for (const field of ['ifCapped', 'ifQuiet'] as const)
      if (step[field] !== undefined) yield findingAtKey('without-effect', [...path, field], { field });
  }
};
