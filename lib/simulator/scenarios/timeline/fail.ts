// The provider fails from now on: it refuses for good, is too busy, or does not answer.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { durationSchema } from '#lib/contracts/duration.ts';
import { FAILURES } from '../scripted-provider.ts';
import { timelineKind } from './timeline-kind.ts';

export const failKind = timelineKind(
  'fail',
  {
    fail: z
      .enum(FAILURES)
      .describe(
        'What the provider does with the next message: "refuses" it for good, asks to "try later", or gives "no answer".',
      ),
    channel: channelSchema.optional().describe('The channel that fails; any where it is not given.'),
    times: z.int().positive().optional().describe('How many messages fail so; one where nothing is given.'),
    for: durationSchema.optional().describe('How long the provider fails so, instead of how often.'),
  },
  {
    play: ({ fail, channel, times, for: long }, stage) => {
      const until = long === undefined ? undefined : stage.after(long);
      const most = times ?? (until === undefined ? 1 : Number.POSITIVE_INFINITY);
      stage.provider.plan({ customer: stage.customer, channel, failure: fail, left: most, until });
    },
  },
);
