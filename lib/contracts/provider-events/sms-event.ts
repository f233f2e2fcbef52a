/**
 * Events of text messages, as End User Messaging SMS puts them on the bus by itself: without recipient and context, so that the message
 * id is all there is.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
 */
import * as z from 'zod';
import { fromMillis } from '../time.ts';
import {
  NOTHING_TO_TELL,
  NOT_OURS,
  refusedReport,
  reportId,
  type BusEvent,
  type ProviderReading,
  type Report,
} from './provider-event.ts';

export const SMS_SOURCE = 'aws.sms-voice';
export const SMS_DETAIL_TYPE = 'Text Message Delivery Status Updated';

const eventSchema = z.object({
  eventType: z.string(),
  /** Milliseconds since 1970. */
  eventTimestamp: z.number().nonnegative(),
  messageId: z.string().min(1),
});

const DELIVERED = { event: 'Message Delivered', properties: {} } as const;

function bounced(type: 'hard' | 'soft', reason: string): Pick<Report, 'event' | 'properties'> {
  return { event: 'Message Bounced', properties: { type, reason } };
}

/** By `eventType`; a type that is missing here (queued, pending, sent) tells nothing. */
const TOLD: Readonly<Record<string, Pick<Report, 'event' | 'properties'>>> = {
  TEXT_DELIVERED: DELIVERED,
  // Taken by the carrier: in some countries that is all that is ever told.
  TEXT_SUCCESSFUL: DELIVERED,
  // No such number: the next message would not arrive either.
  TEXT_INVALID: bounced('hard', 'INVALID'),
  TEXT_INVALID_MESSAGE: bounced('soft', 'INVALID_MESSAGE'),
  TEXT_UNREACHABLE: bounced('soft', 'UNREACHABLE'),
  TEXT_CARRIER_UNREACHABLE: bounced('soft', 'CARRIER_UNREACHABLE'),
  TEXT_BLOCKED: bounced('soft', 'BLOCKED'),
  TEXT_CARRIER_BLOCKED: bounced('soft', 'CARRIER_BLOCKED'),
  TEXT_SPAM: bounced('soft', 'SPAM'),
  TEXT_TTL_EXPIRED: bounced('soft', 'TTL_EXPIRED'),
  TEXT_PROTECT_BLOCKED: bounced('soft', 'PROTECT_BLOCKED'),
};

/** The types that tell something; a rule of the bus passes these only. After 72 hours comes TEXT_UNKNOWN, which is no news. */
export const SMS_EVENT_TYPES: readonly string[] = Object.keys(TOLD);

export function readSmsEvent({ 'detail-type': detailType, detail }: BusEvent): ProviderReading {
  if (detailType !== SMS_DETAIL_TYPE) return NOT_OURS;
  const read = eventSchema.safeParse(detail);
  if (!read.success) return refusedReport('an event of a text message that is not understood');
  const { eventType, eventTimestamp, messageId } = read.data;
  const told = Object.hasOwn(TOLD, eventType) ? TOLD[eventType] : undefined;
  if (told === undefined) return NOTHING_TO_TELL;
  const at = fromMillis(eventTimestamp);
  const report = { id: reportId(SMS_SOURCE, messageId, eventType), at, ...told };
  return { kind: 'by id', channel: 'sms', id: messageId, report };
}
