/**
 * The steps of the goal are a way of their own: nobody comes to them but by the goal, and who has reached it does not go back. And
 * they are the last that a run does, so a goal that only counts has none.
 */
import { finding, findingAtKey } from '../diagnostics.ts';
import type { StepPlace } from '../step-places.ts';
import type { Check } from './journey-context.ts';

export const goalSteps: Check = function* goalSteps({ journey, steps }) {
  const { goal } = journey;
  if (goal?.then === undefined) return;
  if (goal.ends === false) yield findingAtKey('goal-goes-on', ['goal', 'then'], {});
  const places = new Map(steps.map((place) => [place.node, place]));
  for (const place of steps) {
    if (place.step.type !== 'goto') continue;
    const target = places.get(place.step.step);
    if (target === undefined || isOfGoal(target) === isOfGoal(place)) continue;
    const facts = { step: place.step.step, from: isOfGoal(place) ? 'goal' : 'steps' } as const;
    yield finding('goto-leaves-goal', [...place.path, 'step'], facts);
  }
};

function isOfGoal({ path }: StepPlace): boolean {
  return path[0] === 'goal';
}
