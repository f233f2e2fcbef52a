/**
 * Events of WhatsApp messages, as End User Messaging Social puts them on the bus: the message id, the status and, of failures, Meta's
 * number of the error.
 * https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destinations-status.html
 */
import * as z from 'zod';
import { fromMillis } from '../time.ts';
import {
  nothingToTell,
  refusedReport,
  reportId,
  type BusEvent,
  type ProviderReading,
  type Report,
} from './provider-event.ts';

export const WHATSAPP_SOURCE = 'aws.social-messaging';

const eventSchema = z.object({
  messageId: z.string().min(1),
  status: z.string(),
  /** Seconds since 1970. */
  eventTimestamp: z.string().regex(/^\d{1,12}$/),
  errors: z.array(z.object({ code: z.number() })).optional(),
});
type WhatsAppEvent = z.infer<typeof eventSchema>;

/**
 * The recipient has told WhatsApp that they want no more marketing of this business.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
const STOPPED_MARKETING = 131_050;

/** By `status`. */
const TOLD: Readonly<Record<string, (event: WhatsAppEvent) => Pick<Report, 'event' | 'properties'>>> = {
  delivered: () => ({ event: 'Message Delivered', properties: {} }),
  read: () => ({ event: 'Message Opened', properties: { machine: false } }),
  failed: ({ errors = [] }) =>
    errors.some(({ code }) => code === STOPPED_MARKETING)
      ? { event: 'Message Unsubscribed', properties: { topic: '*', channel: 'whatsapp' } }
      : {
          // Meta does not say whether a number is gone for good: undeliverable is also who has not accepted its terms.
          event: 'Message Bounced',
          properties: { type: 'soft', reason: String(errors[0]?.code ?? 'failed') },
        },
};

/** The `detail-type`s of events that tell something; a rule of the bus passes these only. */
export const WHATSAPP_DETAIL_TYPES: readonly string[] = [
  'WhatsApp Message Delivered',
  'WhatsApp Message Read',
  'WhatsApp Message Failed',
];

export function readWhatsAppEvent({ detail }: BusEvent): ProviderReading {
  // Incoming messages come from the same source, without their text: what they say comes over a topic (whatsapp-reply.ts).
  if (typeof detail['status'] !== 'string') return nothingToTell('no state of a WhatsApp message');
  const read = eventSchema.safeParse(detail);
  if (!read.success) return refusedReport('an event of a WhatsApp message that is not understood');
  const { messageId, status, eventTimestamp } = read.data;
  const told = Object.hasOwn(TOLD, status) ? TOLD[status]?.(read.data) : undefined;
  if (told === undefined)
    return nothingToTell(
      status === 'sent'
        ? 'WhatsApp has taken the message, as its answer has said'
        : 'a state of a WhatsApp message that Meta has added since',
    );
  const at = fromMillis(Number(eventTimestamp) * 1000);
  const report = { id: reportId(WHATSAPP_SOURCE, messageId, status), at, ...told };
  return { kind: 'by id', channel: 'whatsapp', id: messageId, report };
}
