// Fewer messages to those who do not react: from so many without a reaction on, and until the next one.
import { describe, expect, it } from 'vitest';
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import type { FatigueRule } from '#lib/journey/fatigue.ts';
import { letter, manifest, pause, SETTINGS } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const EVERYWHERE = { email: 'ada@example.com', pushTokens: ['t1'] };
const RULE: FatigueRule = { channel: 'email', after: 3, most: 1, per: '2 weeks' };
const DAY = 86_400_000;

function customer(fatigue: readonly FatigueRule[] = [RULE], settings: Partial<SendSettings> = {}): Bench {
  const nodes = {
    hello: letter('hello', null, { expires: '60 days', ...settings }),
  };
  const always = { event: 'Signed Up', reentry: { mode: 'always' as const } };
  const ada = new Bench([manifest('journey', always, nodes)], 'ada', { ...SETTINGS, fatigue });
  ada.identify(EVERYWHERE);
  return ada;
}

/** Signs up once more; the key of the send where there is one. */
function next(ada: Bench): string | undefined {
  ada.event('Signed Up');
  ada.follow(ada.log.findLast(({ kind }) => kind === 'enters')?.run ?? '');
  const answer = ada.send('hello');
  if (answer.kind !== 'claim') return undefined;
  ada.sent('hello', 'accepted', { channel: answer.channel });
  return ada.document.sends.at(-1)?.key;
}

/** So many messages a day apart. */
function messages(ada: Bench, count: number): (string | undefined)[] {
  return Array.from({ length: count }, () => {
    const key = next(ada);
    ada.wait(DAY);
    return key;
  });
}

const reasons = (ada: Bench): unknown[] =>
  ada.log.filter(({ kind }) => kind === 'skips').map(({ reason, because }) => `${reason}: ${because}`);

/** A journey that sends at once. */
function one(name: string, priority: number): UnnamedManifest {
  return manifest(
    name,
    'Signed Up',
    { [name]: letter(name, 'rest', { expires: '9 days' }), rest: pause('9 days', null) },
    { priority },
  );
}

describe('fatigue', () => {
  it('from so many messages without a reaction on, there are fewer, and the log has reason and figures', () => {
    const ada = customer();
    const sent = messages(ada, 20).map((key) => key !== undefined);
    // Three, and then one each two weeks.
    expect(sent.flatMap((is, day) => (is ? [day] : []))).toEqual([0, 1, 2, 16]);
    expect(new Set(ada.log.filter(({ kind }) => kind === 'skips').map(({ reason }) => reason))).toEqual(
      new Set(['fatigue: 3 e-mails without a reaction']),
    );
    expect(reasons(ada)[0]).toBe('fatigue: 3 e-mails without a reaction: 3 since counting began');
  });

  it.each(['Message Opened', 'Message Clicked', 'Message Replied'])(
    'ends with the next reaction: %s',
    (event) => {
      const ada = customer();
      const [, second] = messages(ada, 3);
      expect(next(ada)).toBeUndefined();
      ada.event(event, { send: second, message: 'hello', channel: 'email' });
      // What goes out at the very instant of a reaction is no answer to be waited for.
      ada.minutes(1);
      expect(messages(ada, 4).map((key) => key !== undefined)).toEqual([true, true, true, false]);
      expect(reasons(ada).at(-1)).toBe(
        'fatigue: 3 e-mails without a reaction: 3 since the last reaction on 2026-03-05',
      );
    },
  );

  it('machines do not end it, nor what is merely delivered', () => {
    const ada = customer();
    const keys = messages(ada, 3);
    ada.event('Message Opened', { send: keys[2], channel: 'email', machine: true });
    ada.event('Message Delivered', { send: keys[2], channel: 'email' });
    expect(next(ada)).toBeUndefined();
  });

  it('a reaction to a message that is forgotten by now ends it too', () => {
    const ada = customer();
    const [first] = messages(ada, 3);
    ada.wait(5 * DAY);
    ada.identify({ plan: 'gold' });
    expect(ada.document.sends.map(({ key }) => key)).not.toContain(first);
    ada.event('Message Opened', { send: first, message: 'hello', channel: 'email' });
    expect(next(ada)).toBeDefined();
  });

  it('reactions leave the same in whatever order they are told', () => {
    const left = [
      [0, 1],
      [1, 0],
    ].map((order) => {
      const ada = customer();
      const sent = messages(ada, 3);
      const { now } = ada;
      for (const index of order)
        ada.event(
          'Message Opened',
          { send: sent[index], channel: 'email' },
          { at: ada.document.sends[index]?.at ?? now },
        );
      return ada.document.unanswered;
    });
    expect(left[0]).toEqual(left[1]);
    expect(left[0]).toMatchObject({ email: { messages: 1 } });
  });

  it('what bounced has reached nobody, and transactional messages are not counted', () => {
    const ada = customer();
    const keys = messages(ada, 2);
    ada.event('Message Bounced', { send: keys[1], type: 'soft', channel: 'email' });
    expect(ada.document.unanswered).toMatchObject({ email: { messages: 1 } });
    const invoices = customer([RULE], { class: 'transactional' });
    expect(messages(invoices, 6).every((key) => key !== undefined)).toBe(true);
    expect(invoices.document.unanswered).toBeUndefined();
  });

  it('several rules grow stricter; another channel has none', () => {
    const stricter: FatigueRule = { channel: 'email', after: 5, most: 1, per: '4 weeks' };
    const ada = customer([RULE, stricter], { channels: ['email', 'push'] as Channel[] });
    messages(ada, 60);
    const mails = ada.log.flatMap(({ kind, channel, at }) =>
      kind === 'sends' && channel === 'email' ? [at] : [],
    );
    expect(mails.map((at) => (Date.parse(at) - Date.parse('2026-03-02T10:00:00Z')) / DAY)).toEqual([
      0, 1, 2, 16, 30, 58,
    ]);
    expect(ada.told('sends').filter((told) => told.includes('push'))).toHaveLength(54);
  });

  it('where a rule allows several, those that count are remembered', () => {
    const ada = customer([{ channel: 'email', after: 4, most: 2, per: '2 weeks' }]);
    const sent: number[] = [];
    for (const day of [0, 6, 12, 14, 15, 21, 27, 28, 29]) {
      ada.wait(Math.max(0, Date.parse('2026-03-02T10:00:00Z') + day * DAY - Date.parse(ada.now)));
      if (next(ada) !== undefined) sent.push(day);
    }
    // From the fourth on, two in any two weeks: those of days 12 and 14 bind until 26 and 28.
    expect(sent).toEqual([0, 6, 12, 14, 27, 28]);
  });

  it('the last place before it binds belongs to the higher priority', () => {
    const ada = new Bench([one('low', 20), one('high', 80)], 'ada', {
      ...SETTINGS,
      fatigue: [{ ...RULE, after: 1 }],
    });
    ada.identify(EVERYWHERE);
    ada.event('Signed Up');
    ada.follow(ada.log.find(({ kind, journey }) => kind === 'enters' && journey === 'low')?.run ?? '');
    ada.send('low');
    expect(ada.log.find(({ kind }) => kind === 'skips')).toMatchObject({
      reason: 'lower priority',
      yieldsTo: 'high',
    });
  });

  it('with "wait" the message waits for its place', () => {
    const ada = customer([RULE], { ifCapped: 'wait' });
    messages(ada, 4);
    const told = ada.log.find(({ kind }) => kind === 'defers');
    expect(told).toMatchObject({
      reason: 'fatigue: 3 e-mails without a reaction',
      until: '2026-03-18T10:00:00.000Z',
    });
  });

  it('nothing is kept where the settings have no rule', () => {
    const ada = customer([]);
    const keys = messages(ada, 3);
    ada.event('Message Opened', { send: keys[0], channel: 'email' });
    expect(ada.document.unanswered).toBeUndefined();
  });
});
