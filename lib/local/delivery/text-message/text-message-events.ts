// Reports about text messages, as AWS End User Messaging SMS puts them on the default bus by itself: without recipient and context.
// https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
import * as z from 'zod';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Json } from '../../asl/json.ts';
import type { Happening } from '../happenings/happening.ts';
import type { Report } from '../happenings/happenings.ts';

const envelopeSchema = z.strictObject({
  type: z.enum(['PROMOTIONAL', 'TRANSACTIONAL']),
  encoding: z.enum(['GSM', 'UNICODE']),
  parts: z.number(),
});

export function textMessageEnvelope(envelope: z.infer<typeof envelopeSchema>): Json {
  return envelope;
}

export const reportTextMessage: Report = (message, happening, at) => {
  const told = statusOf(happening);
  if (told === undefined) return undefined;
  const [status, description] = told;
  const { type, encoding, parts } = envelopeSchema.parse(message.envelope);
  return {
    source: 'aws.sms-voice',
    detailType: 'Text Message Delivery Status Updated',
    detail: {
      eventType: `TEXT_${status}`,
      eventVersion: '1.0',
      eventTimestamp: at,
      isFinal: true,
      originationPhoneNumber: message.sender,
      isoCountryCode: parsePhoneNumberFromString(message.to[0] ?? '')?.country ?? 'US',
      isInternationalSend: false,
      messageId: message.providerId,
      messageRequestTimestamp: message.at,
      messageEncoding: encoding,
      messageType: type,
      messageStatus: status,
      messageStatusDescription: description,
      totalMessageParts: parts,
      // Nothing is charged here.
      totalMessagePrice: 0,
      totalCarrierFee: 0,
      protectConfiguration: {
        protectConfigurationId: 'protect-00000000000000000000000000000000',
        protectStatus: 'ALLOW',
      },
    },
    resources: [],
    at,
  };
};

/** undefined: AWS does not say it on the bus. An answer goes to a topic of SNS (reactions/provider-reply.ts). */
function statusOf(happening: Happening): readonly [status: string, description: string] | undefined {
  switch (happening.what) {
    case 'delivered':
      return ['DELIVERED', 'Message has been accepted by phone'];
    case 'bounced':
      return happening.type === 'permanent'
        ? ['INVALID', 'Invalid phone number']
        : ['UNREACHABLE', 'Phone is currently unreachable/unavailable'];
    case 'rejected':
      return ['SPAM', 'Message identified as spam'];
    case 'sent':
    case 'delayed':
    case 'complained':
    case 'opened':
    case 'clicked':
    case 'unsubscribed':
    case 'replied':
      return undefined;
  }
}
