/**
 * The steps of the goal are a way of their own: nobody comes to them but by the goal, and who has reached it does not go back. And
 * they are the last that a run does, so a goal that only counts has none.
 */
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { finding, findingAtKey } from '../diagnostics.ts';
import type { StepPlace } from '../step-places.ts';
import type { Check } from './journey-context.ts';

export const goalSteps: Check = function* goalSteps({ journey, steps }) {
  const { goal } = journey;
  if (goal?.then === undefined) return;
  if (goal.ends === false) yield findingAtKey('goal-goes-on', ['goal', 'then'], {});
  const places = new Map(steps.map((place) => [place.node, place]));
  for (const place of steps) {
    const named = targetOf(place);
    const target = places.get(named?.step ?? '');
    if (named === undefined || target === undefined || isOfGoal(target) === isOfGoal(place)) continue;
    const facts = { step: named.step, from: isOfGoal(place) ? 'goal' : 'steps' } as const;
    yield finding('goto-leaves-goal', named.path, facts);
  }
};

/** The step that a goto or a wait names to go on with, and where it does. */
function targetOf({ step, path }: StepPlace): { readonly step: string; readonly path: JsonPath } | undefined {
  if (step.type === 'goto') return { step: step.step, path: [...path, 'step'] };
  if (step.type !== 'wait' || typeof step.ifPast !== 'object') return undefined;
  return { step: step.ifPast.goto, path: [...path, 'ifPast', 'goto'] };
}

function isOfGoal({ path }: StepPlace): boolean {
  return path[0] === 'goal';
}
