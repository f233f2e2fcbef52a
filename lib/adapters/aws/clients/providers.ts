/** The clients of those who carry messages. One attempt each: a message that is tried again by itself could be sent twice. */
import { PinpointClient } from '@aws-sdk/client-pinpoint';
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SocialMessagingClient } from '@aws-sdk/client-socialmessaging';
import { singleCalls } from './call-settings.ts';

/**
 * Providers take a message in well under a second, WhatsApp's within two: what has no answer after eight has lost it. Longer, and the
 * function would be ended in the middle of the call.
 */
const ANSWER_MILLIS = 8000;

export interface ProviderClients {
  readonly email: SESv2Client;
  readonly sms: PinpointSMSVoiceV2Client;
  readonly push: PinpointClient;
  readonly whatsapp: SocialMessagingClient;
}

/** One of each for each container: credentials are kept. */
export function providerClients(): ProviderClients {
  const settings = singleCalls(ANSWER_MILLIS);
  return {
    email: new SESv2Client(settings),
    sms: new PinpointSMSVoiceV2Client(settings),
    push: new PinpointClient(settings),
    whatsapp: new SocialMessagingClient(settings),
  };
}
