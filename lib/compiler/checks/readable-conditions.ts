// Conditions have to be conditions: known forms, known operators, values that fit them.
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import { SEND_OUTCOMES } from '#lib/journey/conditions/condition.ts';
import type { ConditionProblem } from '#lib/journey/conditions/problem.ts';
import { listed } from '../diagnostics/suggestion.ts';
import { hintForBareName } from './bare-names.ts';
import type { ConditionCheck, ConditionContext, ConditionPlace } from './condition-context.ts';

export const readableConditions: ConditionCheck = (context) =>
  context.conditions.flatMap((place) => place.problems.map((problem) => told(place, problem, context)));

/** What a field says that a condition cannot do without. */
const MEANINGS: Readonly<Record<string, string>> = {
  gte: 'what the sum is compared with, such as 500; also "gt", "lt" and "lte".',
  was: `what became of the message: ${listed(SEND_OUTCOMES, SEND_OUTCOMES.length)}.`,
};

function told(place: ConditionPlace, problem: ConditionProblem, context: ConditionContext): Finding {
  const path = [...place.path, ...problem.path];
  const name = String(path.at(-1));
  switch (problem.code) {
    case 'wrong type':
      return finding('wrong-type', path, problem);
    case 'bad value':
      return finding('invalid-value', path, problem);
    case 'not one of':
      return finding('not-one-of', path, problem);
    case 'unknown field':
      return problem.path.at(-1) === problem.name
        ? findingAtKey('unknown-field', path, problem)
        : finding('unknown-field', path, problem);
    case 'bare name': {
      // The "where" of a "did" asks for the properties of its event alone.
      const isInDid = problem.path.slice(0, -1).includes('where');
      const hint = isInDid
        ? `Did you mean "event.${problem.name}"?`
        : hintForBareName(problem.name, problem.forms, place, context);
      return findingAtKey('unknown-field', path, { name: problem.name, known: problem.forms, hint });
    }
    case 'unknown operator':
      return findingAtKey('unknown-operator', path, problem);
    case 'missing field':
      return finding('missing-field', path, { names: [problem.name], meaning: MEANINGS[problem.name] });
    case 'empty':
      return finding('condition-empty', path, {});
    case 'needs its own object':
      return findingAtKey('condition-needs-own-object', path, { name, form: problem.form });
  }
}
