// A refusal is never lost: what cannot be read of it refuses more, and a topic that nobody has told us of yet is refused as well.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANY } from '#lib/contracts/consent-ledger.ts';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import { refusedScopes } from '#lib/engine/rules/refused-scopes.ts';
import { createWorkspace, type EngineSettings } from '#lib/engine/workspace.ts';
import { Bench, EMAIL } from '../bench.ts';

const TOPICS: EngineSettings['topics'] = {
  promotions: { withoutRecord: 'granted' },
  'spring-letter': { withoutRecord: 'granted' },
};
const settings = (topics: EngineSettings['topics']): EngineSettings => ({
  timezone: 'UTC',
  locale: 'en',
  topics,
});

function told(event: string, properties: Record<string, unknown>): Bench {
  const ada = new Bench([], 'ada', settings(TOPICS));
  ada.identify({ ...EMAIL, phone: '+4915112345678' });
  ada.minutes(1);
  ada.event(event, properties);
  return ada;
}

function why({ document, now }: Bench, topic: string, channel: Channel, topics = TOPICS): string | undefined {
  const workspace = createWorkspace({ manifests: [], newest: {}, settings: settings(topics) });
  return whyNoConsent({ document, workspace, now }, topic, channel);
}

/** What may still be sent, as "topic channel", of two topics on two channels. */
function left(ada: Bench): readonly string[] {
  return Object.keys(TOPICS).flatMap((topic) =>
    (['email', 'sms'] as const).flatMap((channel) =>
      why(ada, topic, channel) === undefined ? [`${topic} ${channel}`] : [],
    ),
  );
}

const ALL_BY_SMS = ['promotions sms', 'spring-letter sms'];
const ALL_SPRING = ['spring-letter email', 'spring-letter sms'];
const ALL_BUT_ONE = ['promotions sms', ...ALL_SPRING];

describe('a refusal', () => {
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['Message Unsubscribed', { channel: 'email' }, ALL_BY_SMS],
    ['Message Unsubscribed', {}, []],
    ['Message Unsubscribed', { channel: 'Email', topic: 'Promotions' }, ALL_BUT_ONE],
    [
      'Message Unsubscribed',
      { channel: 'email', topic: 'Spring Letter' },
      ['promotions email', ...ALL_BY_SMS],
    ],
    ['Message Unsubscribed', { channel: 'email', topic: 'renamed' }, ALL_BY_SMS],
    ['Message Unsubscribed', { channel: 'email', topic: 7 }, ALL_BY_SMS],
    ['Message Unsubscribed', { topic: 7 }, []],
    ['Message Unsubscribed', { topic: 'renamed', channel: 'pigeon' }, []],
    ['Message Unsubscribed', { topic: 'promotions', channel: 'pigeon' }, ALL_SPRING],
    ['Message Unsubscribed', { topic: 'promotions', channel: 7 }, ALL_SPRING],
    ['Consent Changed', { topic: 'promotions', channel: 'email', granted: 'false' }, ALL_BUT_ONE],
    ['Consent Changed', { topic: 'promotions', channel: 'email', granted: 0 }, ALL_BUT_ONE],
    ['Consent Changed', { topic: 'promotions', channel: 'email', granted: ' No ' }, ALL_BUT_ONE],
    ['Consent Changed', { channel: 'e-mail', granted: false }, ALL_BY_SMS],
    ['Consent Changed', { granted: false }, []],
    ['Consent Changed', { topic: 'constructor', channel: 'email', granted: false }, ALL_BY_SMS],
  ])('%s %j', (event, properties, may) => {
    const ada = told(event, properties);
    expect(left(ada).toSorted()).toEqual(may.toSorted());
    expect(ada.document.ledger).toMatchObject([{ what: 'refused', effect: 'changed' }]);
  });

  it.each(['true', 1, 'yes', 'perhaps', null, undefined])('is not %j', (granted) => {
    const ada = told('Consent Changed', { topic: 'promotions', channel: 'email', granted });
    expect(ada.document.consent).toEqual({});
    expect(ada.told('ignores')).toEqual(['ignores consent not understood']);
  });

  it('without a topic holds for topics that are added later', () => {
    const later = { ...TOPICS, events: { withoutRecord: 'granted' as const } };
    const byEmail = told('Message Unsubscribed', { channel: 'email' });
    expect(why(byEmail, 'events', 'email', later)).toBe('unsubscribed from the channel');
    expect(why(byEmail, 'events', 'sms', later)).toBeUndefined();
    expect(why(told('Message Unsubscribed', {}), 'events', 'sms', later)).toBe(
      'unsubscribed from everything',
    );
  });

  it('is in the ledger with what was made of it beside what could not be read', () => {
    const renamed = told('Message Unsubscribed', { topic: 'old-offers', channel: 'Email' });
    expect(renamed.document.ledger).toMatchObject([
      { topic: ANY, channel: 'email', said: 'topic old-offers, channel Email' },
    ]);
    const exact = told('Message Unsubscribed', { topic: 'promotions', channel: 'email' });
    expect(exact.document.ledger?.[0]).not.toHaveProperty('said');
  });

  it('covers all that it may mean, and nothing that it names something else than', () => {
    const topics = Object.keys(TOPICS);
    const word = fc.oneof(fc.constantFrom(...topics, ...channelSchema.options, ANY), fc.anything());
    fc.assert(
      fc.property(word, word, (topic, channel) => {
        const scopes = refusedScopes(topics, { topic, channel });
        const covered = (one: string, on: string) =>
          scopes.some((at) => [one, ANY].includes(at.topic) && [on, ANY].includes(at.channel));
        expect(scopes).not.toEqual([]);
        for (const one of topics)
          for (const on of channelSchema.options) {
            const mayBeMeant = mayMean(topic, one, topics) && mayMean(channel, on, channelSchema.options);
            expect(covered(one, on)).toBe(mayBeMeant);
          }
      }),
    );
  });
});

/** Whether the word may mean the name: it is that name, or none of them. */
function mayMean(word: unknown, name: string, names: readonly string[]): boolean {
  return word === name || !names.some((one) => one === word);
}

describe('a suppression', () => {
  it.each([
    ['Email', ['email']],
    ['pigeon', [...channelSchema.options]],
    [7, [...channelSchema.options]],
  ])('on channel %j holds for %j', (channel, held) => {
    expect(Object.keys(told('Suppression Added', { channel }).document.suppressed)).toEqual(held);
  });
});
