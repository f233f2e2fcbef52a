// Entry by a change of what is known of a customer.
import * as z from 'zod';
import { entryRules } from './entry-rules.ts';

/** A trait of the customer, as it is written: "profile.plan". */
export const profileField = z
  .string()
  .regex(/^profile(?:\.[^.\s][^.]*)+$/, 'must be a trait of the customer, such as "profile.plan"');

export const traitEntry = z
  .strictObject({
    trait: profileField.meta({
      description: 'Enter when this trait of the customer changes.',
      examples: ['profile.loyaltyTier'],
    }),
    to: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .meta({
        description:
          'Enter only when it becomes this value, not when it is set to it again. Without it every change counts that ' +
          'leaves a value.',
        examples: ['gold', true],
      }),
    ...entryRules,
  })
  .meta({
    description:
      'Enter when a trait of the customer changes. `entry.trait`, `entry.value` and `entry.before` say which, and what it is and was.',
    examples: [{ trait: 'profile.loyaltyTier', to: 'gold' }],
  });
