// What every entry may say beside the way in: for whom, once for what, how often, and who is kept out for comparison.
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';
import { whereSchema } from '../event-match.ts';
import { percentSchema } from '../percent.ts';

const modes = z.enum(['never', 'after exit', 'always']);
const entriesForLife = z
  .int()
  .min(1)
  .optional()
  .describe('How often one customer may enter, ever; with a key, for each key by itself.');

const reentrySchema = z
  .union([
    modes,
    z.strictObject({
      after: durationSchema.describe(
        'So long after the last entry, and only when the customer is no longer inside.',
      ),
      atMost: entriesForLife,
    }),
    z.strictObject({ mode: modes.describe('Whether a customer may enter again.'), atMost: entriesForLife }),
  ])
  .meta({
    description:
      'Whether a customer may enter again: "never"; "after exit" (when no longer inside, the default); "always" (several ' +
      'times at once); or so long after the last entry. With a key, for each key by itself.',
    examples: ['never', 'after exit', 'always', { after: '30 days' }, { mode: 'after exit', atMost: 3 }],
  });

export const entryRules = {
  where: whereSchema.optional(),
  key: z
    .string()
    .regex(/^event(?:\.[^.\s][^.]*)+$/, 'must be a property of the event, such as "event.cart_id"')
    .optional()
    .meta({
      description:
        'One run for each value of this property of the event that lets the customer in, such as one for each cart. An event ' +
        'without it lets nobody in.',
      examples: ['event.cart_id'],
    }),
  reentry: reentrySchema.optional(),
  holdout: percentSchema.optional().meta({
    description:
      'So many of those who would enter are kept out for comparison, by chance and for ever. They get nothing from this ' +
      'journey; its goal is counted for them too.',
    examples: ['5%'],
  }),
};
