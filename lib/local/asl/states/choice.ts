// A Choice: the first rule whose condition is true decides, with its own Assign and Output; else Default with the state's.
import { EvaluationFailure, StateFailure, stateErrors } from '../failure.ts';
import type { ChoiceRule, ChoiceState } from '../machine.ts';
import { evaluateTemplate } from '../template.ts';
import { applyEffects, evaluationOf, type Exit, explained, type Visit } from './visit.ts';
import { describeType, quoted } from './result-type.ts';

export async function performChoice(visit: Visit, state: ChoiceState): Promise<Exit> {
  const evaluation = evaluationOf(visit);
  for (const rule of state.choices) {
    const answer = evaluateTemplate(rule.condition, evaluation);
    const value = answer instanceof Promise ? await answer : answer;
    if (typeof value !== 'boolean') throw wrongType(rule, value);
    if (value) return applyEffects(visit, rule, visit.input, rule.next);
  }
  if (state.default !== undefined) return applyEffects(visit, state, visit.input, state.default);
  throw new StateFailure(
    stateErrors.runtime,
    explained(visit, 'Failed to transition out of the state. The state does not point to a next state.'),
  );
}

function wrongType({ condition }: ChoiceRule, value: unknown): EvaluationFailure {
  return condition.kind === 'expression'
    ? describeType(condition.expression, 'boolean', value)
    : new EvaluationFailure(`The Condition field must be true or false but was: ${quoted(value)}`);
}
