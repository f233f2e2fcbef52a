/** Reads what is published about customers who write back: one file for each channel behind this registry. Pure, and never throws. */
import type { Notification } from '../notification.ts';
import { isReceivedEmail, readEmailReply } from './email-reply.ts';
import type { ReplyReading } from './reply.ts';
import { isTextMessageReply, readTextMessageReply } from './text-message-reply.ts';
import { isWhatsAppNotification, readWhatsAppReplies } from './whatsapp-reply.ts';

export function readReply({ message, time }: Pick<Notification, 'message' | 'time'>): ReplyReading {
  if (typeof message !== 'object' || message === null)
    return { kind: 'refused', reason: 'a notification that is not understood' };
  if (isTextMessageReply(message)) return readTextMessageReply(message, time);
  if (isWhatsAppNotification(message)) return readWhatsAppReplies(message, time);
  if (isReceivedEmail(message)) return readEmailReply(message);
  return { kind: 'refused', reason: 'a notification that is not understood' };
}
