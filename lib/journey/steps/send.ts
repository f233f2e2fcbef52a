// The step that sends one message on one channel.
import * as z from 'zod';
import { parseDuration } from '#lib/contracts/duration.ts';
import { messageClassSchema } from '#lib/contracts/step-calls.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import { channelsSchema } from '../channels.ts';
import { namedStep, type StepKind } from './step-kind.ts';

/** A duration from reaching the step, or a fixed instant. */
export const expiresSchema = z
  .string()
  .superRefine((text, context) => {
    if (parseInstant(text) !== undefined) return;
    const parsed = parseDuration(text);
    if ('problem' in parsed)
      context.addIssue({
        code: 'custom',
        message: `${parsed.problem}, or a date and time such as "2026-12-24T18:00:00Z"`,
      });
  })
  .meta({
    description:
      'Until when the message is worth sending: a duration from reaching the step, or a date and time. Later it is skipped.',
    examples: ['12 hours', '1 day', '2026-12-24T18:00:00Z'],
  });

export const classSchema = messageClassSchema.describe(
  'marketing obeys consent, suppression, caps, quiet hours, windows and closed days; transactional (an invoice, a password) obeys suppression alone and uses up no cap. Marketing where nothing is said.',
);

export const sendStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('send').describe('Which kind of step this is.'),
    message: z
      .string()
      .min(1)
      .meta({ description: 'A folder under messages/.', examples: ['cart-reminder'] }),
    channel: channelsSchema,
    topic: z
      .string()
      .min(1)
      .optional()
      .describe("What the customer consented to; the journey's topic when not given."),
    class: classSchema.optional(),
    ifCapped: z
      .enum(['wait', 'skip'])
      .optional()
      .describe(
        'What happens where a cap is used up: skip the message (default), or wait until there is room.',
      ),
    ifQuiet: z
      .enum(['wait', 'skip'])
      .optional()
      .describe(
        'What happens in quiet hours, outside the windows and on closed days: wait until they are over (default), or skip the message.',
      ),
    expires: expiresSchema.optional(),
    onFailure: z
      .enum(['continue', 'exit'])
      .optional()
      .describe('What happens where the message is skipped or fails: go on (default), or leave the journey.'),
  })
  .meta({
    id: 'send',
    description: 'Send one message.',
    examples: [
      {
        id: 'remind',
        type: 'send',
        message: 'category-picks',
        channel: ['push', 'email'],
        expires: '12 hours',
      },
    ],
  });
export type SendStep = z.infer<typeof sendStep>;

export const sendKind: StepKind<SendStep> = {
  type: 'send',
  arms: () => [],
  node: (step, around) => ({ kind: 'send', settings: around.resolveSend(step), next: around.follow }),
};
