// An unsubscribe is effective at once: after it is committed no send that it forbids is claimed, wherever the send was by then, whoever
// told of it, and whatever it was about. The run itself goes on, and so do the channels that it does not concern (hazards C11, C12).
import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import { Bench } from '../engine/bench.ts';
import { letter, manifest, pause } from './world/journeys.ts';

const QUIET = { quietHours: { from: '22:00', to: '08:00' } };
const SETTINGS: EngineSettings = {
  timezone: 'UTC',
  locale: 'en',
  topics: { updates: { withoutRecord: 'granted' } },
  perSecond: { email: 1 },
};

/** Every way in which somebody says that they want no more of it, and whether text messages are forbidden with it. */
const WAYS: readonly (readonly [string, string, Record<string, unknown>, boolean])[] = [
  ['one click in the mail program', 'Message Unsubscribed', { topic: 'updates', channel: 'email' }, false],
  ['the page, for the topic', 'Consent Changed', { topic: 'updates', granted: false }, true],
  [
    'the page, for the whole topic',
    'Consent Changed',
    { topic: 'updates', channel: '*', granted: false },
    true,
  ],
  ['the page, for the channel', 'Consent Changed', { topic: '*', channel: 'email', granted: false }, false],
  ['the page, for everything', 'Consent Changed', { topic: '*', granted: false }, true],
  ['nobody knows about what', 'Message Unsubscribed', {}, true],
  ['a complaint', 'Message Complained', { channel: 'email' }, false],
  ['an operator', 'Suppression Added', { channel: 'email', reason: 'asked us by phone' }, false],
];

/** Where a send is that has been decided on and not been claimed yet. */
const PLACES: Readonly<Record<string, (ada: Bench) => void>> = {
  'is reached only now': () => {},
  'was put off until the morning': (ada) => {
    ada.wait(addMillis(ada.now, 13 * 60 * 60_000));
    expect(ada.send('hello')).toMatchObject({ kind: 'leave' });
  },
  'waits for its turn on a channel with a rate': (ada) => {
    expect(ada.send('hello')).toMatchObject({ kind: 'slot', channel: 'email' });
  },
  'was claimed, and its claim has grown old': (ada) => {
    expect(claimed(ada, 'hello')).toMatchObject({ kind: 'claim', channel: 'email' });
  },
};

function inside(channels: readonly ('email' | 'sms')[]): Bench {
  const flow = {
    hello: letter('hello', 'rest', { channels: [...channels], ...QUIET, expires: '3 days' }),
    rest: pause('5 hours', 'again'),
    again: letter('again', null, { channels: [...channels], ...QUIET, expires: '3 days' }),
  };
  const ada = new Bench([manifest('journey', 'Signed Up', flow)], 'ada', SETTINGS);
  ada.identify({ email: 'ada@example.com', phone: '+4915112345678' });
  ada.event('Signed Up');
  return ada;
}

/** The send is called, with the slot that it is given at once. */
function claimed(ada: Bench, step: string, unsent = false) {
  const asked = ada.send(step, { unsent });
  if (asked.kind !== 'slot') return asked;
  const call = ada.sendCall(step);
  const slot = { channel: asked.channel, at: ada.now };
  const content = ['email', 'sms'] as const;
  return ada.decide({ kind: 'send', call, content, slot }).answer;
}

describe('an unsubscribe', () => {
  for (const [place, bring] of Object.entries(PLACES)) {
    it.each(WAYS)(`by %s forbids a send that ${place}`, (_, event, properties) => {
      const ada = inside(['email']);
      bring(ada);
      const before = ada.document.runs[ada.runId]?.deferred?.until;
      ada.minutes(1);
      ada.event(event, properties);
      // Whenever the send comes: now, or when it was to come.
      if (before !== undefined) ada.now = before;
      const answer = claimed(ada, 'hello', place.includes('claimed'));
      expect(answer?.kind).toBe('plan');
      expect(ada.log.filter(({ kind }) => kind === 'sends')).toEqual([]);
      // The run goes on.
      expect(ada.run.over).toBeUndefined();
      expect(ada.run.last?.plan.until).not.toBeNull();
    });
  }

  it.each(WAYS)('by %s leaves the channels that it is not about', (_, event, properties, forbidsTexts) => {
    const ada = inside(['email', 'sms']);
    ada.minutes(1);
    ada.event(event, properties);
    const answer = claimed(ada, 'hello');
    expect(answer).toMatchObject(forbidsTexts ? { kind: 'plan' } : { kind: 'claim', channel: 'sms' });
  });

  it('forbids a send whose night was folded into the wait before it', () => {
    const ada = inside(['email']);
    // 18:00; the wait would end at 23:00, when it is quiet.
    ada.now = addMillis(ada.now, 8 * 60 * 60_000);
    claimed(ada, 'hello');
    ada.sent('hello');
    expect(ada.run.folded).toMatchObject({ step: 'again' });
    ada.minutes(60);
    ada.event('Consent Changed', { topic: '*', granted: false });
    ada.now = ada.run.last?.plan.until ?? ada.now;
    ada.send('again');
    expect(ada.told('skips')).toEqual(['skips again email unsubscribed from everything']);
  });
});
