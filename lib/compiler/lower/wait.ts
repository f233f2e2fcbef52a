/** A wait: one Wait state until the instant that the plan holds. */
import type { PlannedState } from '../plan/machine-plan.ts';
import type { NamedStates } from './asl.ts';
import { computedPlan, expression, planInForce } from './expressions.ts';
import { assign, nextState } from './task.ts';

/** The Wait; where another wait of exact length follows, it also computes that one's plan, which saves a Task. */
export function lowerWait(state: Extract<PlannedState, { kind: 'wait' }>): NamedStates {
  const { name, next, planKnown } = state;
  return [
    [
      name,
      {
        Type: 'Wait',
        Timestamp: expression(`${planInForce(planKnown)}.until`),
        ...(next.lasts === undefined ? {} : assign({ plan: computedPlan(planKnown, next.lasts) })),
        Next: nextState(next),
      },
    ],
  ];
}
