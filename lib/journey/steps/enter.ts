// The step that starts another journey for the same customer.
import * as z from 'zod';
import { namedStep, type StepKind } from './step-kind.ts';

export const enterStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('enter').describe('Which kind of step this is.'),
    journey: z
      .string()
      .min(1)
      .meta({ description: 'The journey to start, by the name of its file.', examples: ['win-back'] }),
  })
  .meta({
    id: 'enter',
    description:
      'Start another journey for this customer, and go on here. Its re-entry, holdout and key decide whether it lets the ' +
      "customer in; it begins with the properties of this journey's entry event.",
    examples: [{ id: 'win-back', type: 'enter', journey: 'win-back' }],
  });
export type EnterStep = z.infer<typeof enterStep>;

export const enterKind: StepKind<EnterStep> = {
  type: 'enter',
  arms: () => [],
  node: ({ id, type, journey }, around) => ({
    kind: 'action',
    settings: { type, id, journey },
    next: around.follow,
  }),
};
