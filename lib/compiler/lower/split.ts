/** A split, with those that follow it directly: one Choice over the draws, which all stand in the plan. */
import type { PlannedState, SplitRule } from '../plan/machine-plan.ts';
import type { NamedStates } from './asl.ts';
import { expression, planInForce, property } from './expressions.ts';
import { nextState } from './task.ts';

/** One rule for each combination of arms that leads somewhere; the last one is the rest. */
export function lowerSplit(state: Extract<PlannedState, { kind: 'split' }>): NamedStates {
  const route = `${planInForce(state.planKnown)}.route`;
  const condition = ({ taken }: SplitRule): string =>
    taken
      .map(({ split, arms }) => {
        const [only, ...more] = arms;
        const drawn = property(route, split);
        return more.length === 0 ? `${drawn} = ${only}` : `${drawn} in [${arms.join(', ')}]`;
      })
      .join(' and ');
  const rules = state.rules.map((rule) => ({
    Condition: expression(condition(rule)),
    Next: nextState(rule.way),
  }));
  // A Choice needs a rule, so a split with a single arm has its arm twice.
  const choices = rules.length === 1 ? rules : rules.slice(0, -1);
  return [
    [
      state.name,
      { Type: 'Choice', Choices: choices, Default: rules.at(-1)?.Next ?? nextState({ to: null }) },
    ],
  ];
}
