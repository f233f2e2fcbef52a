// Being a customer: what the provider tells of it, what an application has to, and what cannot be done.
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { describe, expect, it } from 'vitest';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { messageTags } from '#lib/contracts/message-tags.ts';
import { KEYS } from '#lib/contracts/profiles-table.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import type { ApplicationReport } from '#lib/local/delivery/reactions/application-report.ts';
import { reactionsTo, type Reaction } from '#lib/local/delivery/reactions/reaction.ts';
import { asOnTheBus, SENT } from './as-on-the-bus.ts';
import { openDelivery, type OpenDelivery } from './delivery-fixture.ts';

const LINK = 'https://kestrel-lane.example/p';

async function withEmail(body: string = `<a href="${LINK}">Hi</a>`) {
  const applications: ApplicationReport[] = [];
  const open = await openDelivery({ tellAsApplication: (report) => void applications.push(report) });
  await open.ses.send(
    new SendEmailCommand({
      FromEmailAddress: 'hello@kestrel-lane.example',
      Destination: { ToAddresses: ['ana@example.com'] },
      ConfigurationSetName: 'wend-test',
      EmailTags: messageTags('wend-test', SENT),
      Content: {
        Simple: {
          Subject: { Data: 'Hi' },
          Body: body.startsWith('<') ? { Html: { Data: body } } : { Text: { Data: body } },
        },
      },
    }),
  );
  await open.seconds(60);
  return { ...open, applications, id: newest(open).id };
}

function newest({ delivery }: Pick<OpenDelivery, 'delivery'>) {
  const [message] = delivery.outbox.page(1).messages;
  if (message === undefined) throw new Error('the outbox is empty');
  return message;
}

describe('with an e-mail', () => {
  it.each<[Reaction, string]>([
    [{ kind: 'open' }, 'Message Opened'],
    [{ kind: 'click' }, 'Message Clicked'],
    [{ kind: 'click', link: LINK }, 'Message Clicked'],
    [{ kind: 'unsubscribe' }, 'Message Unsubscribed'],
    [{ kind: 'complain' }, 'Message Complained'],
    [{ kind: 'bounce' }, 'Message Bounced'],
  ])('%j is told by SES as %s, now', async (reaction, event) => {
    const { delivery, told, id, clock } = await withEmail();
    await delivery.react(id, reaction);
    expect(readProviderEvent('wend-test', asOnTheBus(told.at(-1)))).toMatchObject({
      kind: 'about',
      sent: SENT,
      report: { event, at: new Date(clock.now()).toISOString() },
    });
  });

  it('a complaint keeps the next one from being sent', async () => {
    const { delivery, ses, id } = await withEmail();
    await delivery.react(id, { kind: 'complain' });
    const { GetSuppressedDestinationCommand } = await import('@aws-sdk/client-sesv2');
    expect(
      await ses.send(new GetSuppressedDestinationCommand({ EmailAddress: 'ana@example.com' })),
    ).toMatchObject({ SuppressedDestination: { Reason: 'COMPLAINT' } });
  });

  it('an answer is for the application to tell', async () => {
    const { delivery, told, id, applications } = await withEmail();
    const before = told.length;
    await delivery.react(id, { kind: 'reply', text: 'When?' });
    expect(told).toHaveLength(before);
    expect(applications).toMatchObject([
      {
        customer: SENT.customer,
        event: 'Message Replied',
        properties: {
          channel: 'email',
          send: sendKey(SENT.run, SENT.step, SENT.visit),
          message: SENT.message,
          text: 'When?',
        },
      },
    ]);
  });

  it.each<[string, Reaction, string]>([
    [`<a href="${LINK}">Hi</a>`, { kind: 'click', link: 'https://evil.example' }, 'has no link'],
    ['<p>Hi</p>', { kind: 'click' }, 'Nobody can click'],
    ['Hi', { kind: 'open' }, 'Nobody can open'],
    ['Hi', { kind: 'reply', text: ' ' }, 'without a text'],
  ])('of %s, %j is refused in words', async (body, reaction, words) => {
    const { delivery, id } = await withEmail(body);
    await expect(delivery.react(id, reaction)).rejects.toThrow(words);
    await expect(delivery.react('nowhere', reaction)).rejects.toThrow('not in the outbox');
  });
});

it('a text message is told whose it is by the table; unsubscribing from it is the answer STOP', async () => {
  const open = await openDelivery();
  const { sms, delivery } = open;
  const text = new SendTextMessageCommand({
    DestinationPhoneNumber: '+34600000001',
    OriginationIdentity: 'Kestrel',
    MessageBody: 'Hi',
  });
  const { MessageId = '' } = await sms.send(text);
  delivery.noteTableChange({
    pk: { S: KEYS.message('sms', MessageId) },
    sk: { S: 'MSG' },
    sent: { S: JSON.stringify(SENT) },
    expires: { N: '1' },
  });
  expect(newest(open).about).toEqual(SENT);
  await delivery.react(newest(open).id, { kind: 'unsubscribe' });
  await expect(sms.send(text)).rejects.toMatchObject({ Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' });
});

it('an in-app message is the item in the table, once, and the app tells what becomes of it', async () => {
  const applications: ApplicationReport[] = [];
  const open = await openDelivery({ tellAsApplication: (report) => void applications.push(report) });
  const { delivery } = open;
  const item = {
    pk: { S: KEYS.customer(SENT.customer) },
    sk: { S: KEYS.inAppMessage(sendKey(SENT.run, SENT.step, SENT.visit)) },
    at: { S: '2026-05-04T08:00:00.000Z' },
    journey: { S: SENT.journey },
    message: { S: SENT.message },
    content: { S: JSON.stringify({ title: 'Back' }) },
  };
  delivery.noteTableChange(item);
  delivery.noteTableChange(item);
  delivery.noteTableChange(undefined);
  delivery.noteTableChange({ pk: { S: KEYS.customer(SENT.customer) }, sk: { S: 'DOC' }, data: { B: 'x' } });
  expect(delivery.outbox.taken).toBe(1);
  expect(newest(open)).toMatchObject({
    channel: 'inapp',
    about: { customer: SENT.customer, journey: SENT.journey, run: SENT.run, step: SENT.step, visit: 1 },
    content: { content: { title: 'Back' } },
  });
  await delivery.react(newest(open).id, { kind: 'open' });
  expect(applications).toMatchObject([{ customer: SENT.customer, event: 'Message Shown' }]);
});

it('every reaction that is offered can be done', async () => {
  const { delivery, id } = await withEmail();
  const message = delivery.outbox.find(id);
  for (const kind of message === undefined ? [] : reactionsTo(message))
    await delivery.react(id, kind === 'reply' ? { kind, text: 'Hi' } : { kind });
  expect(delivery.outbox.find(id)?.states.map(({ state }) => state)).toEqual([
    'accepted',
    'sent',
    'delivered',
    'opened',
    'clicked',
    'replied',
    'unsubscribed',
    'complained',
    'bounced',
  ]);
});
