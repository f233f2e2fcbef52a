// The provider fails from now on: it refuses for good, is too busy, or does not answer.
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
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
    times: z.int().positive().optional().describe('How many messages fail so; one where it is not given.'),
  },
  {
    play: ({ fail, channel, times = 1 }, stage) => {
      stage.provider.plan(stage.customer, fail, times, channel);
    },
  },
);
