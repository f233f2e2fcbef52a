// The form that asks what became of a message, in whatever run: `{ "message": "nps", "was": "sent", "within": "90 days" }`.
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';
import { SEND_OUTCOMES, type Condition, type JsonPath } from './condition.ts';
import type { ConditionReader } from './problem.ts';
import { readOutcome } from './send-was.ts';
import { readWindow } from './window.ts';

export const messageWasSchema = z
  .strictObject({
    message: z.string().describe('The name of a message; every run of every journey counts.'),
    was: z.enum(SEND_OUTCOMES).describe('What became of it. Opens and clicks by machines do not count.'),
    within: durationSchema
      .optional()
      .describe('Only where it was sent, or skipped, this long ago or later; without it, at any time.'),
  })
  .meta({
    description: 'What became of a message in any run.',
    examples: [{ message: 'review-request', was: 'sent', within: '90 days' }],
  });

export function readMessageWas(
  value: Readonly<Record<string, unknown>>,
  path: JsonPath,
  { problems }: ConditionReader,
): Condition | undefined {
  const { message, within } = value;
  if (typeof message !== 'string')
    problems.push({
      path: [...path, 'message'],
      code: 'wrong type',
      expected: 'the name of a message',
      found: message,
    });
  const was = readOutcome(value, path, problems);
  const window = within === undefined ? undefined : readWindow(within, [...path, 'within'], problems);
  if (typeof message !== 'string' || was === undefined) return undefined;
  if (within === undefined) return { kind: 'message', message, was, path };
  return window === undefined ? undefined : { kind: 'message', message, was, within: window, path };
}
