/**
 * Events of e-mails, as SES puts them on the bus.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html (the same content),
 * https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html (the envelope).
 */
import * as z from 'zod';
import { readMessageTags } from '../message-tags.ts';
import { parseInstant } from '../time.ts';
import {
  NOTHING_TO_TELL,
  NOT_OURS,
  refusedReport,
  reportId,
  type BusEvent,
  type ProviderReading,
  type Report,
} from './provider-event.ts';

export const SES_SOURCE = 'aws.ses';

const moment = z.object({ timestamp: z.string() });
const eventSchema = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string().min(1),
    timestamp: z.string(),
    tags: z.record(z.string(), z.array(z.string())).optional(),
  }),
  delivery: moment.optional(),
  bounce: moment.extend({ bounceType: z.string(), bounceSubType: z.string().optional() }).optional(),
  complaint: moment.extend({ complaintFeedbackType: z.string().nullish() }).optional(),
  open: moment.extend({ isBotEvent: z.string().optional() }).optional(),
  click: moment.extend({ link: z.string(), isBotEvent: z.string().optional() }).optional(),
  reject: z.object({ reason: z.string().optional() }).optional(),
  subscription: moment
    .extend({
      newTopicPreferences: z
        .object({
          unsubscribeAll: z.boolean().optional(),
          topicSubscriptionStatus: z.array(z.object({ subscriptionStatus: z.string() })).optional(),
        })
        .optional(),
    })
    .optional(),
});
type SesEvent = z.infer<typeof eventSchema>;

/** What one event says: the built-in event, its properties, and what tells it from others about the same message. */
type Told = Pick<Report, 'event' | 'properties'> & { readonly timestamp: string; readonly telling?: string };

/** By `eventType`; a type that is missing here tells nothing. */
const TOLD: Readonly<Record<string, (event: SesEvent) => Told | undefined>> = {
  Delivery: ({ delivery }) =>
    delivery && { event: 'Message Delivered', properties: {}, timestamp: delivery.timestamp },
  Bounce: ({ bounce }) =>
    bounce && {
      event: 'Message Bounced',
      // Undetermined and transient bounces say nothing about the next message.
      properties: {
        type: bounce.bounceType === 'Permanent' ? 'hard' : 'soft',
        reason: bounce.bounceSubType ?? bounce.bounceType,
      },
      timestamp: bounce.timestamp,
    },
  Complaint: ({ complaint }) =>
    // Somebody has taken it out of the folder for spam: the opposite of a complaint.
    complaint && complaint.complaintFeedbackType !== 'not-spam'
      ? { event: 'Message Complained', properties: {}, timestamp: complaint.timestamp }
      : undefined,
  Open: ({ open }) =>
    open && { event: 'Message Opened', properties: byMachine(open), timestamp: open.timestamp },
  Click: ({ click }) =>
    click && {
      event: 'Message Clicked',
      properties: { link: click.link, ...byMachine(click) },
      timestamp: click.timestamp,
      // A scanner follows all links in one instant.
      telling: click.link,
    },
  // Taken and then not sent: nothing is known of the address.
  Reject: ({ mail }) => ({
    event: 'Message Bounced',
    properties: { type: 'soft', reason: 'Rejected' },
    timestamp: mail.timestamp,
  }),
  'Rendering Failure': ({ mail }) => ({
    event: 'Message Bounced',
    properties: { type: 'soft', reason: 'RenderingFailure' },
    timestamp: mail.timestamp,
  }),
  Subscription: ({ subscription }) => {
    const { unsubscribeAll, topicSubscriptionStatus = [] } = subscription?.newTopicPreferences ?? {};
    const out = topicSubscriptionStatus.some(({ subscriptionStatus }) => subscriptionStatus === 'OptOut');
    if (subscription === undefined || (unsubscribeAll !== true && !out)) return undefined;
    return { event: 'Message Unsubscribed', properties: {}, timestamp: subscription.timestamp };
  },
};

export function readSesEvent(deployment: string, { detail }: BusEvent): ProviderReading {
  const read = eventSchema.safeParse(detail);
  if (!read.success) return refusedReport('an event of SES that is not understood');
  const { mail, eventType } = read.data;
  const sent = readMessageTags(deployment, mail.tags ?? {});
  if (sent === undefined) return NOT_OURS;
  const told = Object.hasOwn(TOLD, eventType) ? TOLD[eventType]?.(read.data) : undefined;
  if (told === undefined) return NOTHING_TO_TELL;
  const at = parseInstant(told.timestamp);
  if (at === undefined) return refusedReport('an event of SES without a time');
  const { event, properties, telling = '' } = told;
  const id = reportId(SES_SOURCE, mail.messageId, eventType, told.timestamp, telling);
  return { kind: 'about', sent, channel: 'email', report: { id, at, event, properties } };
}

/** Scanners and privacy proxies, as far as SES recognises them. */
function byMachine({ isBotEvent }: { readonly isBotEvent?: string | undefined }): { machine: boolean } {
  return { machine: isBotEvent === 'Likely' };
}
