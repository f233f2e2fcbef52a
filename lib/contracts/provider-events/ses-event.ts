/**
 * Events of e-mails, as SES puts them on the bus.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html (the same content),
 * https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html (the envelope).
 */
import * as z from 'zod';
import { readMessageTags } from '../message-tags.ts';
import { parseInstant } from '../time.ts';
import { isByMachine } from './machine-signs.ts';
import {
  NOT_OURS,
  nothingToTell,
  refusedReport,
  reportId,
  type BusEvent,
  type ProviderReading,
  type Report,
} from './provider-event.ts';

export const SES_SOURCE = 'aws.ses';

const eventSchema = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string().min(1),
    timestamp: z.string(),
    tags: z.record(z.string(), z.array(z.string())).optional(),
  }),
});

/** What one event says: the built-in event, its properties, and what tells it from others about the same message. */
type Told = Pick<Report, 'event' | 'properties'> & {
  /** Missing where SES gives none: then it is the message's. */
  readonly timestamp?: string;
  readonly telling?: string;
};
/** A text: why it says nothing that a journey could wait for. */
type Teller = (detail: unknown) => Told | string | undefined;

/** Undefined where the event is not as SES describes it. */
function teller<Schema extends z.ZodType>(
  schema: Schema,
  tell: (detail: z.output<Schema>) => Told | string,
): Teller {
  return (detail) => {
    const read = schema.safeParse(detail);
    return read.success ? tell(read.data) : undefined;
  };
}

const moment = z.object({ timestamp: z.string() });
const trackedAct = moment.extend({ isBotEvent: z.string().optional(), userAgent: z.string().nullish() });

const ALREADY_ACCEPTED = 'SES has taken the e-mail, as its answer has said';

const TOLD: Readonly<Record<string, Teller>> = {
  Send: () => ALREADY_ACCEPTED,
  Delivery: teller(z.object({ delivery: moment }), ({ delivery: { timestamp } }) => ({
    event: 'Message Delivered',
    properties: {},
    timestamp,
  })),
  DeliveryDelay: teller(
    z.object({ deliveryDelay: moment.extend({ delayType: z.string() }) }),
    ({ deliveryDelay: { timestamp, delayType } }) => ({
      event: 'Message Delayed',
      properties: { reason: delayType },
      timestamp,
    }),
  ),
  Bounce: teller(
    z.object({
      bounce: moment.extend({
        bounceType: z.enum(['Permanent', 'Transient', 'Undetermined']),
        bounceSubType: z.string().optional(),
      }),
    }),
    ({ bounce: { timestamp, bounceType, bounceSubType } }) => ({
      event: 'Message Bounced',
      // Undetermined and transient bounces say nothing about the next message.
      properties: { type: bounceType === 'Permanent' ? 'hard' : 'soft', reason: bounceSubType ?? bounceType },
      timestamp,
      telling: bounceType,
    }),
  ),
  Complaint: teller(
    z.object({
      complaint: moment.extend({
        complaintFeedbackType: z.string().nullish(),
        complaintSubType: z.string().nullish(),
      }),
    }),
    ({ complaint: { timestamp, complaintFeedbackType, complaintSubType } }) => {
      // Somebody has taken it out of the folder for spam: the opposite of a complaint.
      if (complaintFeedbackType === 'not-spam') return 'taken out of the folder for spam';
      const reason = complaintFeedbackType ?? complaintSubType;
      return {
        event: 'Message Complained',
        properties: typeof reason === 'string' ? { reason } : {},
        timestamp,
      };
    },
  ),
  Open: teller(z.object({ open: trackedAct }), ({ open: { timestamp, ...act } }) => ({
    event: 'Message Opened',
    properties: { machine: byMachine(act) },
    timestamp,
    // A human and a proxy may be there in one instant.
    telling: byMachine(act) ? 'machine' : '',
  })),
  Click: teller(
    z.object({ click: trackedAct.extend({ link: z.string() }) }),
    ({ click: { timestamp, link, ...act } }) => ({
      event: 'Message Clicked',
      properties: { link, machine: byMachine(act) },
      timestamp,
      // A scanner follows all links in one instant.
      telling: byMachine(act) ? `machine\n${link}` : link,
    }),
  ),
  // Taken and then not sent: nothing is known of the address. Its reason is a text of SES's own choosing, so the kind is told.
  Reject: teller(z.object({ reject: z.object({}) }), () => ({
    event: 'Message Rejected',
    properties: { reason: 'Rejected' },
  })),
  // Its message may quote what was to be rendered.
  'Rendering Failure': teller(z.object({ failure: z.object({}) }), () => ({
    event: 'Message Rejected',
    properties: { reason: 'RenderingFailure' },
  })),
  Subscription: teller(
    z.object({
      subscription: moment.extend({
        newTopicPreferences: z.object({
          unsubscribeAll: z.boolean().default(false),
          topicSubscriptionStatus: z.array(z.object({ subscriptionStatus: z.string() })).default([]),
        }),
      }),
    }),
    ({ subscription: { timestamp, newTopicPreferences } }) => {
      const { unsubscribeAll, topicSubscriptionStatus } = newTopicPreferences;
      const isOut = topicSubscriptionStatus.some(({ subscriptionStatus }) => subscriptionStatus === 'OptOut');
      // Who subscribes again on a page of SES has not been told what they agree to: a grant needs a record of our own.
      if (!unsubscribeAll && !isOut) return 'subscribed on a page of SES';
      const everything = unsubscribeAll ? { topic: '*', channel: 'email' } : {};
      return { event: 'Message Unsubscribed', properties: everything, timestamp };
    },
  ),
};

export function readSesEvent(deployment: string, { detail }: BusEvent): ProviderReading {
  const read = eventSchema.safeParse(detail);
  if (!read.success) return refusedReport('an event of SES that is not understood');
  const { mail, eventType } = read.data;
  const sent = readMessageTags(deployment, mail.tags ?? {});
  if (sent === undefined) return NOT_OURS;
  const tell = Object.hasOwn(TOLD, eventType) ? TOLD[eventType] : undefined;
  if (tell === undefined) return nothingToTell('a type of event that SES has added since');
  const told = tell(detail);
  if (told === undefined) return refusedReport(`an event ${eventType} of SES that is not understood`);
  if (typeof told === 'string') return nothingToTell(told);
  const { event, properties, timestamp = mail.timestamp, telling = '' } = told;
  const at = parseInstant(timestamp);
  if (at === undefined) return refusedReport('an event of SES without a time');
  const id = reportId(SES_SOURCE, mail.messageId, eventType, timestamp, telling);
  return { kind: 'about', sent, channel: 'email', report: { id, at, event, properties } };
}

function byMachine({
  isBotEvent,
  userAgent,
}: Pick<z.output<typeof trackedAct>, 'isBotEvent' | 'userAgent'>): boolean {
  return isByMachine({ isBotEvent, userAgent: userAgent ?? undefined });
}
