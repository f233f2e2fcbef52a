// What a journey is for: the event that counts as its success.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';
import { anyKeySchema, eventNameSchema, whereSchema } from './event-match.ts';
import { stepSchema } from './steps/step.ts';

/** The reason with which a run ends that has reached its goal. */
export const GOAL_REASON = 'goal';

export const goalSchema = z
  .strictObject({
    event: eventNameSchema,
    where: whereSchema.optional(),
    anyKey: anyKeySchema.optional(),
    within: durationSchema
      .optional()
      .describe(
        'So long after entry it counts, also when the run has ended by then. Without it, only while the customer is inside.',
      ),
    ends: z
      .boolean()
      .optional()
      .describe('false: it is counted and the run goes on. By default it ends the run.'),
    then: z
      .array(stepSchema)
      .min(1)
      .optional()
      .describe(
        'Steps to take when it is reached, before the run ends. Where the run is by then does not matter: it leaves that place.',
      ),
  })
  .meta({
    description: 'What the journey is for.',
    examples: [{ event: 'Order Completed', within: '7 days' }],
  });
