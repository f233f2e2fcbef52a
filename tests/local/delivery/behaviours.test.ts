// Who behaves how: which behaviour holds for whom, and what each comes to.
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessagesCommand } from '@aws-sdk/client-pinpoint';
import { describe, expect, it } from 'vitest';
import { readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import type { Behaviour } from '#lib/local/delivery/behaviours/behaviour.ts';
import {
  NAMED_BEHAVIOURS,
  namedBehaviours,
  setNamedBehaviour,
} from '#lib/local/delivery/behaviours/named-behaviours.ts';
import { lifeLikePlan } from '#lib/local/delivery/behaviours/life-like.ts';
import { messageTags } from '#lib/contracts/message-tags.ts';
import { asOnTheBus, SENT } from './as-on-the-bus.ts';
import { openDelivery } from './delivery-fixture.ts';

const LINK = 'https://kestrel-lane.example/p';
const email = (to: string) =>
  new SendEmailCommand({
    FromEmailAddress: 'hello@kestrel-lane.example',
    Destination: { ToAddresses: [to] },
    ConfigurationSetName: 'wend-test',
    EmailTags: messageTags('wend-test', SENT),
    Content: {
      Simple: { Subject: { Data: 'Hi' }, Body: { Html: { Data: `<a href="${LINK}">Hi</a>` } } },
    },
  });

it.each<[Behaviour, readonly string[]]>([
  [{ does: 'deliver' }, ['Message Delivered']],
  [{ does: 'stay silent' }, []],
  [{ does: 'bounce', type: 'permanent' }, ['Message Bounced hard']],
  [{ does: 'bounce', type: 'transient' }, ['Message Bounced soft']],
  [{ does: 'complain' }, ['Message Delivered', 'Message Complained']],
  [{ does: 'reject' }, ['Message Rejected']],
  [{ does: 'delay', seconds: 7000 }, ['Message Delivered']],
  [{ does: 'open' }, ['Message Delivered', 'Message Opened']],
  [{ does: 'open', byMachine: true }, ['Message Delivered', 'Message Opened by machine']],
  [{ does: 'click' }, ['Message Delivered', 'Message Opened', `Message Clicked ${LINK}`]],
  [{ does: 'unsubscribe' }, ['Message Delivered', 'Message Unsubscribed']],
  [{ does: 'reply', text: 'Thanks' }, ['Message Delivered']],
])('an e-mail to somebody who does %j comes to %j', async (behaviour, expected) => {
  const { ses, delivery, told, seconds } = await openDelivery();
  delivery.behaviours.set({ channel: 'email', recipient: '*@example.com', behaviour });
  await ses.send(email('Ana@Example.com'));
  await seconds(8000);
  const events = told.map((event) => {
    const reading = readProviderEvent('wend-test', asOnTheBus(event));
    if (reading.kind !== 'about') return reading.kind;
    const { type, machine, link } = reading.report.properties;
    return [reading.report.event, type, machine === true ? 'by machine' : undefined, link]
      .filter((part) => part !== undefined)
      .join(' ');
  });
  expect(events).toEqual(expected);
});

describe('a provider', () => {
  it('that is asked too often says so, and takes nothing', async () => {
    const { ses, push, delivery } = await openDelivery({
      chaos: { happens: (mishap) => mishap === 'provider is throttled', millis: () => 0 },
    });
    await expect(ses.send(email('a@example.com'))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
    await expect(
      push.send(
        new SendMessagesCommand({
          ApplicationId: 'a',
          MessageRequest: {
            Addresses: { token: { ChannelType: 'GCM' } },
            MessageConfiguration: { GCMMessage: { RawContent: '{}' } },
          },
        }),
      ),
    ).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    expect(delivery.outbox.taken).toBe(0);
  });

  it.each(['AccountSuspendedException', 'MailFromDomainNotVerifiedException', 'MessageRejected'])(
    'can be made to refuse with %s',
    async (error) => {
      const { ses, delivery } = await openDelivery();
      delivery.behaviours.set({ channel: 'email', recipient: '*', behaviour: { does: 'refuse', error } });
      await expect(ses.send(email('a@example.com'))).rejects.toMatchObject({ name: error });
      expect(delivery.outbox.taken).toBe(0);
    },
  );

  it('that takes a message and does not answer has taken it', async () => {
    const { ses, delivery, waiting } = await openDelivery();
    delivery.behaviours.set({
      channel: 'email',
      recipient: 'a@example.com',
      behaviour: { does: 'time out' },
    });
    const sending = ses.send(email('a@example.com'));
    await expect.poll(() => waiting.length).toBe(1);
    expect(delivery.outbox.taken).toBe(1);
    // Longer than the 60 seconds of AWS CLI.
    expect(waiting[0]?.millis).toBeGreaterThan(60_000);
    waiting[0]?.action();
    await sending;
  });
});

describe('behaviours', () => {
  it('hold for whom they were set for, the one set last first', async () => {
    const { delivery } = await openDelivery();
    const { behaviours } = delivery;
    const set = (recipient: string, does: 'complain' | 'open' | 'click') =>
      behaviours.set({ channel: 'email', recipient, behaviour: { does } });
    set('*', 'complain');
    set('ana@example.com', 'open');
    expect(behaviours.of('email', 'ben@example.com')).toEqual({ does: 'complain' });
    expect(behaviours.of('email', 'ANA@example.com')).toEqual({ does: 'open' });
    expect(behaviours.of('sms', 'ana@example.com')).toBeUndefined();
    set('a*@*.com', 'click');
    expect(behaviours.of('email', 'ana@example.com')).toEqual({ does: 'click' });
    expect(behaviours.of('email', 'ana@example.org')).toEqual({ does: 'complain' });
    behaviours.clear({ channel: 'email', recipient: '*' });
    expect(behaviours.of('email', 'ben@example.com')).toBeUndefined();
  });

  it('that a channel has not are refused in words', async () => {
    const { behaviours } = (await openDelivery()).delivery;
    expect(() => behaviours.set({ channel: 'sms', recipient: '*', behaviour: { does: 'open' } })).toThrow(
      '"open" cannot be set for sms; possible are deliver',
    );
    expect(() => behaviours.set({ channel: 'inapp', recipient: '*', behaviour: { does: 'open' } })).toThrow(
      'no provider',
    );
    expect(() =>
      behaviours.set({ channel: 'email', recipient: '*', behaviour: { does: 'refuse', error: 'Oops' } }),
    ).toThrow('"Oops" is no error of email');
  });

  it('by their names can be set for some channel, and are told by the same names', async () => {
    const { behaviours } = (await openDelivery()).delivery;
    for (const name of NAMED_BEHAVIOURS.keys()) {
      const of = ['email', 'sms', 'push', 'webhook'].find((channel) => {
        try {
          setNamedBehaviour(behaviours, channel, name);
          return true;
        } catch {
          return false;
        }
      });
      expect([...namedBehaviours(behaviours)]).toEqual([[of, name]]);
      setNamedBehaviour(behaviours, of ?? '', undefined);
    }
    setNamedBehaviour(behaviours, '+34600000001', 'stop');
    expect(behaviours.list().map(({ channel }) => channel)).toEqual(['whatsapp', 'sms']);
    expect(() => setNamedBehaviour(behaviours, 'email', 'sleep')).toThrow('There is no behaviour "sleep"');
  });
});

it('life-like customers fare as their seed says, most of them well', () => {
  const message = { channel: 'email', links: [LINK], isTracked: true } as const;
  const plans = Array.from({ length: 4000 }, (_, one) =>
    lifeLikePlan('seed', [`a${one}@example.com`, '0'], message),
  );
  const share = (what: string) =>
    plans.filter((plan) => plan.some(({ happening }) => happening.what === what)).length / plans.length;
  expect(share('delivered')).toBeGreaterThan(0.97);
  expect(share('opened')).toBeGreaterThan(0.35);
  expect(share('opened')).toBeLessThan(0.55);
  expect(share('clicked')).toBeLessThan(share('opened'));
  expect(share('bounced')).toBeGreaterThan(0.005);
  expect(lifeLikePlan('seed', ['a1@example.com', '0'], message)).toEqual(plans[1]);
  for (const plan of plans) {
    const times = plan.map(({ afterMillis }) => afterMillis);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  }
});
