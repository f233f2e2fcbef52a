/** A topic of `settings.json`: something that customers can consent to, and what counts as consent. */
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';

/**
 * How long a request waits for its confirmation. Whoever has asked for it looks for the message within hours; a week leaves room for a
 * holiday, and an address that somebody else has typed is not kept waiting for ever.
 */
export const CONFIRM_WITHIN = '7 days';

export const topicSchema = z
  .strictObject({
    name: z.string().min(1).describe('What customers read on the preferences page.'),
    description: z.string().optional().describe('What they get if they consent.'),
    withoutRecord: z
      .literal('granted')
      .optional()
      .describe('"granted": no record of consent counts as consent. Without it, no record is no consent.'),
    confirm: z
      .union([
        z.literal(true),
        z.strictObject({ within: durationSchema.describe('How long the link in the message may be used.') }),
      ])
      .optional()
      .meta({
        description:
          'Double opt-in: consent counts once the customer has confirmed it, by a link to {{ confirm_url }} in a message that ' +
          'a journey sends on the event "Consent Requested". true: within 7 days.',
        examples: [true, { within: '2 days' }],
      }),
  })
  .describe('Something that customers can consent to.');
