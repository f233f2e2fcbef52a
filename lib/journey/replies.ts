/** `replies` in settings: on which channels customers can write back. */
import * as z from 'zod';
import { REPLY_CHANNELS } from '#lib/contracts/replies/reply.ts';

export const repliesSchema = z
  .array(z.enum(REPLY_CHANNELS))
  .default([])
  .meta({
    description:
      'Channels on which customers can write back. What they write becomes "Message Replied", and words such as STOP a withdrawal. ' +
      'The deployment then has a topic that numbers and mailboxes have to be connected to (docs/feedback.md).',
    examples: [['sms', 'email']],
  });
