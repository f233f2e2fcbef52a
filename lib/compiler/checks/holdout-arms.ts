// The control group of an experiment gets no message in its arm, else it would be no control group.
import type { Steps } from '#lib/journey/steps/step.ts';
import { kindOf } from '#lib/journey/steps/step.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const holdoutArms: Check = function* holdoutArms({ steps }) {
  for (const { step, path } of steps) {
    if (step.type !== 'split') continue;
    for (const [index, arm] of step.arms.entries())
      if (arm.holdout === true && sends(arm.steps ?? []))
        yield finding('holdout-arm-sends', [...path, 'arms', index, 'steps'], { arm: arm.name });
  }
};

function sends(steps: Steps): boolean {
  return steps.some(
    (step) =>
      step.type === 'send' ||
      kindOf(step)
        .arms(step)
        .some((arm) => sends(arm.steps)),
  );
}
