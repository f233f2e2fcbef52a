/**
 * Text messages by End User Messaging SMS: one `SendTextMessage`. Its events on EventBridge name nothing but the message id, so
 * who it was sent to is remembered by it (create-delivery.ts).
 * https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
import { SendTextMessageCommand, type PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { sendKey } from '#lib/contracts/ids.ts';
import { NO_SENDER, refused, type ChannelSender } from './channel-sender.ts';
import { failureOf, type FailureTable } from './provider-failure.ts';

/** Errors of `SendTextMessage`, as its page lists them. */
const FAILURES: FailureTable = {
  // The number or the text; an opt-out list that the number is on, a country that is blocked.
  ValidationException: 'refused',
  ConflictException: 'refused',
  // The sender is not ready, or not for messages of this class.
  'ConflictException RESOURCE_NOT_ACTIVE': 'try later',
  'ConflictException NO_ORIGINATION_IDENTITIES_FOUND': 'try later',
  'ConflictException REGISTRATION_NOT_COMPLETE': 'try later',
  'ConflictException MESSAGE_TYPE_MISMATCH': 'try later',
  // Spending limit; a number, sender id or pool that is not there (yet).
  ServiceQuotaExceededException: 'try later',
  ResourceNotFoundException: 'try later',
};

export function createSms(options: {
  readonly client: Pick<PinpointSMSVoiceV2Client, 'send'>;
  readonly deployment: string;
  /** Phone number, sender id, pool or its ARN, by the name of the sender in settings. */
  readonly senders: (name: string) => { readonly sender: string } | undefined;
}): ChannelSender {
  const { client, deployment, senders } = options;
  return async ({ sent, class: messageClass, rendered }) => {
    const sender = senders(rendered.sender ?? 'default');
    if (sender === undefined) return refused(NO_SENDER);
    const [to] = rendered.to;
    if (to === undefined) return refused('no phone number');
    try {
      const { MessageId } = await client.send(
        new SendTextMessageCommand({
          DestinationPhoneNumber: to,
          OriginationIdentity: sender.sender,
          MessageBody: rendered.text ?? '',
          // Carriers treat them differently, and opt-out lists hold for both.
          MessageType: messageClass === 'transactional' ? 'TRANSACTIONAL' : 'PROMOTIONAL',
          // Told to event destinations of the account; ids only.
          Context: {
            deployment,
            customer: sent.customer,
            send: sendKey(sent.run, sent.step, sent.visit),
          },
        }),
      );
      return MessageId === undefined
        ? { kind: 'unknown', reason: 'SMS: no message id' }
        : { kind: 'accepted', id: MessageId };
    } catch (error) {
      return failureOf('SMS', error, FAILURES);
    }
  };
}
