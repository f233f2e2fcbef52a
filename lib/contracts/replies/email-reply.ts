/**
 * An e-mail that SES has received for us, as a receipt rule tells it: by the head alone. What it says stays in the mailbox or bucket that
 * the rule puts it into.
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
import * as z from 'zod';
import { parseInstant } from '../time.ts';
import type { ReplyReading } from './reply.ts';

const verdict = z.object({ status: z.string() }).optional();
const receivedSchema = z.object({
  notificationType: z.literal('Received'),
  mail: z.object({
    timestamp: z.string(),
    messageId: z.string().min(1),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  receipt: z.object({ spamVerdict: verdict, virusVerdict: verdict }),
});
type Headers = z.output<typeof receivedSchema>['mail']['headers'];

/** References name the whole conversation; older messages than these are about something else. */
const MOST_ANSWERED = 20;

/** How SES writes the Message-ID of what it sends: its own id, at a host of the Region (https://docs.aws.amazon.com/ses/latest/dg/header-fields.html). */
const SENT_BY_SES = /<([0-9A-Za-z-]{1,128})@[a-z0-9-]+\.amazonses\.com>/g;

export function isReceivedEmail(message: object): boolean {
  return 'notificationType' in message && 'receipt' in message;
}

export function readEmailReply(message: unknown): ReplyReading {
  const read = receivedSchema.safeParse(message);
  const at = read.success ? parseInstant(read.data.mail.timestamp) : undefined;
  if (!read.success || at === undefined)
    return { kind: 'refused', reason: 'a received e-mail that is not understood' };
  const { mail, receipt } = read.data;
  if (receipt.virusVerdict?.status === 'FAIL' || receipt.spamVerdict?.status === 'FAIL')
    return { kind: 'none', reason: 'a received e-mail that SES takes for spam or a virus' };
  if (isAutomatic(mail.headers)) return { kind: 'none', reason: 'an automatic answer' };
  const answers = answeredBy(mail.headers);
  if (answers.length === 0) return { kind: 'none', reason: 'a received e-mail that answers none of SES' };
  return { kind: 'replies', replies: [{ channel: 'email', id: mail.messageId, at, answers }] };
}

/**
 * Out of office, receipts, lists and bounces: nobody has written them. RFC 3834 (Auto-Submitted); Precedence is older and still used; the
 * empty sender of reports on delivery is RFC 3464's.
 */
function isAutomatic(headers: Headers): boolean {
  const submitted = valuesOf(headers, 'auto-submitted').join();
  if (submitted !== '' && !/^\s*no\b/i.test(submitted)) return true;
  if (/\b(?:auto_reply|bulk|junk|list)\b/i.test(valuesOf(headers, 'precedence').join())) return true;
  if (['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => valuesOf(headers, name).length > 0))
    return true;
  return (
    valuesOf(headers, 'return-path').some((value) => value.trim() === '<>') ||
    valuesOf(headers, 'content-type').some((value) => /^\s*multipart\/report\b/i.test(value))
  );
}

/** What it answers, then the rest of the conversation from its end (RFC 5322, 3.6.4). */
function answeredBy(headers: Headers): readonly string[] {
  const idsIn = (name: string): string[] =>
    valuesOf(headers, name).flatMap((value) => Array.from(value.matchAll(SENT_BY_SES), ([, id = '']) => id));
  return [...new Set([...idsIn('in-reply-to'), ...idsIn('references').toReversed()])].slice(0, MOST_ANSWERED);
}

function valuesOf(headers: Headers, wanted: string): string[] {
  return headers.flatMap(({ name, value }) => (name.toLowerCase() === wanted ? [value] : []));
}
