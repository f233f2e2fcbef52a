// Reports about e-mails, in the shapes of SES.
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html (the content),
// https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html (the envelope).
import type { Place } from '../../place.ts';
import type { Happening } from '../happenings/happening.ts';
import type { Report } from '../happenings/happenings.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import type { EmailEventType } from './configuration-set-resource.ts';
import type { ConfigurationSets } from './configuration-sets.ts';
import { readEmailEnvelope, senderDomain, type EmailEnvelope } from './email-envelope.ts';

/** What is in none of the samples for lack of a network: the machine itself. */
const ADDRESS = '127.0.0.1';
const BROWSER =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const MAIL_SERVER = 'mta.local.example';
/** SES gives up after so long. https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html#event-publishing-retrieving-sns-contents-delivery-delay-object */
const TRIED_FOR_MILLIS = 14 * 3_600_000;

interface Told {
  readonly type: EmailEventType;
  readonly eventType: string;
  readonly detailType: string;
  /** Under which name, beside `mail`, and what. */
  readonly object: Readonly<Record<string, unknown>>;
  /** Reports of openings and clicks repeat more headers, the earliest ones none. */
  readonly headers: 'none' | 'usual' | 'tracked';
  readonly tags?: Readonly<Record<string, string[]>>;
}

/** How SES reports on the e-mails of configuration sets that want it. */
export function emailReports(place: Place, sets: ConfigurationSets): Report {
  return (message, happening, at) => {
    const envelope = readEmailEnvelope(message.envelope);
    const told = toldOf(message, envelope, happening, at);
    if (told === undefined || !sets.reports(envelope.configurationSet, told.type)) return undefined;
    return {
      source: 'aws.ses',
      detailType: told.detailType,
      detail: {
        eventType: told.eventType,
        mail: mailOf(place, message, envelope, told),
        ...told.object,
      },
      resources: [identityArn(place, envelope)],
      at,
    };
  };
}

function toldOf(
  message: OutboxMessage,
  envelope: EmailEnvelope,
  happening: Happening,
  at: number,
): Told | undefined {
  const timestamp = new Date(at).toISOString();
  const [recipient = ''] = message.to;
  switch (happening.what) {
    case 'sent':
      return {
        type: 'send',
        eventType: 'Send',
        detailType: 'Email Sent',
        object: { send: {} },
        headers: 'usual',
      };
    case 'delivered':
      return {
        type: 'delivery',
        eventType: 'Delivery',
        detailType: 'Email Delivered',
        object: {
          delivery: {
            timestamp,
            processingTimeMillis: at - message.at,
            recipients: message.to,
            smtpResponse: '250 2.6.0 Message received',
            reportingMTA: MAIL_SERVER,
          },
        },
        headers: 'usual',
        tags: { 'ses:outgoing-ip': [ADDRESS] },
      };
    case 'delayed':
      return {
        type: 'deliveryDelay',
        eventType: 'DeliveryDelay',
        detailType: 'Email Delivery Delayed',
        object: {
          deliveryDelay: {
            timestamp,
            delayType: 'TransientCommunicationFailure',
            expirationTime: new Date(message.at + TRIED_FOR_MILLIS).toISOString(),
            delayedRecipients: [
              {
                emailAddress: recipient,
                status: '4.4.1',
                diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
              },
            ],
          },
        },
        headers: 'none',
      };
    case 'bounced':
      return {
        type: 'bounce',
        eventType: 'Bounce',
        detailType: 'Email Bounced',
        object: { bounce: bounceOf(happening, recipient, timestamp, feedbackId(message, at)) },
        headers: 'usual',
      };
    case 'complained':
      return {
        type: 'complaint',
        eventType: 'Complaint',
        detailType: 'Email Complaint Received',
        object: {
          complaint: {
            complainedRecipients: [{ emailAddress: recipient }],
            timestamp,
            feedbackId: feedbackId(message, at),
            ...(happening.isSuppressed === true
              ? { complaintSubType: 'OnAccountSuppressionList' }
              : { userAgent: BROWSER, complaintFeedbackType: 'abuse', arrivalDate: timestamp }),
          },
        },
        headers: 'usual',
      };
    case 'rejected':
      return {
        type: 'reject',
        eventType: 'Reject',
        detailType: 'Email Rejected',
        object: { reject: { reason: 'Bad content' } },
        headers: 'usual',
      };
    case 'opened':
      return {
        type: 'open',
        eventType: 'Open',
        detailType: 'Email Opened',
        object: { open: { ipAddress: ADDRESS, timestamp, userAgent: BROWSER, ...bot(happening) } },
        headers: 'tracked',
      };
    case 'clicked':
      return {
        type: 'click',
        eventType: 'Click',
        detailType: 'Email Clicked',
        object: {
          click: {
            ipAddress: ADDRESS,
            link: happening.link,
            linkTags: null,
            timestamp,
            userAgent: BROWSER,
            ...bot(happening),
          },
        },
        headers: 'tracked',
      };
    case 'unsubscribed':
      return {
        type: 'subscription',
        eventType: 'Subscription',
        detailType: 'Email Subscribed',
        object: { subscription: subscriptionOf(envelope, timestamp) },
        headers: 'usual',
      };
    // Answers go to the mailbox of Reply-To, which is not SES's.
    case 'replied':
      return undefined;
  }
}

function bounceOf(
  { type, cause }: Extract<Happening, { what: 'bounced' }>,
  emailAddress: string,
  timestamp: string,
  id: string,
) {
  const common = { timestamp, feedbackId: id, reportingMTA: `dsn; ${MAIL_SERVER}` };
  const failed = (status: string, diagnosticCode: string) => [
    { emailAddress, action: 'failed', status, diagnosticCode },
  ];
  if (cause === 'automatic answer')
    return {
      bounceType: 'Transient',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress }],
      ...common,
    };
  if (cause === 'suppression list')
    return {
      bounceType: 'Permanent',
      bounceSubType: 'OnAccountSuppressionList',
      bouncedRecipients: failed(
        '5.1.1',
        'Amazon SES did not send the message to this address because it is on the suppression list for your account.',
      ),
      ...common,
    };
  if (cause === 'global suppression list')
    return {
      bounceType: 'Permanent',
      bounceSubType: 'Suppressed',
      bouncedRecipients: failed(
        '5.1.1',
        'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
      ),
      ...common,
    };
  return type === 'permanent'
    ? {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: failed('5.1.1', 'smtp; 550 5.1.1 user unknown'),
        ...common,
      }
    : {
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
        bouncedRecipients: failed('4.2.2', 'smtp; 452 4.2.2 mailbox full'),
        ...common,
      };
}

/** On AWS it comes for lists of SES alone; here an e-mail that names none unsubscribes from a list called `local`. */
function subscriptionOf({ contactList = 'local', topic }: EmailEnvelope, timestamp: string) {
  const preferences = (isOut: boolean) => ({
    unsubscribeAll: isOut && topic === undefined,
    topicSubscriptionStatus:
      topic === undefined ? [] : [{ topicName: topic, subscriptionStatus: isOut ? 'OptOut' : 'OptIn' }],
  });
  return {
    contactList,
    timestamp,
    source: 'UnsubscribeHeader',
    newTopicPreferences: preferences(true),
    oldTopicPreferences: preferences(false),
  };
}

function bot({ byMachine }: { readonly byMachine?: boolean | undefined }) {
  return { isBotEvent: byMachine === true ? 'Likely' : 'Unlikely' };
}

function mailOf(place: Place, message: OutboxMessage, envelope: EmailEnvelope, told: Told) {
  const { providerId: messageId } = message;
  const headers = [
    ...(told.headers === 'tracked' ? trackedHeaders(envelope) : []),
    { name: 'From', value: envelope.source },
    { name: 'To', value: envelope.to.join(', ') },
    { name: 'Subject', value: envelope.subject },
    { name: 'MIME-Version', value: '1.0' },
    { name: 'Content-Type', value: envelope.contentType },
    ...(told.headers === 'tracked' ? [{ name: 'Message-ID', value: messageId }] : []),
  ];
  return {
    timestamp: new Date(message.at).toISOString(),
    source: envelope.source,
    ...(told.headers === 'tracked' ? {} : { sourceArn: identityArn(place, envelope) }),
    sendingAccountId: place.account,
    messageId,
    destination: envelope.destination,
    headersTruncated: false,
    ...(told.headers === 'none'
      ? {}
      : {
          headers,
          commonHeaders: {
            from: [envelope.source],
            to: envelope.to,
            messageId,
            subject: envelope.subject,
          },
        }),
    tags: {
      'ses:operation': ['SendEmail'],
      ...(envelope.configurationSet === undefined
        ? {}
        : { 'ses:configuration-set': [envelope.configurationSet] }),
      'ses:source-ip': [ADDRESS],
      'ses:from-domain': [senderDomain(envelope)],
      'ses:caller-identity': ['local'],
      ...told.tags,
      ...Object.fromEntries(envelope.tags.map(({ name, value }) => [name, [value]])),
    },
  };
}

function trackedHeaders({ configurationSet = '', tags }: EmailEnvelope) {
  return [
    { name: 'X-SES-CONFIGURATION-SET', value: configurationSet },
    { name: 'X-SES-MESSAGE-TAGS', value: tags.map(({ name, value }) => `${name}=${value}`).join(', ') },
  ];
}

function identityArn(place: Place, envelope: EmailEnvelope): string {
  return `arn:${place.partition}:ses:${place.region}:${place.account}:identity/${senderDomain(envelope)}`;
}

/** The same for the same report, and another for each. */
export function feedbackId({ providerId }: Pick<OutboxMessage, 'providerId'>, at: number): string {
  return `${at.toString(16).padStart(16, '0')}-${providerId.slice(17)}`;
}
