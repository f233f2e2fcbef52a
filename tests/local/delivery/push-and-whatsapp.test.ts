// Push notifications and WhatsApp messages through the SDK's clients.
import { SendMessagesCommand, type SendMessagesCommandInput } from '@aws-sdk/client-pinpoint';
import { SendWhatsAppMessageCommand } from '@aws-sdk/client-socialmessaging';
import { describe, expect, it } from 'vitest';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { asOnTheBus, SENT } from './as-on-the-bus.ts';
import type { ApplicationReport } from '#lib/local/delivery/reactions/application-report.ts';
import { openDelivery } from './delivery-fixture.ts';

const APPLE = 'ab'.repeat(32);

function push(...tokens: string[]): SendMessagesCommand {
  const data = { wendSend: `${SENT.run}/${SENT.step}/1`, link: 'https://kestrel-lane.example/p' };
  return new SendMessagesCommand({
    ApplicationId: 'app-1',
    MessageRequest: {
      Addresses: Object.fromEntries(
        tokens.map((token) => [token, { ChannelType: token === APPLE ? 'APNS' : 'GCM' }]),
      ),
      MessageConfiguration: {
        APNSMessage: {
          RawContent: JSON.stringify({ ...data, aps: { alert: { title: 'Back', body: 'It is back' } } }),
        },
        GCMMessage: {
          RawContent: JSON.stringify({
            fcmV1Message: { message: { notification: { title: 'Back', body: 'It is back' }, data } },
          }),
        },
      },
    },
  });
}

describe('a push notification', () => {
  it('is answered for each token, and looks the same on both platforms', async () => {
    const { push: client, delivery } = await openDelivery({
      whoRuns: (run) => (run === SENT.run ? { customer: SENT.customer, journey: SENT.journey } : undefined),
    });
    delivery.behaviours.set({
      channel: 'push',
      recipient: 'dead',
      behaviour: { does: 'bounce', type: 'permanent' },
    });
    const { MessageResponse } = await client.send(push(APPLE, 'dead', 'google'));
    expect(MessageResponse?.Result).toMatchObject({
      [APPLE]: { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200 },
      dead: { DeliveryStatus: 'PERMANENT_FAILURE', StatusCode: 410 },
      google: { DeliveryStatus: 'SUCCESSFUL' },
    });
    for (const message of delivery.outbox.page(10).messages)
      expect(message).toMatchObject({
        about: { customer: SENT.customer, journey: SENT.journey, run: SENT.run, step: SENT.step },
        content: { title: 'Back', body: 'It is back', link: 'https://kestrel-lane.example/p' },
      });
    expect(delivery.outbox.taken).toBe(2);
  });

  it('that is none is refused', async () => {
    const { push: client } = await openDelivery();
    const command = push('google');
    if (command.input.MessageRequest?.MessageConfiguration?.GCMMessage)
      command.input.MessageRequest.MessageConfiguration.GCMMessage.RawContent = '{"notification":{}}';
    await expect(client.send(command)).rejects.toMatchObject({ name: 'BadRequestException' });
  });
});

it('what Pinpoint would make of titles and templates is refused by its name', async () => {
  const { push: client } = await openDelivery();
  const send = (MessageRequest: SendMessagesCommandInput['MessageRequest']) =>
    client.send(new SendMessagesCommand({ ApplicationId: 'app', MessageRequest }));
  const Addresses = { token: { ChannelType: 'GCM' } } as const;
  for (const request of [
    { Addresses, MessageConfiguration: { GCMMessage: { Title: 'Hi', Body: 'There' } } },
    { Addresses, MessageConfiguration: { DefaultPushNotificationMessage: { Body: 'Hi' } } },
    { Endpoints: { one: {} }, MessageConfiguration: {} },
  ])
    await expect(send(request)).rejects.toMatchObject({
      name: 'NotImplemented',
      $metadata: { httpStatusCode: 501 },
    });
});

function whatsApp(to: string, sender = 'phone-number-id-107843905512345a6b7c8d9e0f1a2b3c') {
  return new SendWhatsAppMessageCommand({
    originationPhoneNumberId: sender,
    metaApiVersion: 'v20.0',
    message: new TextEncoder().encode(
      JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'template',
        template: {
          name: 'order_ready',
          language: { code: 'es' },
          components: [
            { type: 'body', parameters: [{ type: 'text', text: 'Ana' }] },
            { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'o-17' }] },
          ],
        },
      }),
    ),
  });
}

describe('a WhatsApp message', () => {
  it('is in the outbox, and is told to have arrived and been read', async () => {
    const { whatsapp, delivery, told, seconds } = await openDelivery();
    delivery.behaviours.set({ channel: 'whatsapp', recipient: '*', behaviour: { does: 'open' } });
    const { messageId } = await whatsapp.send(whatsApp('+34600000001'));
    await seconds(120);
    expect(delivery.outbox.page(10).messages).toMatchObject([
      {
        to: ['+34600000001'],
        providerId: messageId,
        content: { template: 'order_ready', language: 'es', parameters: ['Ana'], button: 'o-17' },
      },
    ]);
    expect(told.map((event) => readProviderEvent('wend-test', asOnTheBus(event)))).toMatchObject([
      { kind: 'nothing to tell' },
      { kind: 'by id', id: messageId, report: { event: 'Message Delivered' } },
      { kind: 'by id', id: messageId, report: { event: 'Message Opened', at: '2026-05-04T08:01:00.000Z' } },
    ]);
  });

  it.each([
    ['12', undefined, 'InvalidParametersException'],
    ['+34600000001', 'my number', 'ValidationException'],
  ])('to %s from %s is refused as %s', async (to, sender, name) => {
    const { whatsapp } = await openDelivery();
    await expect(whatsapp.send(whatsApp(to, sender))).rejects.toMatchObject({ name });
  });
});

it('openings of push notifications, which no provider tells, are told as the app would', async () => {
  const applications: ApplicationReport[] = [];
  const open = await openDelivery({
    whoRuns: () => ({ customer: SENT.customer, journey: SENT.journey }),
    tellAsApplication: (report) => void applications.push(report),
  });
  open.delivery.behaviours.set({ channel: 'push', recipient: 'token', behaviour: { does: 'click' } });
  await open.push.send(push('token'));
  await open.seconds(120);
  const send = `${SENT.run}/${SENT.step}/1`;
  expect(applications).toMatchObject([
    { customer: SENT.customer, event: 'Message Opened', properties: { channel: 'push', send } },
    { event: 'Message Clicked', properties: { send, link: 'https://kestrel-lane.example/p' } },
  ]);
  expect(open.told).toEqual([]);
});
