/**
 * WhatsApp messages of customers, as End User Messaging Social publishes them: Meta's webhook entry as a text inside a frame of AWS.
 * https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html
 * https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
import * as z from 'zod';
import { fromMillis, type Instant } from '../time.ts';
import { shortened, type Reply, type ReplyReading } from './reply.ts';
import { readWhatsAppPreference } from './whatsapp-preference.ts';

const frameSchema = z.object({ whatsAppWebhookEntry: z.string() });

const titled = z.object({ title: z.string() });
const messageSchema = z.object({
  /** Digits without a plus. */
  from: z.string().regex(/^\+?[1-9]\d{1,14}$/),
  id: z.string().min(1),
  /** Seconds since 1970. */
  timestamp: z.string().regex(/^\d{1,12}$/),
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  /** The answer to a button of a template. */
  button: z.object({ text: z.string() }).optional(),
  interactive: z.object({ button_reply: titled.optional(), list_reply: titled.optional() }).optional(),
});
type WhatsAppMessage = z.output<typeof messageSchema>;

const entrySchema = z.object({
  changes: z.array(
    z.object({
      field: z.string(),
      value: z.object({
        messages: z.array(z.unknown()).optional(),
        user_preferences: z.array(z.unknown()).optional(),
      }),
    }),
  ),
});

/** Said to us, but no word: somebody has put a heart beside a message, or Meta tells of a new number. */
const NO_REPLIES: ReadonlySet<string> = new Set(['reaction', 'system', 'request_welcome', 'unsupported']);

export function isWhatsAppNotification(message: object): boolean {
  return 'whatsAppWebhookEntry' in message;
}

/**
 * States of messages come over the bus as well (whatsapp-event.ts): here they say nothing new.
 * @param time when it was published
 */
export function readWhatsAppReplies(message: unknown, time: Instant): ReplyReading {
  const frame = frameSchema.safeParse(message);
  const entry = frame.success ? entrySchema.safeParse(parsed(frame.data.whatsAppWebhookEntry)) : undefined;
  if (entry?.success !== true)
    return { kind: 'refused', reason: 'a notification of WhatsApp that is not understood' };
  const written = entry.data.changes.flatMap(({ field, value }) =>
    field === 'messages' ? (value.messages ?? []) : [],
  );
  const preferences = entry.data.changes.flatMap(({ field, value }) =>
    field === 'user_preferences' ? (value.user_preferences ?? []) : [],
  );
  if (written.length === 0 && preferences.length === 0)
    return { kind: 'none', reason: 'a notification of WhatsApp that the bus tells too' };
  const replies: Reply[] = [];
  for (const one of written) {
    const read = messageSchema.safeParse(one);
    if (!read.success)
      return { kind: 'refused', reason: 'a WhatsApp message of a customer that is not understood' };
    if (!NO_REPLIES.has(read.data.type)) replies.push(replyOf(read.data));
  }
  for (const one of preferences) {
    const reply = readWhatsAppPreference(one, time);
    if (reply === undefined)
      return { kind: 'refused', reason: 'a preference of a WhatsApp customer that is not understood' };
    if (reply !== 'other') replies.push(reply);
  }
  return replies.length === 0
    ? { kind: 'none', reason: 'a reaction to a WhatsApp message' }
    : { kind: 'replies', replies };
}

function replyOf(message: WhatsAppMessage): Reply {
  const { from, id, timestamp, text, button, interactive } = message;
  const said =
    text?.body ?? button?.text ?? interactive?.button_reply?.title ?? interactive?.list_reply?.title;
  return {
    channel: 'whatsapp',
    id,
    at: fromMillis(Number(timestamp) * 1000),
    // The message that it answers is named by Meta's id, and AWS has answered the call with its own.
    answers: [],
    from: from.startsWith('+') ? from : `+${from}`,
    ...(said === undefined ? {} : { text: shortened(said) }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
