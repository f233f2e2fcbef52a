// What providers report reaches the customers whom the messages went to, and nobody else's messages do any harm.
import { describe, expect, it } from 'vitest';
import { messageTags } from '#lib/contracts/message-tags.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import { providerEvents } from '#lib/runtime/ingestion/provider-events.ts';
import { identify, idOf, IngestionWorld, onBus } from './world.ts';

const SENT: SentMessage = {
  customer: idOf('u1'),
  run: 'd'.repeat(24),
  step: 'remind',
  visit: 1,
  journey: 'welcome',
  message: 'hello',
};

function bounce(deployment: string, sent = SENT): string {
  const tags = Object.fromEntries(messageTags(deployment, sent).map(({ Name, Value }) => [Name, [Value]]));
  const detail = {
    eventType: 'Bounce',
    mail: { messageId: 'ses-1', timestamp: '2026-05-04T09:58:00Z', tags },
    bounce: { timestamp: '2026-05-04T09:58:30Z', bounceType: 'Permanent', bounceSubType: 'General' },
  };
  return onBus(detail, { source: 'aws.ses', 'detail-type': 'Email Bounced' });
}

function text(messageId: string, time = '2026-05-04T09:59:50Z'): string {
  const detail = { eventType: 'TEXT_DELIVERED', eventTimestamp: 1_777_888_700_000, messageId };
  return onBus(detail, {
    source: 'aws.sms-voice',
    'detail-type': 'Text Message Delivery Status Updated',
    time,
  });
}

/** `links`: what is remembered of text messages. */
async function world(links: ReadonlyMap<string, SentMessage> = new Map()): Promise<IngestionWorld> {
  const made: IngestionWorld = new IngestionWorld([
    providerEvents(
      'wend-test',
      { find: (channel, id) => Promise.resolve(channel === 'sms' ? links.get(id) : undefined) },
      { now: () => made.now },
    ),
  ]);
  await made.deliver(onBus(identify({ email: 'ana@example.com' })));
  return made;
}

describe('a report of a provider', () => {
  it('about an e-mail is the event of whoever it went to, once', async () => {
    const ours = await world();
    const { failed } = await ours.deliver(bounce('wend-test'), bounce('wend-test'));
    expect(failed.size).toBe(0);
    const document = await ours.documentOf('u1');
    expect(document?.suppressed['email']?.reason).toBe('hard bounce');
    expect(document?.revision).toBe(2);
  });

  it('about a text message finds them by the id under which it was remembered', async () => {
    const ours = await world(new Map([['sms-1', SENT]]));
    await ours.deliver(text('sms-1'));
    expect((await ours.documentOf('u1'))?.recent).toHaveLength(2);
  });

  it('that is faster than what it is about is tried again; an old one is of another system', async () => {
    const ours = await world();
    const { failed, passedOver } = await ours.deliver(text('sms-1'), text('sms-2', '2026-05-04T09:50:00Z'));
    expect([...failed.keys()]).toEqual(['m0']);
    expect([...passedOver]).toEqual([['about a message of another system', 1]]);
  });

  it('about an e-mail of another deployment is passed over', async () => {
    const ours = await world();
    const { passedOver } = await ours.deliver(bounce('wend-other'));
    expect([...passedOver.keys()]).toEqual(['about a message of another system']);
  });

  it('about somebody who is not known makes nobody known', async () => {
    const ours = await world();
    const { passedOver } = await ours.deliver(bounce('wend-test', { ...SENT, customer: idOf('gone') }));
    expect([...passedOver]).toEqual([['unknown customer', 1]]);
    expect(ours.documents.size).toBe(1);
  });

  it('that is not understood is a dead letter with its reason', async () => {
    const ours = await world();
    await ours.deliver(onBus({ eventType: 7 }, { source: 'aws.ses' }));
    expect(ours.letters.map(({ reason }) => reason)).toEqual(['an event of SES that is not understood']);
  });
});
