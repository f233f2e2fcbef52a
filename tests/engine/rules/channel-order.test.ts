// `best`: preferred, then learned, then as listed; each of them by the same rules as a list.
import { describe, expect, it } from 'vitest';
import { FIRST_LOOP, type Channel, type SendSettings } from '#lib/contracts/step-calls.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const CHANNELS: Channel[] = ['email', 'sms', 'push'];
const EVERYWHERE = { email: 'ada@example.com', phone: '+4915112345678', pushTokens: ['t1'] };
const best: Partial<SendSettings> = { channels: CHANNELS, best: { preferred: 'profile.preferredChannel' } };

/** One run that sends `hello` again and again, a minute apart. */
function again(settings: Partial<SendSettings>, traits: Record<string, unknown> = EVERYWHERE): Bench {
  const ada = new Bench([
    manifest('journey', 'Signed Up', {
      hello: letter('hello', 'rest', settings),
      rest: pause('1 hour', null),
    }),
  ]);
  ada.identify(traits);
  ada.event('Signed Up');
  return ada;
}

let visits = 0;
/** The next visit of the send goes out on the channel that it would take, or on one that is given. */
function sends(ada: Bench, on?: Channel): { channel: unknown; key: string } {
  const loop = { ...FIRST_LOOP, visit: (visits += 1) };
  const content = on === undefined ? CHANNELS : [on];
  const answer = ada.send('hello', { loop, content });
  const channel = answer.kind === 'claim' ? answer.channel : 'email';
  ada.sent('hello', 'accepted', { loop, channel });
  return { channel, key: ada.document.sends.at(-1)?.key ?? '' };
}

const reasons = (ada: Bench): unknown[] =>
  ada.log.filter(({ kind }) => kind === 'sends').map(({ channel, reason }) => [channel, reason]);

describe('the best channel', () => {
  it('is the preferred one, in whatever case it is written', () => {
    const ada = again(best, { ...EVERYWHERE, preferredChannel: 'SMS' });
    sends(ada);
    expect(reasons(ada)).toEqual([['sms', 'preferred']]);
  });

  it.each([
    ['a channel that is not listed', 'whatsapp'],
    ['no channel', 'phone call'],
    ['no text', 7],
  ])('is as listed where the trait names %s', (_, preferredChannel) => {
    const ada = again(best, { ...EVERYWHERE, preferredChannel });
    sends(ada);
    expect(reasons(ada)).toEqual([['email', 'listed']]);
  });

  it('is the next one where the preferred has no address, no consent, a cap or a closed window against it', () => {
    const { phone: _, ...unreachable } = EVERYWHERE;
    expect(sends(again(best, { ...unreachable, preferredChannel: 'sms' })).channel).toBe('email');
    const refused = again(best, { ...EVERYWHERE, preferredChannel: 'sms' });
    refused.event('Message Unsubscribed', { topic: 'updates', channel: 'sms' });
    expect(sends(refused).channel).toBe('email');
    const capped = again(
      { ...best, caps: [{ most: 1, per: '1 day', of: 'channel' }] },
      { ...EVERYWHERE, preferredChannel: 'sms' },
    );
    expect([sends(capped).channel, sends(capped).channel]).toEqual(['sms', 'email']);
    const closed = again(
      { ...best, windows: { sms: [{ on: ['sunday'], from: '09:00', to: '10:00' }] } },
      { ...EVERYWHERE, preferredChannel: 'sms' },
    );
    expect(sends(closed).channel).toBe('email');
  });

  it('is learned from what the customer opens, clicks and replies to; machines teach nothing', () => {
    const ada = again(best);
    const { key: mail } = sends(ada, 'email');
    const { key: push } = sends(ada, 'push');
    ada.event('Message Opened', { send: mail, machine: true });
    expect(sends(ada).channel).toBe('email');
    ada.event('Message Clicked', { send: push });
    expect(sends(ada).channel).toBe('push');
    expect(reasons(ada).slice(2)).toEqual([
      ['email', 'listed'],
      ['push', 'learned'],
    ]);
    expect(ada.document.reactions).toEqual({
      email: { sent: 2, reacted: 0 },
      push: { sent: 2, reacted: 1 },
    });
  });

  it('counts one message once, whatever and however often is reported', () => {
    const ada = again(best);
    const { key } = sends(ada, 'email');
    for (const event of ['Message Opened', 'Message Opened', 'Message Clicked', 'Message Replied'])
      ada.event(event, { send: key });
    expect(ada.document.reactions).toEqual({ email: { sent: 1, reacted: 1 } });
  });

  it('is the one with the larger part of reactions, of equals the one listed first', () => {
    const ada = again(best);
    const react = (channel: Channel): void => {
      const { key } = sends(ada, channel);
      ada.event('Message Opened', { send: key });
    };
    react('push');
    react('sms');
    expect(sends(ada).channel).toBe('sms');
    // One of two reacted to in sms, two of two in push.
    react('push');
    expect(sends(ada).channel).toBe('push');
  });

  it('is not counted where no version asks for it', () => {
    const ada = again({ channels: CHANNELS });
    const { key } = sends(ada, 'email');
    ada.event('Message Opened', { send: key });
    expect(ada.document.reactions).toBeUndefined();
    expect(reasons(ada)).toEqual([['email', undefined]]);
  });
});
