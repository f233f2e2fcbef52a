// The e-mail as each report of SES repeats it.
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html#event-publishing-retrieving-sns-contents-mail-object
import type { Place } from '../../place.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import { senderDomain, type EmailEnvelope } from './email-envelope.ts';

/** What is in none of the samples for lack of a network: the machine itself. */
export const SENDING_ADDRESS = '127.0.0.1';

/** Reports of openings and clicks repeat more headers, the earliest ones none. */
export type ReportedHeaders = 'none' | 'usual' | 'tracked';

/** The object `mail`: the e-mail that a report is about. `told`: what this kind of report repeats of it, and its own tags. */
export function mailOf(
  place: Place,
  message: OutboxMessage,
  envelope: EmailEnvelope,
  told: { readonly headers: ReportedHeaders; readonly tags?: Readonly<Record<string, string[]>> },
) {
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
      'ses:source-ip': [SENDING_ADDRESS],
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

/** Of the domain that an e-mail was sent from. */
export function identityArn(place: Place, envelope: EmailEnvelope): string {
  return `arn:${place.partition}:ses:${place.region}:${place.account}:identity/${senderDomain(envelope)}`;
}
