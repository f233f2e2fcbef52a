/**
 * WhatsApp by End User Messaging Social: one `SendWhatsAppMessage` with a template that WhatsApp has approved. As for text messages,
 * its events name nothing but the message id.
 * https://docs.aws.amazon.com/social-messaging/latest/userguide/send-message-text.html
 */
import { SendWhatsAppMessageCommand, type SocialMessagingClient } from '@aws-sdk/client-socialmessaging';
import * as z from 'zod';
import { NO_SENDER, refused, type ChannelSender } from './channel-sender.ts';
import { failureOf, type FailureTable } from './provider-failure.ts';

/** Errors of `SendWhatsAppMessage`, as its page lists them. */
const FAILURES: FailureTable = {
  InvalidParametersException: 'refused',
  ValidationException: 'refused',
  ThrottledRequestException: 'throttled',
  LimitExceededException: 'try later',
  // Meta has withdrawn the permission of the account; a phone number that is not linked (yet).
  AccessDeniedByMetaException: 'try later',
  ResourceNotFoundException: 'try later',
};

/** The version of Meta's interface that the pages of the service use. */
const META_API_VERSION = 'v20.0';

/** Content of a WhatsApp message, as lib/messages renders it. */
const contentSchema = z.object({
  template: z.string(),
  language: z.string(),
  parameters: z.array(z.string()).default([]),
  button: z.string().optional(),
});

export function createWhatsApp(options: {
  readonly client: Pick<SocialMessagingClient, 'send'>;
  /** Id of the phone number (`phone-number-id-…`), by the name of the sender in settings. */
  readonly senders: (name: string) => { readonly sender: string } | undefined;
}): ChannelSender {
  const { client, senders } = options;
  return async ({ rendered }) => {
    const sender = senders(rendered.sender ?? 'default');
    if (sender === undefined) return refused(NO_SENDER);
    const [to] = rendered.to;
    const { data: content } = contentSchema.safeParse(rendered.content);
    if (to === undefined) return refused('no phone number');
    if (content === undefined) return refused('the content is none of a WhatsApp message');
    try {
      const { messageId } = await client.send(
        new SendWhatsAppMessageCommand({
          originationPhoneNumberId: sender.sender,
          metaApiVersion: META_API_VERSION,
          message: new TextEncoder().encode(JSON.stringify(templateMessage(to, content))),
        }),
      );
      return messageId === undefined
        ? { kind: 'unknown', reason: 'WhatsApp: no message id' }
        : { kind: 'accepted', id: messageId };
    } catch (error) {
      return failureOf('WhatsApp', error, FAILURES);
    }
  };
}

function text(value: string) {
  return { type: 'text', text: value };
}

/** https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates */
function templateMessage(
  to: string,
  { template, language, parameters, button }: z.infer<typeof contentSchema>,
) {
  const body = parameters.length === 0 ? [] : [{ type: 'body', parameters: parameters.map(text) }];
  const buttons =
    button === undefined ? [] : [{ type: 'button', sub_type: 'url', index: '0', parameters: [text(button)] }];
  const components = [...body, ...buttons];
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to,
    type: 'template',
    template: {
      name: template,
      language: { code: language },
      ...(components.length === 0 ? {} : { components }),
    },
  };
}
