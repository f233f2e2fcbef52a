// Reports count exits by reason; "goal" is the reason of those who reached the goal.
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

const RESERVED = 'goal';

export const reasons: Check = function* reasons({ journey, steps }) {
  for (const [index, { reason }] of journey.exit.entries())
    if (reason === RESERVED) yield finding('reserved-reason', ['exit', index, 'reason'], { reason });
  for (const { step, path } of steps)
    if (step.type === 'exit' && step.reason === RESERVED)
      yield finding('reserved-reason', [...path, 'reason'], { reason: RESERVED });
};
