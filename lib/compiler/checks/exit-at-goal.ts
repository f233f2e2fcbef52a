// An exit by the very event that is the goal: the goal is decided first and ends the run, so that nobody leaves by the exit.
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const exitAtGoal: Check = function* exitAtGoal({ journey: { goal, exit }, whole }) {
  // With "within" the goal counts for a time only; what could not be read may say so.
  if (!whole || goal === undefined || goal.ends === false || goal.within !== undefined) return;
  for (const [index, one] of exit.entries()) {
    if (!('event' in one) || one.event !== goal.event) continue;
    const isSame = JSON.stringify(one.where) === JSON.stringify(goal.where);
    if (goal.where === undefined || isSame)
      yield finding('exit-at-goal', ['exit', index, 'event'], { event: one.event });
  }
};
