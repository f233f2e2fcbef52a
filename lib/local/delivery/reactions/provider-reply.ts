// What customers write back, in the shapes in which providers publish it.
import type { JsonObject } from '../../asl/json.ts';
import type { Place } from '../../place.ts';
import { readEmailEnvelope } from '../email/email-envelope.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';

export interface ProviderReply {
  /** The same for the same answer, should it be told again. */
  readonly id: string;
  readonly message: JsonObject;
}

/** undefined: on this channel nobody can write back. */
export function providerReply(
  place: Place,
  message: OutboxMessage,
  text: string,
  at: number,
): ProviderReply | undefined {
  // By how much has happened before and not by the instant: on a clock that stands somebody may write twice.
  const id = `${message.id}-replied-${message.states.length}`;
  switch (message.channel) {
    case 'sms':
      return { id, message: textMessage(message, id, text) };
    case 'whatsapp':
      return { id, message: whatsAppMessage(message, id, text, at) };
    case 'email':
      return { id, message: receivedEmail(place, message, id, at) };
    case 'push':
    case 'webhook':
    case 'inapp':
      return undefined;
  }
}

/** https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html */
function textMessage({ to, sender, providerId }: OutboxMessage, id: string, text: string): JsonObject {
  return {
    originationNumber: to[0] ?? '',
    destinationNumber: sender,
    messageKeyword: 'KEYWORD_LOCAL',
    messageBody: text,
    inboundMessageId: id,
    previousPublishedMessageId: providerId,
  };
}

/** https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destination-dlrs.html */
function whatsAppMessage({ to, sender }: OutboxMessage, id: string, text: string, at: number): JsonObject {
  const from = (to[0] ?? '').replace(/^\+/, '');
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15555550100', phone_number_id: sender },
    contacts: [{ profile: { name: 'Local' }, wa_id: from }],
    messages: [
      {
        from,
        id: `wamid.${id}`,
        timestamp: String(Math.floor(at / 1000)),
        type: 'text',
        text: { body: text },
      },
    ],
  };
  return {
    context: { MetaWabaIds: [], MetaPhoneNumberIds: [] },
    whatsAppWebhookEntry: JSON.stringify({ id: '1000000000000000', changes: [{ value, field: 'messages' }] }),
    aws_account_id: '111122223333',
    message_timestamp: new Date(at).toISOString(),
    messageId: id,
  };
}

/**
 * By the head, as a receipt rule that keeps the mail elsewhere tells it.
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
function receivedEmail(place: Place, message: OutboxMessage, id: string, at: number): JsonObject {
  const { source, subject } = readEmailEnvelope(message.envelope);
  const [customer = ''] = message.to;
  const answered = `<${message.providerId}@${place.region}.amazonses.com>`;
  return {
    notificationType: 'Received',
    mail: {
      timestamp: new Date(at).toISOString(),
      source: customer,
      messageId: id,
      destination: [source],
      headersTruncated: false,
      headers: [
        header('Return-Path', `<${customer}>`),
        header('From', customer),
        header('To', source),
        header('Subject', `Re: ${subject}`),
        header('In-Reply-To', answered),
        header('References', answered),
      ],
      commonHeaders: { from: [customer], to: [source], subject: `Re: ${subject}` },
    },
    receipt: {
      timestamp: new Date(at).toISOString(),
      recipients: [source],
      spamVerdict: { status: 'PASS' },
      virusVerdict: { status: 'PASS' },
      action: { type: 'S3', topicArn: 'local', bucketName: 'local', objectKey: id },
    },
  };
}

function header(name: string, value: string) {
  return { name, value };
}
