// How a send names its channels: one, several in order, or the best of several.
import * as z from 'zod';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import type { JsonPath } from './conditions/condition.ts';
import { percentSchema } from './percent.ts';

const bestChannelSchema = z
  .strictObject({
    best: z
      .array(channelSchema)
      .min(1)
      .describe(
        'The channels to choose from. The one that the customer prefers comes first, then those on which the customer ' +
          'has reacted most, then the others as they are listed. Some messages try another one (`explore`).',
      ),
    preferred: z
      .string()
      .regex(
        /^profile(?:\.[^.\s][^.]*)+$/,
        'must name a trait that holds a channel, such as "profile.preferredChannel"',
      )
      .optional()
      .meta({
        description: 'The trait in which customers name the channel that they like best.',
        examples: ['profile.preferredChannel'],
      }),
    explore: percentSchema.optional().meta({
      description:
        'How many of the messages try the channels in an order that is drawn, so that Wend learns how the customer reacts on each; ' +
        'never instead of the one that the customer prefers. 10% when not given; "0%": what is learned is followed always.',
      examples: ['10%', '0%'],
    }),
  })
  .describe('The best channel for each customer, decided anew for each message.');

/** Of a `best` that does not say it: enough to notice within a few dozen messages that another channel does better. */
export const DEFAULT_EXPLORE = '10%';

export const channelsSchema = z
  .union([channelSchema, z.array(channelSchema).min(1), bestChannelSchema])
  .meta({
    description:
      'One channel, or several in order: the first on which the customer can be reached now. Never two of them. ' +
      '{ "best": [ … ] } puts them in the order that suits the customer.',
    examples: [
      'email',
      ['push', 'email'],
      { best: ['push', 'email'], preferred: 'profile.preferredChannel' },
    ],
  });

/** The channels of a send as written. */
export type Channels = z.infer<typeof channelsSchema>;

/** The channels in the order in which they are listed. */
export function channelsOf(written: Channels): readonly Channel[] {
  if (typeof written === 'string') return [written];
  return 'best' in written ? written.best : written;
}

/** From the field `channel` to the channel with this index, for diagnostics. */
export function channelPath(written: Channels, index: number): JsonPath {
  if (typeof written === 'string') return [];
  return 'best' in written ? ['best', index] : [index];
}
