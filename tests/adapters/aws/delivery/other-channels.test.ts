// What is sent for text messages, push, WhatsApp and in-app messages, and what their answers mean.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  PinpointClient,
  SendMessagesCommand,
  type DeliveryStatus,
  type MessageResult,
} from '@aws-sdk/client-pinpoint';
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { SendWhatsAppMessageCommand, SocialMessagingClient } from '@aws-sdk/client-socialmessaging';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createInApp } from '#lib/adapters/aws/delivery/inapp.ts';
import { createPush } from '#lib/adapters/aws/delivery/push.ts';
import { createSms } from '#lib/adapters/aws/delivery/sms.ts';
import { createWhatsApp } from '#lib/adapters/aws/delivery/whatsapp.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import { SEND, SENT, outgoing } from './outgoing.ts';

const region = 'eu-central-1';

describe('a text message', () => {
  const sms = mockClient(PinpointSMSVoiceV2Client);
  afterAll(() => sms.restore());
  const send = createSms({
    client: new PinpointSMSVoiceV2Client({ region }),
    deployment: 'wend-production',
    senders: (name) => (name === 'default' ? { sender: 'SHOP' } : undefined),
  });
  beforeEach(() => {
    sms.reset();
    sms.on(SendTextMessageCommand).resolves({ MessageId: 'sms-1' });
  });

  it.each([
    ['marketing', 'PROMOTIONAL'],
    ['transactional', 'TRANSACTIONAL'],
  ] as const)('of the class %s is of the type %s, and its context is ids', async (messageClass, type) => {
    const message = outgoing('sms', { to: ['+4915112345678'], text: 'Hello' }, messageClass);
    expect(await send(message)).toEqual({ kind: 'accepted', id: 'sms-1' });
    expect(sms.calls().map((call) => call.args[0].input)).toEqual([
      {
        DestinationPhoneNumber: '+4915112345678',
        OriginationIdentity: 'SHOP',
        MessageBody: 'Hello',
        MessageType: type,
        Context: { deployment: 'wend-production', customer: SENT.customer, send: SEND },
      },
    ]);
  });

  describe('to countries', () => {
    const abroad = createSms({
      client: new PinpointSMSVoiceV2Client({ region }),
      deployment: 'wend-production',
      senders: () => ({
        sender: 'SHOP',
        maxPrice: '0.25',
        countries: {
          US: { sender: '+12065550100' },
          IN: {
            sender: 'SHOPIN',
            entityId: '1101450000000000001',
            templates: { 'cart-reminder': '1107160000000000001', 'cart-reminder.hi': '1107160000000000002' },
          },
        },
      }),
    });
    async function sentTo(to: string, locale = 'en') {
      const answer = await abroad(outgoing('sms', { to: [to], text: 'Hello', locale }));
      return { answer, input: sms.commandCalls(SendTextMessageCommand)[0]?.args[0].input };
    }

    it.each([
      ['one with a number of its own', '+12065550123', '+12065550100'],
      ['its neighbour with the same prefix', '+16135550123', 'SHOP'],
      ['one that is not named', '+4915112345678', 'SHOP'],
      ['one that does not exist', '+9991234567', 'SHOP'],
    ])('%s', async (_, to, identity) => {
      const { input } = await sentTo(to);
      expect(input).toMatchObject({ OriginationIdentity: identity, MaxPrice: '0.25' });
      expect(input).not.toHaveProperty('DestinationCountryParameters');
    });

    it.each([
      ['en', '1107160000000000001'],
      ['hi', '1107160000000000002'],
    ])('India, in "%s": with the ids of company and text in its registry', async (locale, template) => {
      const { input } = await sentTo('+919876543210', locale);
      expect(input).toMatchObject({
        OriginationIdentity: 'SHOPIN',
        DestinationCountryParameters: { IN_ENTITY_ID: '1101450000000000001', IN_TEMPLATE_ID: template },
      });
    });

    it('India, a text that is not registered: refused before anything is sent', async () => {
      const message = outgoing('sms', { to: ['+919876543210'], text: 'Hello' });
      const other = { ...message, sent: { ...message.sent, message: 'sale' } };
      expect(await abroad(other)).toEqual({
        kind: 'refused',
        reason: 'the settings name no template for this text in IN',
      });
      expect(sms.calls()).toHaveLength(0);
    });
  });

  it('without a sender in settings is refused before anything is sent', async () => {
    const message = outgoing('sms', { to: ['+4915112345678'], text: 'Hello', sender: 'orders' });
    expect(await send(message)).toMatchObject({ kind: 'refused' });
    expect(sms.calls()).toHaveLength(0);
  });
});

describe('a push notification', () => {
  const pinpoint = mockClient(PinpointClient);
  afterAll(() => pinpoint.restore());
  const send = createPush({
    client: new PinpointClient({ region }),
    senders: () => ({ application: 'app-1' }),
  });
  const APPLE = 'ab'.repeat(32);
  const GOOGLE = 'cXy:APA91b-x_y';
  const content = {
    title: 'Hello',
    body: 'There "you" are',
    link: 'shop://cart',
    image: 'https://shop.example/a.png',
    data: { cart: '7', wendSend: 'of somebody else' },
  };

  function answers(statuses: Readonly<Record<string, DeliveryStatus>>) {
    const results = Object.entries(statuses).map(([token, DeliveryStatus]) => [
      token,
      { DeliveryStatus, StatusCode: 200, MessageId: `m-${token.slice(0, 2)}` },
    ]);
    pinpoint
      .on(SendMessagesCommand)
      .resolves({ MessageResponse: { ApplicationId: 'app-1', Result: Object.fromEntries(results) } });
  }
  beforeEach(() => pinpoint.reset());

  it('goes to all devices in one call, each by its own service, with the key that the app reports openings by', async () => {
    answers({ [APPLE]: 'SUCCESSFUL', [GOOGLE]: 'SUCCESSFUL' });
    expect(await send(outgoing('push', { to: [APPLE, GOOGLE], content }))).toMatchObject({
      kind: 'accepted',
    });
    const [call] = pinpoint.commandCalls(SendMessagesCommand);
    const { ApplicationId, MessageRequest } = call?.args[0].input ?? {};
    expect(ApplicationId).toBe('app-1');
    expect(MessageRequest?.Addresses).toEqual({
      [APPLE]: { ChannelType: 'APNS' },
      [GOOGLE]: { ChannelType: 'GCM' },
    });
    const { APNSMessage, GCMMessage } = MessageRequest?.MessageConfiguration ?? {};
    const forTheApp = { cart: '7', wendSend: SEND, link: 'shop://cart', image: 'https://shop.example/a.png' };
    expect(JSON.parse(APNSMessage?.RawContent ?? '')).toEqual({
      aps: {
        alert: { title: 'Hello', body: 'There "you" are' },
        'content-available': 0,
        'mutable-content': 1,
      },
      ...forTheApp,
    });
    expect(JSON.parse(GCMMessage?.RawContent ?? '')).toEqual({
      fcmV1Message: {
        message: {
          notification: {
            title: 'Hello',
            body: 'There "you" are',
            image: 'https://shop.example/a.png',
          },
          data: forTheApp,
        },
      },
    });
  });

  it.each<[string, Readonly<Record<string, DeliveryStatus>>, string]>([
    ['one device has taken it', { [APPLE]: 'PERMANENT_FAILURE', [GOOGLE]: 'SUCCESSFUL' }, 'accepted'],
    ['all tokens are dead', { [APPLE]: 'PERMANENT_FAILURE', [GOOGLE]: 'OPT_OUT' }, 'refused'],
    [
      'one token is dead, one is throttled',
      { [APPLE]: 'PERMANENT_FAILURE', [GOOGLE]: 'THROTTLED' },
      'try later',
    ],
    ['the service is busy', { [APPLE]: 'TEMPORARY_FAILURE', [GOOGLE]: 'DUPLICATE' }, 'try later'],
    ['nobody knows of one', { [APPLE]: 'THROTTLED', [GOOGLE]: 'UNKNOWN_FAILURE' }, 'unknown'],
    ['nothing is said of one', { [APPLE]: 'THROTTLED' }, 'unknown'],
  ])('%s', async (_, statuses, kind) => {
    answers(statuses);
    const answer = await send(outgoing('push', { to: [APPLE, GOOGLE], content }));
    expect(answer.kind).toBe(kind);
    // A doubt is none to be slowed down for: some device may have it.
    const isThrottled = kind === 'try later' && Object.values(statuses).includes('THROTTLED');
    expect('throttled' in answer).toBe(isThrottled);
    expect(JSON.stringify(answer)).not.toContain(GOOGLE);
  });

  it('of a development build goes to the sandbox of APNs', async () => {
    answers({});
    const sandboxed = createPush({
      client: new PinpointClient({ region }),
      senders: () => ({ application: 'app-1', sandbox: true }),
    });
    await sandboxed(outgoing('push', { to: [APPLE, GOOGLE], content }));
    expect(pinpoint.commandCalls(SendMessagesCommand)[0]?.args[0].input.MessageRequest?.Addresses).toEqual({
      [APPLE]: { ChannelType: 'APNS_SANDBOX' },
      [GOOGLE]: { ChannelType: 'GCM' },
    });
  });

  it.each<[string, Partial<MessageResult>, object | undefined]>([
    ['is no more, by status', { StatusCode: 410, StatusMessage: '' }, { dead: [APPLE] }],
    [
      'is no more, by its words',
      { StatusCode: 400, StatusMessage: '{"errorMessage":"BadDeviceToken"}' },
      { dead: [APPLE] },
    ],
    [
      'could not be written to: credentials have expired',
      { StatusCode: 403, StatusMessage: 'InvalidProviderToken' },
      undefined,
    ],
    ['could not be written to: nobody says why', { StatusCode: 400 }, undefined],
  ])('says of a token that %s, and the others are kept', async (_, result, learned) => {
    pinpoint.on(SendMessagesCommand).resolves({
      MessageResponse: {
        ApplicationId: 'app-1',
        Result: {
          [APPLE]: { DeliveryStatus: 'PERMANENT_FAILURE', StatusCode: 400, ...result },
          [GOOGLE]: { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200, MessageId: 'm' },
        },
      },
    });
    const answer = await send(outgoing('push', { to: [APPLE, GOOGLE], content }));
    expect(answer.kind).toBe('accepted');
    expect(answer.learned).toEqual(learned);
  });

  it('says which token has taken the place of another', async () => {
    pinpoint.on(SendMessagesCommand).resolves({
      MessageResponse: {
        ApplicationId: 'app-1',
        Result: { [GOOGLE]: { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200, UpdatedToken: 'new:1' } },
      },
    });
    const answer = await send(outgoing('push', { to: [GOOGLE], content }));
    expect(answer.learned?.replaced).toEqual(new Map([[GOOGLE, 'new:1']]));
  });

  it('of a customer with very many devices goes to the newest hundred', async () => {
    answers({});
    const to = Array.from({ length: 130 }, (_, index) => `token:${index}`);
    await send(outgoing('push', { to, content }));
    const addresses = pinpoint.commandCalls(SendMessagesCommand)[0]?.args[0].input.MessageRequest?.Addresses;
    expect(Object.keys(addresses ?? {})).toEqual(to.slice(30));
  });
});

describe('a WhatsApp message', () => {
  const social = mockClient(SocialMessagingClient);
  afterAll(() => social.restore());
  const send = createWhatsApp({
    client: new SocialMessagingClient({ region }),
    senders: () => ({ sender: 'phone-number-id-1' }),
  });
  beforeEach(() => {
    social.reset();
    social.on(SendWhatsAppMessageCommand).resolves({ messageId: 'wa-1' });
  });

  function sentMessage(): unknown {
    const input = social.commandCalls(SendWhatsAppMessageCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      originationPhoneNumberId: 'phone-number-id-1',
      metaApiVersion: expect.stringMatching(/^v\d+\.0$/),
    });
    return JSON.parse(new TextDecoder().decode(input?.message));
  }

  it('fills the placeholders and the button of an approved template', async () => {
    const content = {
      template: 'back_in_stock',
      language: 'en_GB',
      parameters: ['Lamp', 'Ana'],
      button: 'p/7',
      preview: 'not sent',
    };
    expect(await send(outgoing('whatsapp', { to: ['+4915112345678'], content }))).toEqual({
      kind: 'accepted',
      id: 'wa-1',
    });
    expect(sentMessage()).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+4915112345678',
      type: 'template',
      template: {
        name: 'back_in_stock',
        language: { code: 'en_GB' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Lamp' },
              { type: 'text', text: 'Ana' },
            ],
          },
          { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'p/7' }] },
        ],
      },
    });
  });

  it('of a template without placeholders has no components: Meta refuses empty ones', async () => {
    await send(outgoing('whatsapp', { to: ['+49'], content: { template: 'hello', language: 'de' } }));
    expect(sentMessage()).toMatchObject({ template: { name: 'hello', language: { code: 'de' } } });
    expect(sentMessage()).not.toHaveProperty('template.components');
  });
});

describe('an in-app message', () => {
  // This client only: files of tests share the class, and other tests reach a real table by it.
  const client = new DynamoDBClient({ region });
  const dynamodb = mockClient(client);
  afterAll(() => dynamodb.restore());
  const now = parseInstant('2026-11-22T10:00:00Z');
  if (now === undefined) throw new Error('no instant');
  const send = createInApp({
    table: { client, name: 'wend-production-profiles' },
    clock: { now: () => now },
  });
  beforeEach(() => dynamodb.reset());

  it('waits beside the customer for a month, once however often it is tried', async () => {
    dynamodb.on(PutItemCommand).resolves({});
    const message = outgoing('inapp', { to: [SENT.customer], content: { title: 'Hello', body: 'There' } });
    expect(await send(message)).toMatchObject({ kind: 'accepted' });
    expect(await send(message)).toMatchObject({ kind: 'accepted' });
    const [first, second] = dynamodb.commandCalls(PutItemCommand).map((call) => call.args[0].input);
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      TableName: 'wend-production-profiles',
      Item: {
        pk: { S: `C#${SENT.customer}` },
        sk: { S: `A#${SEND}` },
        expires: { N: String(Date.parse('2026-12-22T10:00:00Z') / 1000) },
        content: { S: '{"title":"Hello","body":"There"}' },
      },
    });
  });

  it('that the table has not taken is tried again', async () => {
    dynamodb.on(PutItemCommand).rejects(Object.assign(new Error('slow'), { name: 'TimeoutError' }));
    expect(await send(outgoing('inapp', { content: {} }))).toEqual({
      kind: 'try later',
      reason: 'in-app: TimeoutError',
    });
  });
});
