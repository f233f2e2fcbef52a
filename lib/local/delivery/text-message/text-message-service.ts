// AWS End User Messaging SMS: sending text messages, and the list of those who want none.
// https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/Welcome.html
import * as z from 'zod';
import { isObject } from '../../asl/json.ts';
import { jsonService } from '../../gateway/json-service.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { refuseOptions } from '../../gateway/refused-options.ts';
import type { Service } from '../../gateway/service.ts';
import { ServiceError } from '../../gateway/service-error.ts';
import type { Place } from '../../place.ts';
import { aboutKey } from '../about-tags.ts';
import type { Carrier, Refusals } from '../carrier.ts';
import type { About } from '../outbox/outbox-message.ts';
import { DEFAULT_LIST, type OptedOutNumber, type OptOutList } from './opt-out-lists.ts';
import { segmentsOf } from './segments.ts';
import { simulatedFate } from './simulated-numbers.ts';
import { textMessageEnvelope } from './text-message-events.ts';

export interface TextMessageServiceOptions {
  readonly carrier: Carrier;
  readonly optedOut: OptOutList;
  readonly place: Place;
  readonly now: () => number;
  readonly uniqueId: () => string;
}

const phoneNumber = z.string().regex(/^\+[1-9]\d{1,14}$/, 'is no number in the form E.164');

/** https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html */
const sendSchema = z.strictObject({
  DestinationPhoneNumber: phoneNumber,
  OriginationIdentity: z.string().min(1).max(256),
  MessageBody: z.string().min(1).max(1600),
  MessageType: z.enum(['PROMOTIONAL', 'TRANSACTIONAL']).default('TRANSACTIONAL'),
  /** Nothing is charged, and there are no carriers that would ask for a registration. */
  MaxPrice: z.string().max(8).optional(),
  DestinationCountryParameters: z.record(z.string(), z.string()).optional(),
  Context: z.record(z.string().max(100), z.string().max(800)).default({}),
  DryRun: z.boolean().default(false),
});

const refuse = (
  name: string,
  message: string,
  status = 400,
  members: Readonly<Record<string, unknown>> = {},
) => new ServiceError(name, message, status, members);

/** Errors of SendTextMessage that can be set, with the reason that is most often theirs. */
const ERRORS: Readonly<Record<string, () => ServiceError>> = {
  ValidationException: () =>
    refuse('ValidationException', 'The message cannot be sent.', 400, {
      Reason: 'DESTINATION_COUNTRY_BLOCKED',
    }),
  ConflictException: () =>
    refuse('ConflictException', 'The sender is not active.', 409, { Reason: 'RESOURCE_NOT_ACTIVE' }),
  AccessDeniedException: () => refuse('AccessDeniedException', 'The account is disabled.'),
  InternalServerException: () => refuse('InternalServerException', 'An internal error.', 500),
  ResourceNotFoundException: () =>
    refuse('ResourceNotFoundException', 'The sender does not exist.', 400, { ResourceType: 'sender-id' }),
  ServiceQuotaExceededException: () =>
    refuse('ServiceQuotaExceededException', 'The spending limit is reached.', 400, {
      Reason: 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT',
    }),
  ThrottlingException: () => refuse('ThrottlingException', 'Rate exceeded', 429),
};

/** Names that can be given to the behaviour `refuse` of text messages. */
export const TEXT_MESSAGE_ERRORS: readonly string[] = Object.keys(ERRORS);

const REFUSALS: Refusals = {
  throttled: () => refuse('ThrottlingException', 'Rate exceeded', 429),
  named: (error = 'ValidationException') => ERRORS[error]?.() ?? refuse(error, error),
};

/** Configuration sets, two-way numbers and what holds a message back for long. */
const NOT_HERE = [
  'ConfigurationSetName',
  'Keyword',
  'TimeToLive',
  'ProtectConfigurationId',
  'MessageFeedbackEnabled',
];

export function textMessageService(options: TextMessageServiceOptions): Service {
  return jsonService({
    signingName: 'sms-voice',
    title: 'AWS End User Messaging SMS',
    targetPrefix: 'PinpointSMSVoiceV2',
    version: '1.0',
    operations: {
      SendTextMessage: (input) => sendTextMessage(options, input),
      ...optOutOperations(options),
    },
  });
}

async function sendTextMessage(
  { carrier, optedOut, uniqueId }: TextMessageServiceOptions,
  given: unknown,
): Promise<{ MessageId: string }> {
  refuseOptions(given, NOT_HERE);
  // Of those that an account has AWS would choose one.
  if (isObject(given) && given['OriginationIdentity'] === undefined)
    throw refuse('NotImplemented', 'The local cloud sends no text message without OriginationIdentity.', 501);
  const input = parsed(sendSchema, given);
  const { DestinationPhoneNumber: to, MessageBody: text, MessageType: type } = input;
  const behaviour = carrier.ask('sms', to, REFUSALS);
  if (optedOut.find(to) !== undefined)
    throw refuse('ConflictException', 'Destination phone number is opted out.', 409, {
      Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT',
      ResourceType: 'opted-out-number',
      ResourceId: to,
    });
  const MessageId = uniqueId();
  if (input.DryRun) return { MessageId };
  const { encoding, parts } = segmentsOf(text);
  await carrier.take(
    {
      channel: 'sms',
      to: [to],
      sender: input.OriginationIdentity,
      providerId: MessageId,
      about: aboutContext(input.Context),
      content: { kind: 'sms', text, encoding, parts, type },
      links: Array.from(text.matchAll(/https?:\/\/[^\s<>"']+/gi), ([link]) => link),
      envelope: textMessageEnvelope({ type, encoding, parts: parts.length }),
      isTracked: false,
    },
    behaviour,
    behaviour === undefined ? simulatedFate(to) : undefined,
  );
  return { MessageId };
}

/** What this system writes there: ids alone. */
function aboutContext({ deployment, customer, send }: Readonly<Record<string, string>>): About {
  return {
    ...(deployment === undefined ? {} : { deployment }),
    ...(customer === undefined ? {} : { customer }),
    ...aboutKey(send),
  };
}

const listSchema = z.strictObject({
  OptOutListName: z.string().min(1).max(256),
  OptedOutNumber: phoneNumber,
});

const describeSchema = z.strictObject({
  OptOutListName: z.string().min(1).max(256),
  OptedOutNumbers: z.array(phoneNumber).max(5).optional(),
  NextToken: z.string().regex(/^\d+$/).optional(),
  MaxResults: z.int().min(1).max(100).default(100),
});

function optedOutNumber({ number, at, byThemselves }: OptedOutNumber) {
  return { OptedOutNumber: number, OptedOutTimestamp: at / 1000, EndUserOptedOut: byThemselves };
}

function missing(number: string): ServiceError {
  return refuse('ResourceNotFoundException', `Resource not found: ${number}`, 400, {
    ResourceType: 'opted-out-number',
    ResourceId: number,
  });
}

function optOutOperations({ optedOut, place, now }: TextMessageServiceOptions) {
  const arn = `arn:${place.partition}:sms-voice:${place.region}:${place.account}:opt-out-list/${DEFAULT_LIST}`;
  const checkList = (name: string): void => {
    if (name !== DEFAULT_LIST && name !== arn)
      throw refuse('ResourceNotFoundException', `Resource not found: ${name}`, 400, {
        ResourceType: 'opt-out-list',
        ResourceId: name,
      });
  };
  const list = { OptOutListArn: arn, OptOutListName: DEFAULT_LIST };
  return {
    PutOptedOutNumber: (input: unknown) => {
      const { OptOutListName, OptedOutNumber: number } = parsed(listSchema, input);
      checkList(OptOutListName);
      const entry = optedOut.find(number) ?? { number, at: now(), byThemselves: false };
      optedOut.put(entry);
      return { ...list, ...optedOutNumber(entry) };
    },
    DeleteOptedOutNumber: (input: unknown) => {
      const { OptOutListName, OptedOutNumber: number } = parsed(listSchema, input);
      checkList(OptOutListName);
      const entry = optedOut.find(number);
      if (entry === undefined) throw missing(number);
      optedOut.remove(number);
      return { ...list, ...optedOutNumber(entry) };
    },
    DescribeOptedOutNumbers: (input: unknown) => {
      refuseOptions(input, ['Filters']);
      const { OptOutListName, OptedOutNumbers, NextToken, MaxResults } = parsed(describeSchema, input);
      checkList(OptOutListName);
      const wanted =
        OptedOutNumbers?.map((number) => {
          const entry = optedOut.find(number);
          if (entry === undefined) throw missing(number);
          return entry;
        }) ?? optedOut.all();
      const from = Number(NextToken ?? 0);
      const next = from + MaxResults;
      return {
        ...list,
        OptedOutNumbers: wanted.slice(from, next).map(optedOutNumber),
        ...(next < wanted.length ? { NextToken: String(next) } : {}),
      };
    },
  };
}

/** As parseInput, with the reason that this service gives. */
function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  try {
    return parseInput(schema, input);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.name !== 'ValidationException') throw error;
    throw refuse(error.name, error.message, error.status, { Reason: 'INVALID_PARAMETER' });
  }
}
