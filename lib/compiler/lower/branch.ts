/** A branch: one Choice over what the Task before has decided. */
import type { PlannedState } from '../plan/machine-plan.ts';
import type { NamedStates } from './asl.ts';
import { expression, planInForce, property } from './expressions.ts';
import { nextState } from './task.ts';

/** One rule for each case; the last way is the one where no case fits. */
export function lowerBranch(state: Extract<PlannedState, { kind: 'branch' }>): NamedStates {
  const taken = property(`${planInForce(state.planKnown)}.route`, state.node);
  const rules = state.ways.slice(0, -1).map((way, index) => ({
    Condition: expression(`${taken} = ${index}`),
    Next: nextState(way),
  }));
  const otherwise = nextState(state.ways.at(-1) ?? { to: null });
  return [[state.name, { Type: 'Choice', Choices: rules, Default: otherwise }]];
}
