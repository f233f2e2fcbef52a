// Text messages through the SDK's client: parts, opting out, simulated numbers, reports.
import {
  DeleteOptedOutNumberCommand,
  DescribeOptedOutNumbersCommand,
  PutOptedOutNumberCommand,
  SendTextMessageCommand,
  type SendTextMessageCommandInput,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { describe, expect, it } from 'vitest';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import { KEYS } from '#lib/contracts/profiles-table.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { asOnTheBus, SENT } from './as-on-the-bus.ts';
import { openDelivery, START } from './delivery-fixture.ts';

const NUMBER = '+34600000001';

function text(more: Partial<SendTextMessageCommandInput> = {}): SendTextMessageCommand {
  return new SendTextMessageCommand({
    DestinationPhoneNumber: NUMBER,
    OriginationIdentity: 'KestrelLane',
    MessageBody: 'It is back: https://kestrel-lane.example/p',
    MessageType: 'PROMOTIONAL',
    Context: {
      deployment: 'wend-test',
      customer: SENT.customer,
      send: sendKey(SENT.run, SENT.step, SENT.visit),
    },
    ...more,
  });
}

describe('a text message', () => {
  it('is in the outbox in its parts, and is told by its id', async () => {
    const { sms, delivery, told, seconds } = await openDelivery();
    const { MessageId = '' } = await sms.send(text({ MessageBody: `${'ä'.repeat(160)}€` }));
    expect(delivery.outbox.findByProvider('sms', MessageId)).toMatchObject({
      to: [NUMBER],
      sender: 'KestrelLane',
      about: {
        deployment: 'wend-test',
        customer: SENT.customer,
        run: SENT.run,
        step: SENT.step,
        visit: SENT.visit,
      },
      content: { encoding: 'GSM', parts: ['ä'.repeat(153), `${'ä'.repeat(7)}€`] },
    });
    await seconds(10);
    expect(readProviderEvent('wend-test', asOnTheBus(told[0]))).toMatchObject({
      kind: 'by id',
      channel: 'sms',
      id: MessageId,
      report: { event: 'Message Delivered', at: '2026-05-04T08:00:02.001Z' },
    });
    expect(told[0]?.detail).toMatchObject({ isoCountryCode: 'ES', totalMessageParts: 2 });
  });

  it('to a simulated number arrives or does not', async () => {
    const { sms, told, seconds } = await openDelivery();
    await sms.send(text({ DestinationPhoneNumber: '+14254147755' }));
    await sms.send(text({ DestinationPhoneNumber: '+14254147167' }));
    await seconds(10);
    expect(told.map(({ detail }) => detail['eventType'])).toEqual(['TEXT_DELIVERED', 'TEXT_UNREACHABLE']);
  });

  it.each([
    [{ DestinationPhoneNumber: '600' }, 'ValidationException'],
    [{ MessageBody: '' }, 'ValidationException'],
    [{ MessageBody: 'x'.repeat(1601) }, 'ValidationException'],
    [{ ConfigurationSetName: 'x' }, 'NotImplemented'],
    [{ Keyword: 'x' }, 'NotImplemented'],
    [{ OriginationIdentity: undefined }, 'NotImplemented'],
  ])('with %j is refused as %s', async (more, name) => {
    const { sms, delivery } = await openDelivery();
    await expect(sms.send(text(more))).rejects.toMatchObject({ name });
    expect(delivery.outbox.taken).toBe(0);
  });
});

describe('whoever answers STOP', () => {
  it('gets no more, and is on the list that operators see', async () => {
    const { sms, delivery, seconds } = await openDelivery();
    delivery.behaviours.set({
      channel: 'sms',
      recipient: NUMBER,
      behaviour: { does: 'reply', text: ' stop ', afterSeconds: 30 },
    });
    await sms.send(text());
    await seconds(60);
    await expect(sms.send(text())).rejects.toMatchObject({
      name: 'ConflictException',
      Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT',
    });
    const { OptedOutNumbers } = await sms.send(
      new DescribeOptedOutNumbersCommand({ OptOutListName: 'Default' }),
    );
    expect(OptedOutNumbers).toEqual([
      { OptedOutNumber: NUMBER, OptedOutTimestamp: new Date(START + 30_002), EndUserOptedOut: true },
    ]);
    await sms.send(new DeleteOptedOutNumberCommand({ OptOutListName: 'Default', OptedOutNumber: NUMBER }));
    await sms.send(text());
    expect(delivery.outbox.taken).toBe(2);
  });

  it('is not whoever writes it in a sentence', async () => {
    const { sms, delivery, seconds } = await openDelivery();
    delivery.behaviours.set({
      channel: 'sms',
      recipient: '*',
      behaviour: { does: 'reply', text: 'Do not stop!' },
    });
    await sms.send(text());
    await seconds(120);
    await sms.send(text());
    expect(delivery.outbox.page(10).messages[1]?.states.at(-1)).toMatchObject({ state: 'replied' });
  });
});

it('operators put numbers on the list and ask for them', async () => {
  const { sms } = await openDelivery();
  await sms.send(new PutOptedOutNumberCommand({ OptOutListName: 'Default', OptedOutNumber: NUMBER }));
  await expect(sms.send(text())).rejects.toMatchObject({ name: 'ConflictException' });
  await expect(
    sms.send(new PutOptedOutNumberCommand({ OptOutListName: 'Other', OptedOutNumber: NUMBER })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'opt-out-list' });
  await expect(
    sms.send(
      new DescribeOptedOutNumbersCommand({ OptOutListName: 'Default', OptedOutNumbers: ['+34600000002'] }),
    ),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException', ResourceType: 'opted-out-number' });
});

it('on a fast clock no report comes before the deployment has written down whose message it is', async () => {
  const clock = new VirtualClock(START);
  const open = await openDelivery({
    time: {
      business: clock,
      // Real time stands still.
      infrastructure: { now: () => 0, after: () => () => undefined },
      hold: () => () => undefined,
    },
  });
  const { MessageId = '' } = await open.sms.send(text());
  await clock.runUntil(START + 3_600_000);
  expect(open.told).toEqual([]);
  open.delivery.noteTableChange({
    pk: { S: KEYS.message('sms', MessageId) },
    sk: { S: 'MSG' },
    sent: { S: JSON.stringify(SENT) },
  });
  await clock.runAll();
  // Late, and of the instant at which it happened.
  expect(open.told.map(({ at }) => at)).toEqual([START + 2001]);
});
