// What a journey is for: the event that counts as its success.
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';
import { anyKeySchema, eventNameSchema, whereSchema } from './event-match.ts';

export const goalSchema = z
  .strictObject({
    event: eventNameSchema,
    where: whereSchema.optional(),
    anyKey: anyKeySchema.optional(),
    within: durationSchema
      .optional()
      .describe('So long after entry it counts, also when the run has ended by then.'),
    ends: z
      .boolean()
      .optional()
      .describe('false: it is counted and the run goes on. By default it ends the run.'),
  })
  .meta({
    description: 'What the journey is for.',
    examples: [{ event: 'Order Completed', within: '7 days' }],
  });
