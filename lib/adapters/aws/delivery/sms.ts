/**
 * Text messages by End User Messaging SMS: one `SendTextMessage`. Its events on EventBridge name nothing but the message id, so
 * who it was sent to is remembered by it (create-delivery.ts).
 * https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
import { SendTextMessageCommand, type PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { sendKey } from '#lib/contracts/ids.ts';
import type { SmsSender } from '#lib/journey/senders.ts';
import { NO_SENDER, refused, type ChannelSender } from './channel-sender.ts';
import { failureOf, type FailureTable } from './provider-failure.ts';
import { smsRoute } from './sms-route.ts';

/** Errors of `SendTextMessage`, as its page lists them. */
const FAILURES: FailureTable = {
  // The number or the text, a price above the highest that is wanted; an opt-out list that the number is on, a country that is blocked.
  ValidationException: 'refused',
  ConflictException: 'refused',
  // The sender is not ready, not registered, or not for messages of this class: the setup is mended while the message waits.
  'ConflictException RESOURCE_NOT_ACTIVE': 'try later',
  'ConflictException NO_ORIGINATION_IDENTITIES_FOUND': 'try later',
  'ConflictException REGISTRATION_NOT_COMPLETE': 'try later',
  'ConflictException MESSAGE_TYPE_MISMATCH': 'try later',
  'ConflictException NUMBER_CAPABILITIES_MISMATCH': 'try later',
  'ValidationException RESOURCE_NOT_ACCESSIBLE': 'try later',
  'ValidationException SENDER_ID_NOT_REGISTERED': 'try later',
  'ValidationException SENDER_ID_REQUIRES_REGISTRATION': 'try later',
  // Spending limit; a number, sender id or pool that is not there (yet).
  ServiceQuotaExceededException: 'try later',
  ResourceNotFoundException: 'try later',
};

/** The number is on an opt-out list of the sender: the customer has answered STOP, or somebody of the account has put it there. */
const OPTED_OUT = ' DESTINATION_PHONE_NUMBER_OPTED_OUT';

export function createSms(options: {
  readonly client: Pick<PinpointSMSVoiceV2Client, 'send'>;
  readonly deployment: string;
  /** By the name of the sender in settings. */
  readonly senders: (name: string) => SmsSender | undefined;
}): ChannelSender {
  const { client, deployment, senders } = options;
  return async ({ sent, class: messageClass, rendered }) => {
    const sender = senders(rendered.sender ?? 'default');
    if (sender === undefined) return refused(NO_SENDER);
    const [to] = rendered.to;
    if (to === undefined) return refused('no phone number');
    const route = smsRoute(sender, to, { message: sent.message, locale: rendered.locale });
    if ('problem' in route) return refused(route.problem);
    try {
      const { MessageId } = await client.send(
        new SendTextMessageCommand({
          DestinationPhoneNumber: to,
          OriginationIdentity: route.sender,
          MessageBody: rendered.text ?? '',
          // Carriers treat them differently, and opt-out lists hold for both.
          MessageType: messageClass === 'transactional' ? 'TRANSACTIONAL' : 'PROMOTIONAL',
          ...(route.parameters === undefined ? {} : { DestinationCountryParameters: route.parameters }),
          ...(sender.maxPrice === undefined ? {} : { MaxPrice: sender.maxPrice }),
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
      const failure = failureOf('SMS', error, FAILURES);
      return failure.reason.endsWith(OPTED_OUT) ? { ...failure, learned: { optedOut: true } } : failure;
    }
  };
}
