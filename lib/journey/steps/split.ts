// The step that assigns each customer to one arm of an experiment, once and for good.
import * as z from 'zod';
import { percentOf, percentSchema } from '../percent.ts';
import { namedStep, nameSchema, type Arm, type StepKind } from './step-kind.ts';
import type { Steps } from './step.ts';

export const splitStep = (steps: z.ZodType<Steps>) =>
  z
    .strictObject({
      ...namedStep,
      type: z.literal('split').describe('Which kind of step this is.'),
      experiment: z
        .string()
        .min(1)
        .max(120)
        .optional()
        .describe('Customers keep their arm in every split of this name; "<journey>/<step>" when not given.'),
      arms: z
        .array(
          z.strictObject({
            name: nameSchema.describe('Names this arm in reports.'),
            share: percentSchema.describe(
              'How many of the new customers take this arm; all shares together are 100 %.',
            ),
            steps: steps.optional().describe('What happens in this arm; the steps after the split follow.'),
            holdout: z
              .boolean()
              .optional()
              .describe('true: the control group, which gets no message in this arm.'),
          }),
        )
        .min(1)
        .describe('The arms of the experiment.'),
    })
    .meta({
      id: 'split',
      description:
        'Try out several ways: each customer is assigned to one arm by chance and keeps it. Changed shares hold for new ' +
        'customers.',
      examples: [
        {
          id: 'offer',
          type: 'split',
          arms: [
            {
              name: 'ten percent',
              share: '45%',
              steps: [{ id: 'ten', type: 'send', message: 'ten-percent', channel: 'email' }],
            },
            {
              name: 'free delivery',
              share: '45%',
              steps: [{ id: 'free', type: 'send', message: 'free-delivery', channel: 'email' }],
            },
            { name: 'no offer', share: '10%', holdout: true },
          ],
        },
      ],
    });
export type SplitStep = z.infer<ReturnType<typeof splitStep>>;

export const splitKind: StepKind<SplitStep> = {
  type: 'split',
  arms: (step) =>
    step.arms.map(({ name, steps }, index): Arm => ({
      name,
      path: ['arms', index, 'steps'],
      steps: steps ?? [],
    })),
  node: (step, around) => ({
    kind: 'split',
    experiment: step.experiment ?? `${around.journey}/${step.id}`,
    arms: step.arms.map(({ name, share, holdout }, index) => ({
      name,
      share: percentOf(share),
      ...(holdout === true ? { holdout } : {}),
      next: around.armStarts[index] ?? null,
    })),
  }),
};
