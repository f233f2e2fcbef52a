// Those who carry messages: each takes everything, answers with an id, and remembers what it was asked for.
import type { Channel } from '#lib/contracts/step-calls.ts';
import { KEYS } from '#lib/contracts/profiles-table.ts';
import type { Item } from './event-sources.ts';
import type { Operations } from './gateway.ts';

/** A message as its provider was asked for it; of what differs by provider, what the customer would see. */
export interface TakenMessage {
  readonly at: number;
  readonly channel: Channel;
  readonly to: readonly string[];
  readonly content: unknown;
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html and those of the other channels. */
export function providerOperations(
  now: () => number,
  taken: TakenMessage[],
  onEmail: (tags: EmailTags) => void,
): Operations {
  const take = (channel: Channel, to: readonly string[], content: unknown): string => {
    taken.push({ at: now(), channel, to, content });
    return `${channel}-${taken.length}`;
  };
  return {
    'POST /v2/email/outbound-emails': (request) => {
      const { Destination: to, Content: content, EmailTags: tags } = request as unknown as EmailRequest;
      onEmail(Object.fromEntries(tags.map(({ Name, Value }) => [Name, [Value]])));
      const { Subject: subject, Body: body } = content.Simple;
      return {
        MessageId: take('email', to.ToAddresses, {
          subject: subject.Data,
          html: body.Html?.Data,
          text: body.Text?.Data,
        }),
      };
    },
    'PinpointSMSVoiceV2.SendTextMessage': ({ DestinationPhoneNumber: to, MessageBody: text }) => ({
      MessageId: take('sms', [String(to)], text),
    }),
    'POST /v1/apps/': (request) => {
      const { Addresses: addresses, MessageConfiguration: configuration } = request as unknown as PushRequest;
      const tokens = Object.keys(addresses);
      const { fcmV1Message: sent } = JSON.parse(configuration.GCMMessage.RawContent) as GooglePayload;
      const { title, body } = sent.message.notification;
      const id = take('push', tokens, { title, body });
      const result = { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200, MessageId: id };
      return { Result: Object.fromEntries(tokens.map((token) => [token, result])) };
    },
    'POST /v1/whatsapp/send': ({ message }) => {
      const { to, template } = JSON.parse(
        Buffer.from(String(message), 'base64').toString(),
      ) as WhatsAppMessage;
      const parameters = template.components?.find(({ type }) => type === 'body')?.parameters ?? [];
      return {
        messageId: take('whatsapp', [to], {
          template: template.name,
          parameters: parameters.map(({ text }) => text),
        }),
      };
    },
  };
}

/** Messages in the app have no provider: the item in the table is the message. */
export function inAppMessage(item: Item): Pick<TakenMessage, 'to' | 'content'> | undefined {
  const customer = item['pk']?.S?.slice(KEYS.customer('').length) ?? '';
  if (item['sk']?.S?.startsWith(KEYS.inAppMessage('')) !== true) return undefined;
  return { to: [customer], content: JSON.parse(item['content']?.S ?? 'null') as unknown };
}

/** Tags of an e-mail, as SES hands them back with its reports. */
export type EmailTags = Readonly<Record<string, readonly string[]>>;

interface EmailRequest {
  readonly EmailTags: readonly { readonly Name: string; readonly Value: string }[];
  readonly Destination: { readonly ToAddresses: readonly string[] };
  readonly Content: {
    readonly Simple: {
      readonly Subject: Text;
      readonly Body: { readonly Html?: Text; readonly Text?: Text };
    };
  };
}
interface Text {
  readonly Data: string;
}
interface PushRequest {
  readonly Addresses: Readonly<Record<string, unknown>>;
  readonly MessageConfiguration: { readonly GCMMessage: { readonly RawContent: string } };
}
interface GooglePayload {
  readonly fcmV1Message: {
    readonly message: { readonly notification: { readonly title: string; readonly body: string } };
  };
}
interface WhatsAppMessage {
  readonly to: string;
  readonly template: {
    readonly name: string;
    readonly components?: readonly {
      readonly type: string;
      readonly parameters: readonly { readonly text: string }[];
    }[];
  };
}
