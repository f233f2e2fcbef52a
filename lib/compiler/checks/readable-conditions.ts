// Conditions have to be conditions: known forms, known operators, values that fit them.
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import type { ConditionProblem } from '#lib/journey/conditions/problem.ts';
import type { Check, ConditionPlace } from './journey-context.ts';

export const readableConditions: Check = ({ conditions }) =>
  conditions.flatMap((place) => place.problems.map((problem) => told(place, problem)));

function told(place: ConditionPlace, problem: ConditionProblem): Finding {
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
    case 'unknown operator':
      return findingAtKey('unknown-operator', path, problem);
    case 'missing field':
      return finding('missing-field', path, { name: problem.name, meaning: undefined });
    case 'empty':
      return finding('condition-empty', path, {});
    case 'needs its own object':
      return findingAtKey('condition-needs-own-object', path, { name, form: problem.form });
  }
}
