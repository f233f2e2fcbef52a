// The step at which a customer leaves the journey.
import * as z from 'zod';
import { reasonSchema, unnamedStep, type StepKind } from './step-kind.ts';

/** The reason where the journey names none. */
const DEFAULT_EXIT_REASON = 'exit';

export const exitStep = z
  .strictObject({
    ...unnamedStep,
    type: z.literal('exit').describe('Which kind of step this is.'),
    reason: reasonSchema.optional(),
  })
  .meta({
    id: 'exit',
    description: 'Leave the journey here.',
    examples: [{ type: 'exit', reason: 'came back' }],
  });
export type ExitStep = z.infer<typeof exitStep>;

export const exitKind: StepKind<ExitStep> = {
  type: 'exit',
  arms: () => [],
  node: (step) => ({ kind: 'exit', reason: step.reason ?? DEFAULT_EXIT_REASON }),
};
