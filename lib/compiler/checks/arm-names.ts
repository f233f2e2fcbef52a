// Cases of a branch and arms of a split are counted by name: each name once.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const armNames: Check = function* armNames({ steps }) {
  for (const { step, path } of steps) {
    if (step.type === 'branch') yield* namedTwice(step.cases, [...path, 'cases'], ['otherwise']);
    if (step.type === 'split') yield* namedTwice(step.arms, [...path, 'arms'], []);
  }
};

function* namedTwice(
  list: readonly { readonly name: string }[],
  path: JsonPath,
  taken: readonly string[],
): Generator<Finding> {
  const seen = new Set(taken);
  for (const [index, { name }] of list.entries()) {
    if (seen.has(name)) yield finding('name-twice', [...path, index, 'name'], { name });
    seen.add(name);
  }
}
