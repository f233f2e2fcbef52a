// Everything that could be changed about a journey, one thing at a time, in the order in which it is written.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Change, MutantSurroundings } from './mutant.ts';
import { OPERATORS } from './operators/all-operators.ts';

/** Changes of the journey's JSON; whether one of them is a journey at all is not known yet. */
export function changesOf(journey: unknown, around: MutantSurroundings): Change[] {
  const changes: Change[] = [];
  const visit = (value: unknown, path: JsonPath): void => {
    changes.push(...OPERATORS.flatMap((operator) => operator(value, path, around)));
    if (Array.isArray(value)) for (const [index, each] of value.entries()) visit(each, [...path, index]);
    else if (isObject(value)) for (const [name, each] of Object.entries(value)) visit(each, [...path, name]);
  };
  visit(journey, []);
  return changes;
}
