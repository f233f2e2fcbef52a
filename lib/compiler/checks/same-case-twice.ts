// A case that asks what an earlier one has asked is never taken: the first that is true wins, also of events of a waitFor.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { BranchStep } from '#lib/journey/steps/branch.ts';
import type { WaitForStep } from '#lib/journey/steps/wait-for.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { canonicalJson } from '../version.ts';
import type { Check } from './journey-context.ts';

export const sameCaseTwice: Check = function* sameCaseTwice({ steps, whole }) {
  for (const { step, path } of steps) {
    if (step.type === 'branch') yield* sameConditions(step, [...path, 'cases']);
    // A "where" that could not be read is told as such, and is missing here.
    if (step.type === 'waitFor' && whole) yield* sameEvents(step, [...path, 'events']);
  }
};

function* sameConditions({ cases }: BranchStep, path: JsonPath): Generator<Finding> {
  const seen = new Map<string, string>();
  for (const [index, { name, when }] of cases.entries()) {
    const asked = canonicalJson(when);
    const earlier = seen.get(asked);
    if (earlier === undefined) seen.set(asked, name);
    else yield finding('case-never-taken', [...path, index, 'when'], { name, earlier });
  }
}

function* sameEvents({ events }: WaitForStep, path: JsonPath): Generator<Finding> {
  for (const [index, { event, where }] of events.entries()) {
    const takenBefore = events
      .slice(0, index)
      .some(
        (earlier) =>
          earlier.event === event &&
          (earlier.where === undefined || canonicalJson(earlier.where) === canonicalJson(where ?? null)),
      );
    if (takenBefore) yield finding('case-never-taken', [...path, index, 'event'], { event });
  }
}
