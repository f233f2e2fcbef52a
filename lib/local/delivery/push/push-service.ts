// AWS End User Messaging Push: what is left of Amazon Pinpoint's interface. Only messages to addresses in the call itself.
// https://docs.aws.amazon.com/pinpoint/latest/apireference/apps-application-id-messages.html
import * as z from 'zod';
import { isObject } from '../../asl/json.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { refuseOptions } from '../../gateway/refused-options.ts';
import { restService, RestAnswer } from '../../gateway/rest-service.ts';
import type { Service } from '../../gateway/service.ts';
import { ServiceError } from '../../gateway/service-error.ts';
import type { Behaviour } from '../behaviours/behaviour.ts';
import type { Carrier, Refusals } from '../carrier.ts';
import { aboutKey } from '../about-tags.ts';
import { pushContent } from './push-content.ts';

export interface PushServiceOptions {
  readonly carrier: Carrier;
  readonly uniqueId: () => string;
}

/** The sandbox of APNs is the service for builds of the app that are still in development; it gets what APNs would. */
const CHANNELS = ['APNS', 'APNS_SANDBOX', 'GCM'] as const;

/**
 * Raw payloads only: what Pinpoint would make of Title and Body is not documented well enough to be shown as it looks. How urgent it is, and
 * which earlier one it takes the place of, makes no difference to how it looks.
 */
const serviceMessage = z.strictObject({
  RawContent: z.string(),
  Priority: z.string().optional(),
  TimeToLive: z.int().nonnegative().optional(),
  CollapseId: z.string().optional(),
  CollapseKey: z.string().optional(),
  APNSPushType: z.string().optional(),
});

const requestSchema = z.strictObject({
  Addresses: z
    .record(z.string().min(1), z.strictObject({ ChannelType: z.enum(CHANNELS) }))
    .refine((addresses) => Object.keys(addresses).length > 0, 'names nobody')
    // https://docs.aws.amazon.com/pinpoint/latest/developerguide/quotas.html
    .refine((addresses) => Object.keys(addresses).length <= 100, 'names more than 100'),
  MessageConfiguration: z.strictObject({
    APNSMessage: serviceMessage.optional(),
    GCMMessage: serviceMessage.optional(),
  }),
  TraceId: z.string().optional(),
  Context: z.record(z.string(), z.string()).optional(),
});
type PushRequest = z.output<typeof requestSchema>;

const FIELDS_NOT_HERE = [
  'Action',
  'Body',
  'Data',
  'Title',
  'Url',
  'SilentPush',
  'Substitutions',
  'MediaUrl',
  'ImageUrl',
];
const MESSAGES_NOT_HERE = [
  'ADMMessage',
  'BaiduMessage',
  'DefaultMessage',
  'DefaultPushNotificationMessage',
  'EmailMessage',
  'SMSMessage',
  'VoiceMessage',
];
const OVERRIDES_NOT_HERE = ['BodyOverride', 'Context', 'RawContent', 'Substitutions', 'TitleOverride'];

/** Throws NotImplemented. */
function refuseWhatIsNotHere(given: unknown): void {
  refuseOptions(given, ['Endpoints', 'TemplateConfiguration']);
  if (!isObject(given)) return;
  const { MessageConfiguration: messages, Addresses: addresses } = given;
  refuseOptions(messages, MESSAGES_NOT_HERE);
  for (const message of isObject(messages) ? Object.values(messages) : [])
    refuseOptions(message, FIELDS_NOT_HERE);
  for (const address of isObject(addresses) ? Object.values(addresses) : [])
    refuseOptions(address, OVERRIDES_NOT_HERE);
}

/** Both Apple and Google refuse more. */
const MOST_PAYLOAD_BYTES = 4096;

const ERRORS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  BadRequestException: [400, 'The request is not valid.'],
  ForbiddenException: [403, 'The application has no credentials for this service.'],
  NotFoundException: [404, 'Resource not found'],
  TooManyRequestsException: [429, 'Too many requests'],
  InternalServerErrorException: [500, 'An internal error.'],
};
export const PUSH_ERRORS: readonly string[] = Object.keys(ERRORS);

const REFUSALS: Refusals = {
  throttled: () => errorNamed('TooManyRequestsException'),
  named: (error = 'BadRequestException') => errorNamed(error),
};

export function pushService(options: PushServiceOptions): Service {
  return restService({
    signingName: 'mobiletargeting',
    title: 'AWS End User Messaging Push',
    routes: [
      {
        operation: 'SendMessages',
        method: 'POST',
        path: '/v1/apps/{ApplicationId}/messages',
        run: (call) => sendMessages(options, call.labels['ApplicationId'] ?? '', call.json()),
      },
    ],
  });
}

async function sendMessages({ carrier, uniqueId }: PushServiceOptions, application: string, given: unknown) {
  refuseWhatIsNotHere(given);
  const request = parseInput(requestSchema, given, 'BadRequestException');
  const tokens = Object.entries(request.Addresses);
  const asked = tokens.map(([token, { ChannelType }]) => ({
    token,
    raw: rawContent(request, ChannelType),
    behaviour: carrier.ask('push', token, REFUSALS),
  }));
  const results: Record<string, object> = {};
  await Promise.all(
    asked.map(async ({ token, raw, behaviour }) => {
      const failure = failureOf(behaviour);
      const MessageId = uniqueId();
      results[token] = failure ?? {
        DeliveryStatus: 'SUCCESSFUL',
        StatusCode: 200,
        StatusMessage: `MessageId: ${MessageId}`,
        MessageId,
      };
      if (failure !== undefined) return;
      const content = pushContent(raw);
      await carrier.take(
        {
          channel: 'push',
          to: [token],
          sender: application,
          providerId: MessageId,
          about: aboutKey(content.data['wendSend']),
          content,
          links: content.link === undefined ? [] : [content.link],
          envelope: {},
          // By the app.
          isTracked: true,
        },
        behaviour,
      );
    }),
  );
  // The answer is the body itself, without a member around it.
  return new RestAnswer({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ApplicationId: application, RequestId: uniqueId(), Result: results }),
  });
}

/** A token that is gone is told in the answer, and nowhere else. */
function failureOf(behaviour: Behaviour | undefined): object | undefined {
  if (behaviour?.does !== 'bounce') return undefined;
  return behaviour.type === 'permanent'
    ? {
        DeliveryStatus: 'PERMANENT_FAILURE',
        StatusCode: 410,
        StatusMessage: 'Unregistered or expired token',
      }
    : {
        DeliveryStatus: 'TEMPORARY_FAILURE',
        StatusCode: 503,
        StatusMessage: 'The service is not available',
      };
}

function rawContent({ MessageConfiguration }: PushRequest, channel: (typeof CHANNELS)[number]): string {
  const name = channel === 'GCM' ? 'GCMMessage' : 'APNSMessage';
  const raw = MessageConfiguration[name]?.RawContent;
  if (raw === undefined)
    throw new ServiceError('BadRequestException', `MessageConfiguration has no ${name}.`);
  if (Buffer.byteLength(raw) > MOST_PAYLOAD_BYTES)
    throw new ServiceError(
      'PayloadTooLargeException',
      `${name} has more than ${MOST_PAYLOAD_BYTES} bytes.`,
      413,
    );
  return raw;
}

function errorNamed(name: string): ServiceError {
  const [status, message] = ERRORS[name] ?? [400, name];
  return new ServiceError(name, message, status, { Message: message });
}
