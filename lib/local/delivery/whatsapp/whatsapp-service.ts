// AWS End User Messaging Social: WhatsApp messages, as Meta's interface takes them.
// https://docs.aws.amazon.com/social-messaging/latest/APIReference/API_SendWhatsAppMessage.html
import * as z from 'zod';
import { parseInput } from '../../gateway/parse-input.ts';
import { refuseOptions } from '../../gateway/refused-options.ts';
import { restService } from '../../gateway/rest-service.ts';
import type { Service } from '../../gateway/service.ts';
import { ServiceError } from '../../gateway/service-error.ts';
import type { Carrier, Refusals } from '../carrier.ts';
import type { MessageContent } from '../outbox/outbox-message.ts';

export interface WhatsAppServiceOptions {
  readonly carrier: Carrier;
  readonly uniqueId: () => string;
}

const callSchema = z.strictObject({
  originationPhoneNumberId: z
    .string()
    .regex(
      /^(?:phone-number-id-[0-9A-Za-z]+|arn:[^:]+:social-messaging:[^:]+:\d{12}:phone-number-id\/[0-9A-Za-z]+)$/,
      'is no id of a phone number',
    ),
  metaApiVersion: z.string().regex(/^v\d+\.\d+$/, 'is no version such as v20.0'),
  /** Meta's JSON in Base64. */
  message: z.base64(),
});

const parameterSchema = z.object({ type: z.literal('text'), text: z.string() });

/** https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages: templates and texts. */
const messageSchema = z.discriminatedUnion('type', [
  z.object({
    messaging_product: z.literal('whatsapp'),
    recipient_type: z.literal('individual').optional(),
    to: z.string().regex(/^\+?[1-9]\d{4,14}$/, 'is no phone number'),
    type: z.literal('template'),
    template: z.object({
      name: z.string().min(1).max(512),
      language: z.object({ code: z.string() }),
      components: z
        .array(
          z.object({
            type: z.enum(['header', 'body', 'button']),
            sub_type: z.string().optional(),
            index: z.union([z.string(), z.number()]).optional(),
            parameters: z.array(parameterSchema).default([]),
          }),
        )
        .default([]),
    }),
  }),
  z.object({
    messaging_product: z.literal('whatsapp'),
    recipient_type: z.literal('individual').optional(),
    to: z.string().regex(/^\+?[1-9]\d{4,14}$/, 'is no phone number'),
    type: z.literal('text'),
    text: z.object({ body: z.string().min(1).max(4096) }),
  }),
]);
/** Each stands under its own name. */
const TYPES_NOT_HERE = [
  'audio',
  'contacts',
  'document',
  'image',
  'interactive',
  'location',
  'reaction',
  'sticker',
  'video',
];
type WhatsAppMessage = z.output<typeof messageSchema>;

const ERRORS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  AccessDeniedByMetaException: [403, 'Access was denied by Meta.'],
  DependencyException: [502, 'Meta does not answer.'],
  InternalServiceException: [500, 'An internal error.'],
  InvalidParametersException: [400, 'One or more parameters are not valid.'],
  LimitExceededException: [400, 'The request exceeds a quota.'],
  ResourceNotFoundException: [404, 'The resource was not found.'],
  ThrottledRequestException: [429, 'The request was denied due to request throttling.'],
  ValidationException: [400, 'The request contains an invalid parameter value.'],
};
export const WHATSAPP_ERRORS: readonly string[] = Object.keys(ERRORS);

const REFUSALS: Refusals = {
  throttled: () => errorNamed('ThrottledRequestException'),
  named: (error = 'InvalidParametersException') => errorNamed(error),
};

export function whatsAppService({ carrier, uniqueId }: WhatsAppServiceOptions): Service {
  return restService({
    signingName: 'social-messaging',
    title: 'AWS End User Messaging Social',
    routes: [
      {
        operation: 'SendWhatsAppMessage',
        method: 'POST',
        path: '/v1/whatsapp/send',
        run: async (call) => {
          const { originationPhoneNumberId, message: encoded } = parseInput(callSchema, call.json());
          const given = decoded(encoded);
          refuseOptions(given, TYPES_NOT_HERE);
          const message = parseInput(messageSchema, given, 'InvalidParametersException');
          const to = message.to.startsWith('+') ? message.to : `+${message.to}`;
          const behaviour = carrier.ask('whatsapp', to, REFUSALS);
          const messageId = uniqueId();
          await carrier.take(
            {
              channel: 'whatsapp',
              to: [to],
              sender: originationPhoneNumberId,
              providerId: messageId,
              about: {},
              content: contentOf(message),
              links: [],
              envelope: {},
              // WhatsApp tells that a message was read, whatever it contains.
              isTracked: true,
            },
            behaviour,
          );
          return { messageId };
        },
      },
    ],
  });
}

function contentOf(message: WhatsAppMessage): MessageContent {
  if (message.type === 'text') return { kind: 'whatsapp', parameters: [], text: message.text.body };
  const { name, language, components } = message.template;
  const texts = (type: string) =>
    components
      .filter((component) => component.type === type)
      .flatMap(({ parameters }) => parameters.map(({ text }) => text));
  const [button] = texts('button');
  return {
    kind: 'whatsapp',
    template: name,
    language: language.code,
    parameters: texts('body'),
    ...(button === undefined ? {} : { button }),
  };
}

function decoded(message: string): unknown {
  try {
    return JSON.parse(Buffer.from(message, 'base64').toString());
  } catch {
    throw new ServiceError('InvalidParametersException', 'The message is not JSON.');
  }
}

function errorNamed(name: string): ServiceError {
  const [status, message] = ERRORS[name] ?? [400, name];
  return new ServiceError(name, message, status);
}
