/**
 * Events of text messages, as End User Messaging SMS puts them on the bus by itself: without recipient and context, so that the message
 * id is all there is.
 * https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
 */
import * as z from 'zod';
import { fromMillis } from '../time.ts';
import {
  NOT_OURS,
  nothingToTell,
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

/** Held back for what it says or by a setting of the account: it never set out, and says nothing of the number. */
function rejected(reason: string): Pick<Report, 'event' | 'properties'> {
  return { event: 'Message Rejected', properties: { reason } };
}

function bounced(type: 'hard' | 'soft', reason: string): Pick<Report, 'event' | 'properties'> {
  return { event: 'Message Bounced', properties: { type, reason } };
}

/** On the way, or in doubt for good after three days: nothing that a journey could wait for. */
const ON_THE_WAY: Readonly<Record<string, string>> = {
  TEXT_QUEUED: 'a text message is on its way',
  TEXT_PENDING: 'a text message is on its way',
  TEXT_SENT: 'a text message is on its way',
  TEXT_UNKNOWN: 'what became of a text message is not known after three days',
};

/** By `eventType`; a final state of a text message each. */
const TOLD: Readonly<Record<string, Pick<Report, 'event' | 'properties'>>> = {
  TEXT_DELIVERED: DELIVERED,
  // Taken by the carrier: in some countries that is all that is ever told.
  TEXT_SUCCESSFUL: DELIVERED,
  // No such number: the next message would not arrive either.
  TEXT_INVALID: bounced('hard', 'INVALID'),
  TEXT_INVALID_MESSAGE: rejected('INVALID_MESSAGE'),
  TEXT_UNREACHABLE: bounced('soft', 'UNREACHABLE'),
  TEXT_CARRIER_UNREACHABLE: bounced('soft', 'CARRIER_UNREACHABLE'),
  TEXT_BLOCKED: bounced('soft', 'BLOCKED'),
  TEXT_CARRIER_BLOCKED: bounced('soft', 'CARRIER_BLOCKED'),
  TEXT_SPAM: rejected('SPAM'),
  TEXT_TTL_EXPIRED: bounced('soft', 'TTL_EXPIRED'),
  TEXT_PROTECT_BLOCKED: rejected('PROTECT_BLOCKED'),
};

/** The types that tell something; a rule of the bus passes these only. */
export const SMS_EVENT_TYPES: readonly string[] = Object.keys(TOLD);

export function readSmsEvent({ 'detail-type': detailType, detail }: BusEvent): ProviderReading {
  if (detailType !== SMS_DETAIL_TYPE) return NOT_OURS;
  const read = eventSchema.safeParse(detail);
  if (!read.success) return refusedReport('an event of a text message that is not understood');
  const { eventType, eventTimestamp, messageId } = read.data;
  const told = Object.hasOwn(TOLD, eventType) ? TOLD[eventType] : undefined;
  if (told === undefined)
    return nothingToTell(
      (Object.hasOwn(ON_THE_WAY, eventType) ? ON_THE_WAY[eventType] : undefined) ??
        'a state of a text message that AWS has added since',
    );
  const at = fromMillis(eventTimestamp);
  const report = { id: reportId(SMS_SOURCE, messageId, eventType), at, ...told };
  return { kind: 'by id', channel: 'sms', id: messageId, report };
}
