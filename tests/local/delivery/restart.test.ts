// What is known of messages, addresses and behaviours when the cloud is started again on the same data.
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { expect, it } from 'vitest';
import { openDelivery } from './delivery-fixture.ts';
import { MemoryJournal } from './memory-journal.ts';

const email = (to: string) =>
  new SendEmailCommand({
    FromEmailAddress: 'hello@kestrel-lane.example',
    Destination: { ToAddresses: [to] },
    ConfigurationSetName: 'wend-test',
    Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Html: { Data: '<p>Hi</p>' } } } },
  });

it.each(['restoreInto', 'snapshotInto'] as const)(
  'a killed cloud goes on with what was before each message (%s)',
  async (way) => {
    const journal = new MemoryJournal();
    const before = await openDelivery({ journal });
    before.delivery.behaviours.set({
      channel: 'email',
      recipient: 'late@example.com',
      behaviour: { does: 'open', afterSeconds: 3600 },
    });
    before.delivery.behaviours.set({
      channel: 'email',
      recipient: 'gone@example.com',
      behaviour: { does: 'bounce', type: 'permanent' },
    });
    before.delivery.behaviours.set({
      channel: 'sms',
      recipient: '*',
      behaviour: { does: 'reply', text: 'STOP' },
    });
    await before.ses.send(email('late@example.com'));
    await before.ses.send(email('gone@example.com'));
    const text = new SendTextMessageCommand({
      DestinationPhoneNumber: '+34600000001',
      OriginationIdentity: 'Kestrel',
      MessageBody: 'Hi',
    });
    await before.sms.send(text);
    await before.seconds(600);

    const next = new MemoryJournal();
    const after = await openDelivery({ journal: next });
    await journal[way](next);
    after.delivery.resume();
    expect(after.delivery.outbox.page(10)).toEqual(before.delivery.outbox.page(10));
    expect(after.delivery.outbox.taken).toBe(3);
    expect(after.delivery.behaviours.list()).toEqual(before.delivery.behaviours.list());
    await after.seconds(7200);
    // What was told before is not told again, and what was still to come is.
    expect(after.told.map(({ detailType }) => detailType)).toEqual(['Email Opened']);
    await expect(after.sms.send(text)).rejects.toMatchObject({ name: 'ConflictException' });
    await after.ses.send(email('gone@example.com'));
    await after.seconds(10);
    expect(after.told.at(-1)?.detail['bounce']).toMatchObject({ bounceSubType: 'OnAccountSuppressionList' });
  },
);
