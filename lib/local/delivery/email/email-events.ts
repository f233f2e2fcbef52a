// Reports about e-mails, in the shapes of SES.
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html (the content),
// https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html (the envelope).
import type { Place } from '../../place.ts';
import type { Happening } from '../happenings/happening.ts';
import type { Report } from '../happenings/happenings.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import type { EmailEventType } from './configuration-set-resource.ts';
import type { ConfigurationSets } from './configuration-sets.ts';
import { bounceOf, MAIL_SERVER } from './bounce-report.ts';
import { readEmailEnvelope, type EmailEnvelope } from './email-envelope.ts';
import { identityArn, mailOf, SENDING_ADDRESS, type ReportedHeaders } from './reported-mail.ts';

const BROWSER =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
/** SES gives up after so long. https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html#event-publishing-retrieving-sns-contents-delivery-delay-object */
const TRIED_FOR_MILLIS = 14 * 3_600_000;

interface Told {
  readonly type: EmailEventType;
  readonly eventType: string;
  readonly detailType: string;
  /** Under which name, beside `mail`, and what. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly headers: ReportedHeaders;
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
        tags: { 'ses:outgoing-ip': [SENDING_ADDRESS] },
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
        object: { open: { ipAddress: SENDING_ADDRESS, timestamp, userAgent: BROWSER, ...bot(happening) } },
        headers: 'tracked',
      };
    case 'clicked':
      return {
        type: 'click',
        eventType: 'Click',
        detailType: 'Email Clicked',
        object: {
          click: {
            ipAddress: SENDING_ADDRESS,
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

/** The same for the same report, and another for each. */
export function feedbackId({ providerId }: Pick<OutboxMessage, 'providerId'>, at: number): string {
  return `${at.toString(16).padStart(16, '0')}-${providerId.slice(17)}`;
}
