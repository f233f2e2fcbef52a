// Cases that are never taken, because whenever one is true an earlier one is true too, and the first wins; also events of a
// waitFor. And conditions that contradict themselves, so that nobody ever fulfils them.
import type { Condition, JsonPath } from '#lib/journey/conditions/condition.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { BranchStep } from '#lib/journey/steps/branch.ts';
import type { WaitForStep } from '#lib/journey/steps/wait-for.ts';
import { finding, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';
import { isImpossible } from './satisfiable.ts';

export const hiddenCases: Check = function* hiddenCases({ steps, conditions, whole }) {
  for (const { condition, path } of conditions)
    if (condition !== undefined && isImpossible([condition], []))
      yield finding('condition-never-true', path, {});
  for (const { step, path } of steps) {
    if (step.type === 'branch') yield* hiddenByCases(step, path);
    // A "where" that could not be read is told as such, and is missing here.
    if (step.type === 'waitFor' && whole) yield* hiddenByEvents(step, [...path, 'events']);
  }
};

function* hiddenByCases({ cases, otherwise }: BranchStep, path: JsonPath): Generator<Finding> {
  const earlier: { readonly name: string; readonly when: Condition }[] = [];
  for (const [index, { name, when }] of cases.entries()) {
    const condition = read(when);
    // What cannot be read may be anything: then nothing is known of those behind it.
    if (condition === undefined) return;
    if (!isImpossible([condition], [])) {
      const one = earlier.find((each) => isImpossible([condition], [each.when]));
      const before = earlier.map((each) => each.when);
      if (one !== undefined || isImpossible([condition], before))
        yield finding('case-never-taken', [...path, 'cases', index, 'when'], { name, earlier: one?.name });
    }
    earlier.push({ name, when: condition });
  }
  const all = earlier.map((each) => each.when);
  if ((otherwise?.length ?? 0) > 0 && isImpossible([], all))
    yield finding('case-never-taken', [...path, 'otherwise'], { name: 'otherwise', earlier: undefined });
}

function* hiddenByEvents({ events = [] }: WaitForStep, path: JsonPath): Generator<Finding> {
  for (const [index, { event, where }] of events.entries()) {
    const before = events.slice(0, index).filter((each) => each.event === event);
    const wheres = before.flatMap((each) => (each.where === undefined ? [] : (read(each.where) ?? [])));
    const own = where === undefined ? [] : [read(where)];
    if (own.includes(undefined)) continue;
    const takenBefore = before.some((each) => each.where === undefined) || hides(own, wheres);
    if (takenBefore) yield finding('case-never-taken', [...path, index, 'event'], { event });
  }
}

function hides(own: readonly (Condition | undefined)[], wheres: readonly Condition[]): boolean {
  const met = own.filter((one) => one !== undefined);
  return wheres.length > 0 && !isImpossible(met, []) && isImpossible(met, wheres);
}

function read(written: unknown): Condition | undefined {
  const parsed = parseCondition(written);
  return 'condition' in parsed ? parsed.condition : undefined;
}
