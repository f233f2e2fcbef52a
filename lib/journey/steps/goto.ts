// The step that jumps to another step: back for a loop, or forward.
import * as z from 'zod';
import type { StepKind } from './step-kind.ts';
import { unnamedStep } from './step-kind.ts';

export const gotoStep = z
  .strictObject({
    ...unnamedStep,
    type: z.literal('goto').describe('Which kind of step this is.'),
    step: z.string().min(1).describe('The id of the step to go on with; the steps after that one follow.'),
    atMost: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe('How often this jump is taken in one run; then it is passed over. A goto back needs it.'),
  })
  .meta({
    id: 'goto',
    description: 'Go on with another step, also one inside an arm.',
    examples: [{ type: 'goto', step: 'remind', atMost: 3 }],
  });
export type GotoStep = z.infer<typeof gotoStep>;

export const gotoKind: StepKind<GotoStep> = {
  type: 'goto',
  arms: () => [],
  node: (step, around) => ({
    kind: 'goto',
    target: step.step,
    ...(step.atMost === undefined ? {} : { atMost: step.atMost }),
    backward: around.isBefore(step.step),
    // Without a bound the jump is always taken: nothing follows.
    next: step.atMost === undefined ? null : around.follow,
  }),
};
