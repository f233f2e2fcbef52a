// What customers write back reaches them, whoever they are, and nobody else.
import { describe, expect, it } from 'vitest';
import { phoneHashText } from '#lib/contracts/phone-identity.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import { NOTIFICATIONS_SOURCE } from '#lib/runtime/ingestion/bus-event.ts';
import { readMessages } from '#lib/runtime/ingestion/read-messages.ts';
import { replies } from '#lib/runtime/ingestion/replies.ts';
import { identify, idOf, IngestionWorld, onBus } from './world.ts';

const SENT: SentMessage = {
  customer: idOf('u1'),
  run: 'd'.repeat(24),
  step: 'remind',
  visit: 1,
  journey: 'welcome',
  message: 'hello',
};
const NUMBER = '+14255550182';
const SECRET = 'my ring is at 12 Elm Street';

/** A notification as SNS puts it into a queue. */
function notification(message: unknown, id = 'n1'): string {
  return JSON.stringify({
    Type: 'Notification',
    MessageId: id,
    TopicArn: 'arn:aws:sns:eu-central-1:123456789012:wend-test-replies',
    Message: typeof message === 'string' ? message : JSON.stringify(message),
    Timestamp: '2026-05-04T09:58:00.500Z',
    SignatureVersion: '1',
    Signature: 'x',
    SigningCertURL: 'https://sns.eu-central-1.amazonaws.com/x.pem',
    UnsubscribeURL: 'https://sns.eu-central-1.amazonaws.com/',
  });
}

function text(messageBody: string, more: object = {}): string {
  return notification({
    originationNumber: NUMBER,
    destinationNumber: '+12125550101',
    messageKeyword: 'KEYWORD',
    messageBody,
    inboundMessageId: 'in-1',
    previousPublishedMessageId: 'sms-1',
    ...more,
  });
}

async function world(
  links: ReadonlyMap<string, SentMessage> = new Map([['sms sms-1', SENT]]),
): Promise<IngestionWorld> {
  const made: IngestionWorld = new IngestionWorld([
    replies({
      links: { find: (channel, id) => Promise.resolve(links.get(`${channel} ${id}`)) },
      identities: { ownerOf: (kind, hash) => made.ingestion.identities.ownerOf(kind, hash) },
      hash: (of) => Promise.resolve(idOf(of)),
    }),
  ]);
  await made.deliver(onBus(identify({ email: 'ana@example.com', phone: NUMBER })));
  return made;
}

async function told(made: IngestionWorld, body: string) {
  const { calls } = await readMessages(made.ingestion, [{ id: 'm', body, attempt: 1 }]);
  return calls.map(({ told: one }) => ('event' in one ? one : undefined));
}

describe('a text message', () => {
  it('is the answer to the message that the provider says', async () => {
    expect(await told(await world(), text('When?'))).toMatchObject([
      {
        customer: SENT.customer,
        event: {
          event: 'Message Replied',
          at: '2026-05-04T09:58:00.500Z',
          properties: { send: `${SENT.run}/remind/1`, message: 'hello', channel: 'sms', text: 'When?' },
        },
      },
    ]);
  });

  it('is that of whoever has last been written to at the number where it names none', async () => {
    const ours = await world(new Map());
    await ours.ingestion.identities.learn('phone', idOf(phoneHashText(NUMBER)), idOf('u1'));
    expect(await told(ours, text('When?'))).toMatchObject([
      {
        customer: idOf('u1'),
        event: { event: 'Message Replied', properties: { channel: 'sms', text: 'When?' } },
      },
    ]);
  });

  it('of somebody whom nobody has written to makes nobody known', async () => {
    const ours = await world(new Map());
    const { passedOver } = await ours.deliver(text(SECRET));
    expect([...passedOver]).toEqual([['written by nobody that we have sent a message to', 1]]);
    expect(ours.documents.size).toBe(1);
  });

  it('told twice is one, in whatever notification', async () => {
    const ours = await world();
    const body = JSON.parse(text('When?'));
    await ours.deliver(text('When?'), JSON.stringify({ ...body, MessageId: 'another' }), text('When?'));
    expect((await ours.documentOf('u1'))?.recent).toHaveLength(2);
  });

  it('that says STOP withdraws from the channel, for all topics, and is no answer', async () => {
    expect(await told(await world(), text(' Stop.'))).toMatchObject([
      {
        event: {
          event: 'Message Unsubscribed',
          properties: { topic: '*', channel: 'sms', send: `${SENT.run}/remind/1`, source: 'reply' },
        },
      },
    ]);
  });

  it('that says START comes back', async () => {
    expect(await told(await world(), text('START'))).toMatchObject([
      {
        event: {
          event: 'Consent Changed',
          properties: { topic: '*', channel: 'sms', granted: true, source: 'reply' },
        },
      },
    ]);
  });
});

it('an e-mail answers by the ids of the conversation, the latest of ours that is remembered', async () => {
  const ours = await world(new Map([['email 0107-old', SENT]]));
  const mail = {
    notificationType: 'Received',
    mail: {
      timestamp: '2026-05-04T09:57:59.000Z',
      messageId: 'in-2',
      headers: [
        { name: 'In-Reply-To', value: '<0107-forgotten@eu-central-1.amazonses.com>' },
        { name: 'References', value: '<0107-old@eu-central-1.amazonses.com>' },
      ],
    },
    receipt: {},
  };
  expect(await told(ours, notification(mail))).toMatchObject([
    { customer: SENT.customer, event: { properties: { channel: 'email', send: `${SENT.run}/remind/1` } } },
  ]);
});

it('what is not understood is a dead letter whose reason says nothing of it', async () => {
  const ours = await world();
  await ours.deliver(notification({ inboundMessageId: SECRET, messageBody: 7 }), notification(SECRET));
  expect(ours.letters).toHaveLength(2);
  for (const { reason } of ours.letters) expect(reason).not.toContain(SECRET);
});

it('what customers write is kept nowhere in the document or its log unless a version asks for it', async () => {
  const ours = await world();
  await ours.deliver(text(SECRET));
  expect(JSON.stringify(await ours.documentOf('u1'))).not.toContain(SECRET);
});

it('an application cannot make one up: events of this source are AWS’s alone', () => {
  expect(NOTIFICATIONS_SOURCE).toMatch(/^aws\./);
});
