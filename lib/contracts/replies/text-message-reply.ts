/**
 * A text message to a number with two-way messages, as End User Messaging SMS publishes it.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html
 */
import * as z from 'zod';
import type { Instant } from '../time.ts';
import { shortened, type ReplyReading } from './reply.ts';

const replySchema = z.object({
  originationNumber: z.string().regex(/^\+?[1-9]\d{1,14}$/),
  destinationNumber: z.string(),
  messageBody: z.string(),
  inboundMessageId: z.string().min(1),
  /** Of the message that was sent to this number last; missing where there is none. */
  previousPublishedMessageId: z.string().min(1).nullish(),
});

export function isTextMessageReply(message: object): boolean {
  return 'inboundMessageId' in message;
}

/** @param time when it was published: the payload has no time of its own. */
export function readTextMessageReply(message: unknown, time: Instant): ReplyReading {
  const read = replySchema.safeParse(message);
  if (!read.success)
    return { kind: 'refused', reason: 'a text message of a customer that is not understood' };
  const { originationNumber, messageBody, inboundMessageId, previousPublishedMessageId } = read.data;
  return {
    kind: 'replies',
    replies: [
      {
        channel: 'sms',
        id: inboundMessageId,
        at: time,
        answers: typeof previousPublishedMessageId === 'string' ? [previousPublishedMessageId] : [],
        from: originationNumber.startsWith('+') ? originationNumber : `+${originationNumber}`,
        text: shortened(messageBody),
      },
    ],
  };
}
