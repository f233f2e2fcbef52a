// What the errors of every client mean: the whole list of each service, and what can happen to a connection.
import * as pinpoint from '@aws-sdk/client-pinpoint';
import * as sms from '@aws-sdk/client-pinpoint-sms-voice-v2';
import * as sesv2 from '@aws-sdk/client-sesv2';
import * as social from '@aws-sdk/client-socialmessaging';
import { describe, expect, it } from 'vitest';
import { createEmail } from '#lib/adapters/aws/delivery/email.ts';
import { createPush } from '#lib/adapters/aws/delivery/push.ts';
import { createSms } from '#lib/adapters/aws/delivery/sms.ts';
import { createWhatsApp } from '#lib/adapters/aws/delivery/whatsapp.ts';
import type { ChannelSender } from '#lib/adapters/aws/delivery/channel-sender.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { ProviderAnswer, RenderedMessage } from '#lib/engine/ports.ts';
import { outgoing } from './outgoing.ts';

/** An address and a text that must not come back in any reason. */
const ADDRESS = 'ana@example.com';
const PHONE = '+4915112345678';

function failing(error: unknown) {
  return {
    send: async () => {
      throw error;
    },
  };
}

const CHANNELS: Readonly<
  Record<
    string,
    { channel: Channel; rendered: Partial<RenderedMessage>; sender: (error: unknown) => ChannelSender }
  >
> = {
  SES: {
    channel: 'email',
    rendered: { to: [ADDRESS], subject: 'Hello' },
    sender: (error) =>
      createEmail({
        client: failing(error),
        deployment: 'wend-test',
        configurationSet: 'wend-test',
        senders: () => ({ from: 'hello@shop.example' }),
      }),
  },
  SMS: {
    channel: 'sms',
    rendered: { to: [PHONE], text: 'Hello' },
    sender: (error) =>
      createSms({ client: failing(error), deployment: 'wend-test', senders: () => ({ sender: 'SHOP' }) }),
  },
  push: {
    channel: 'push',
    rendered: { to: ['token:1'], content: { title: 'Hello', body: 'There' } },
    sender: (error) => createPush({ client: failing(error), senders: () => ({ application: 'app-1' }) }),
  },
  WhatsApp: {
    channel: 'whatsapp',
    rendered: { to: [PHONE], content: { template: 'hello', language: 'en' } },
    sender: (error) => createWhatsApp({ client: failing(error), senders: () => ({ sender: 'id' }) }),
  },
};

async function answerTo(provider: string, error: unknown): Promise<ProviderAnswer> {
  const { channel, rendered, sender } = CHANNELS[provider] ?? {};
  if (channel === undefined || rendered === undefined || sender === undefined) throw new Error(provider);
  return sender(error)(outgoing(channel, rendered));
}

/** An error as the SDK makes it, with a message that quotes the recipient, as services do. */
function serviceError(name: string, more: object = {}): Error {
  return Object.assign(new Error(`${ADDRESS} ${PHONE} is not verified`), { name, $fault: 'client', ...more });
}

const MEANINGS: Readonly<Record<string, Readonly<Record<string, ProviderAnswer['kind'] | 'throttled'>>>> = {
  SES: {
    AccountSuspendedException: 'refused',
    BadRequestException: 'refused',
    MessageRejected: 'refused',
    LimitExceededException: 'try later',
    MailFromDomainNotVerifiedException: 'try later',
    NotFoundException: 'try later',
    SendingPausedException: 'try later',
    TooManyRequestsException: 'throttled',
    InternalServiceErrorException: 'unknown',
  },
  SMS: {
    ConflictException: 'refused',
    ValidationException: 'refused',
    AccessDeniedException: 'try later',
    ResourceNotFoundException: 'try later',
    ServiceQuotaExceededException: 'try later',
    ThrottlingException: 'throttled',
    InternalServerException: 'unknown',
  },
  push: {
    BadRequestException: 'refused',
    MethodNotAllowedException: 'refused',
    PayloadTooLargeException: 'refused',
    ForbiddenException: 'try later',
    NotFoundException: 'try later',
    TooManyRequestsException: 'throttled',
    InternalServerErrorException: 'unknown',
  },
  WhatsApp: {
    InvalidParametersException: 'refused',
    ValidationException: 'refused',
    AccessDeniedByMetaException: 'try later',
    AccessDeniedException: 'try later',
    LimitExceededException: 'try later',
    ResourceNotFoundException: 'try later',
    ThrottledRequestException: 'throttled',
    DependencyException: 'unknown',
    InternalServiceException: 'unknown',
  },
};

describe.each(Object.keys(MEANINGS))('%s', (provider) => {
  it.each(Object.entries(MEANINGS[provider] ?? {}))('%s: %s', async (name, kind) => {
    const answer = await answerTo(provider, serviceError(name));
    const reason = `${provider}: ${name}`;
    // Only this slows the channel down: that of others is mended otherwise.
    expect(answer).toEqual(
      kind === 'throttled' ? { kind: 'try later', reason, throttled: true } : { kind, reason },
    );
  });

  it.each<[string, object, ProviderAnswer['kind']]>([
    ['nobody answers in time', { name: 'TimeoutError' }, 'unknown'],
    [
      'the connection breaks while it waits',
      { name: 'TimeoutError', code: 'ECONNRESET', syscall: 'read' },
      'unknown',
    ],
    [
      'the connection breaks while it writes',
      { name: 'TimeoutError', code: 'EPIPE', syscall: 'write' },
      'unknown',
    ],
    ['the host cannot be found', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'try later'],
    ['the host refuses', { code: 'ECONNREFUSED', syscall: 'connect' }, 'try later'],
    [
      'there is no way to the host',
      { name: 'TimeoutError', code: 'ETIMEDOUT', syscall: 'connect' },
      'try later',
    ],
    ['the function has no credentials', { name: 'CredentialsProviderError' }, 'try later'],
    ['an error that nobody knows', { name: 'SomethingNew' }, 'unknown'],
    ['an error whose name is a value', { name: ADDRESS }, 'unknown'],
  ])('%s', async (_, error, kind) => {
    const answer = await answerTo(provider, Object.assign(new Error(ADDRESS), error));
    expect(answer.kind).toBe(kind);
  });

  it('no reason quotes who was written to, whatever is thrown', async () => {
    const names = Object.keys(MEANINGS[provider] ?? {});
    const errors = [
      ...names.map((name) => serviceError(name)),
      serviceError(ADDRESS),
      ADDRESS,
      { name: PHONE },
    ];
    for (const error of errors) {
      const text = JSON.stringify(await answerTo(provider, error));
      expect(text).not.toContain(ADDRESS);
      expect(text).not.toContain(PHONE);
    }
  });
});

it('the tables know every error that the services name for this call', () => {
  // What other calls of the services answer with, and the call itself never does.
  const others: Readonly<Record<string, readonly string[]>> = {
    SES: [
      'AlreadyExistsException',
      'ConcurrentModificationException',
      'ConflictException',
      'InvalidNextTokenException',
    ],
    push: ['ConflictException'],
  };
  const clients = { SES: sesv2, SMS: sms, push: pinpoint, WhatsApp: social };
  for (const [provider, client] of Object.entries(clients)) {
    const named = Object.values<unknown>({ ...client })
      .filter((one): one is new () => Error => typeof one === 'function' && one.prototype instanceof Error)
      .map((one) => one.name)
      // Without the base class of the service.
      .filter((name) => !name.endsWith('ServiceException') || name.startsWith('Internal'));
    const known = [...Object.keys(MEANINGS[provider] ?? {}), ...(others[provider] ?? [])];
    expect(known.toSorted()).toEqual(named.toSorted());
  }
});

it.each([
  // Of the recipient, the text or the country: the same again would be answered the same.
  ['ConflictException', 'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION', 'refused'],
  ['ConflictException', 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE', 'refused'],
  ['ConflictException', 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED', 'refused'],
  ['ValidationException', 'CANNOT_PARSE', 'refused'],
  ['ValidationException', 'COUNTRY_NOT_ENABLED', 'refused'],
  ['ValidationException', 'DESTINATION_COUNTRY_BLOCKED', 'refused'],
  ['ValidationException', 'FIELD_VALIDATION_FAILED', 'refused'],
  ['ValidationException', 'INTERNATIONAL_SENDING_NOT_SUPPORTED', 'refused'],
  ['ValidationException', 'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY', 'refused'],
  ['ValidationException', 'INVALID_PARAMETER', 'refused'],
  ['ValidationException', 'MAXIMUM_SIZE_EXCEEDED', 'refused'],
  ['ValidationException', 'PRICE_OVER_THRESHOLD', 'refused'],
  ['ValidationException', 'SENDER_ID_NOT_SUPPORTED', 'refused'],
  // Of the setup, which is mended while the message waits.
  ['ConflictException', 'MESSAGE_TYPE_MISMATCH', 'try later'],
  ['ConflictException', 'NO_ORIGINATION_IDENTITIES_FOUND', 'try later'],
  ['ConflictException', 'NUMBER_CAPABILITIES_MISMATCH', 'try later'],
  ['ConflictException', 'REGISTRATION_NOT_COMPLETE', 'try later'],
  ['ConflictException', 'RESOURCE_NOT_ACTIVE', 'try later'],
  ['ValidationException', 'RESOURCE_NOT_ACCESSIBLE', 'try later'],
  ['ValidationException', 'SENDER_ID_NOT_REGISTERED', 'try later'],
  ['ValidationException', 'SENDER_ID_REQUIRES_REGISTRATION', 'try later'],
  ['AccessDeniedException', 'ACCOUNT_DISABLED', 'try later'],
  ['AccessDeniedException', 'INSUFFICIENT_ACCOUNT_REPUTATION', 'try later'],
  ['ServiceQuotaExceededException', 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT', 'try later'],
])('SMS: %s because of %s: %s', async (name, Reason, kind) => {
  expect(await answerTo('SMS', serviceError(name, { Reason }))).toEqual({
    kind,
    reason: `SMS: ${name} ${Reason}`,
  });
});

it('a number that has opted out is refused by name; a sender that is not ready yet is waited for', async () => {
  expect(
    await answerTo(
      'SMS',
      serviceError('ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }),
    ),
  ).toEqual({
    kind: 'refused',
    reason: 'SMS: ConflictException DESTINATION_PHONE_NUMBER_OPTED_OUT',
    learned: { optedOut: true },
  });
  expect(
    await answerTo('SMS', serviceError('ConflictException', { Reason: 'RESOURCE_NOT_ACTIVE' })),
  ).toMatchObject({
    kind: 'try later',
  });
});
