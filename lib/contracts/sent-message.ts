/**
 * What is known of a message that a provider has taken, beside its content: enough to make an event of the customer out of what
 * the provider reports later. It travels in the tags of e-mails (message-tags.ts) and is kept by the provider's message id
 * for channels whose reports carry nothing of ours. Ids only.
 */
import * as z from 'zod';
import { customerIdSchema, runIdSchema, sendKey } from './ids.ts';

export const sentMessageSchema = z.object({
  customer: customerIdSchema,
  run: runIdSchema,
  step: z.string().min(1),
  visit: z.int().positive(),
  journey: z.string().min(1),
  message: z.string().min(1).describe('Id of the message, without the hash of its content'),
  topic: z.string().min(1).optional(),
});
export type SentMessage = z.infer<typeof sentMessageSchema>;

/** The properties that every report on this message has: those of the built-in message events. */
export function reportedProperties(
  { run, step, visit, journey, message, topic }: SentMessage,
  channel: string,
): Record<string, string> {
  const about = { send: sendKey(run, step, visit), message, channel, journey, step };
  return topic === undefined ? about : { ...about, topic };
}
