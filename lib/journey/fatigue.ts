// Fewer messages to those who do not react: rules of the settings, which hold at once for everybody.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { durationSchema } from '#lib/contracts/duration.ts';

export const fatigueRuleSchema = z
  .strictObject({
    // Of webhooks nobody reports that somebody has reacted: the rule would never end.
    channel: channelSchema.exclude(['webhook']).describe('The channel that the rule is about.'),
    after: z
      .int()
      .min(1)
      .describe(
        'From so many marketing messages on it without a reaction; an opening, a click or a reply is one, by humans only.',
      ),
    most: z.int().min(1).describe('So many marketing messages on it at most from then on.'),
    per: durationSchema.describe('In any period of this length, such as "2 weeks".'),
  })
  .meta({
    description: 'Fewer messages to those who do not react; it ends with their next reaction.',
    examples: [{ channel: 'email', after: 10, most: 1, per: '2 weeks' }],
  });
export type FatigueRule = z.infer<typeof fatigueRuleSchema>;
