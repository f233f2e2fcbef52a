// The rules of delivery that settings, journeys and single sends share: caps and quiet hours.
import * as z from 'zod';
import { dailyWindowSchema } from '#lib/contracts/calendar.ts';
import { durationSchema } from '#lib/contracts/duration.ts';

/** `most: 0` is read so that the check can say what it would mean. */
export const capRuleSchema = z
  .strictObject({
    most: z.int().min(0).describe('So many messages at most.'),
    per: durationSchema
      .optional()
      .describe('In any period of this length, such as "1 day"; without it, for life.'),
    of: z
      .enum(['journey', 'topic', 'channel', 'all'])
      .describe('What is counted together: messages of the same journey, topic or channel, or all messages.'),
  })
  .meta({
    description: 'How many marketing messages one customer may get.',
    examples: [{ most: 1, per: '1 day', of: 'all' }],
  });
export type CapRule = z.infer<typeof capRuleSchema>;

export const quietWindowSchema = dailyWindowSchema.describe(
  'Local time in which no marketing message is sent. It may pass midnight: { "from": "21:00", "to": "08:00" }.',
);

/** What `quietHours` says where a journey wants none, although settings have a window named "default". */
export const NO_QUIET_HOURS = 'none';
