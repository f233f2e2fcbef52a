// The control group of an experiment gets no message in its arm, else it would be no control group; and it is a part of all, else nothing
// would be compared with it.
import { percentOf } from '#lib/journey/percent.ts';
import type { Steps } from '#lib/journey/steps/step.ts';
import { kindOf } from '#lib/journey/steps/step.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const holdoutArms: Check = function* holdoutArms({ steps, journey: { entry } }) {
  if (entry.holdout !== undefined && percentOf(entry.holdout) === 100)
    yield finding('everybody-held-out', ['entry', 'holdout'], {});
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
