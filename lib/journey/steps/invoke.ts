// The step that calls a function of the own AWS account.
import * as z from 'zod';
import { valuesSchema } from '../values.ts';
import { outsideFields, outsideSettings } from './outside-call.ts';
import { namedStep, type StepKind } from './step-kind.ts';

export const invokeStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('invoke').describe('Which kind of step this is.'),
    function: z
      .string()
      .min(1)
      .meta({ description: 'A function by its name in the settings.', examples: ['churn-risk'] }),
    input: valuesSchema('What the function is told.').optional(),
    ...outsideFields,
  })
  .meta({
    id: 'invoke',
    description: 'Call a Lambda function and, where wanted, keep its answer.',
    examples: [
      {
        id: 'ask-risk',
        type: 'invoke',
        function: 'churn-risk',
        input: { order: '{{ entry.order_id }}' },
        saveAs: 'churn',
      },
    ],
  });
export type InvokeStep = z.infer<typeof invokeStep>;

export const invokeKind: StepKind<InvokeStep> = {
  type: 'invoke',
  arms: () => [],
  node: (step, around) => ({
    kind: 'action',
    settings: {
      type: step.type,
      id: step.id,
      function: step.function,
      input: step.input ?? {},
      ...outsideSettings(step),
    },
    next: around.follow,
  }),
};
