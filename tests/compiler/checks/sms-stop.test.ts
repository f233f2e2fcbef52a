// Marketing by text message says how to stop it, in a way that works with whom it comes from.
import { describe, expect, test } from 'vitest';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { tellsWordToStop } from '#lib/contracts/replies/opt-out-words.ts';
import { summarise, type SmsStop } from '#lib/messages/compiled-message.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';

const NUMBER = '+491713920042';
const AMERICAN = '+18445550123';
const NAME = 'Shop';

function told(sms: object, smsStop: readonly SmsStop[], step: object = {}): readonly string[] {
  const settings = {
    brand: { name: 'Shop' },
    timezone: 'Europe/Berlin',
    locale: 'en',
    vocabulary: { events: { 'Newsletter Joined': {} } },
    topics: { promotions: { name: 'Offers' } },
    defaultTopic: 'promotions',
    senders: { default: { sms } },
  };
  const journey = {
    name: 'Sample',
    status: 'live',
    entry: { event: 'Newsletter Joined' },
    steps: [{ id: 'hi', type: 'send', message: 'hello', channel: 'sms', ...step }],
  };
  const { diagnostics } = readWorkspace({
    settings: { path: 'settings.json', text: JSON.stringify(settings) },
    journeys: [{ path: 'journeys/sample.json', text: JSON.stringify(journey) }],
    messages: [
      {
        id: 'hello',
        hash: '0',
        channels: ['sms'],
        locales: ['en'],
        file: 'messages/hello/message.json',
        smsStop,
      },
    ],
    readLiquid,
  });
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

const both: readonly SmsStop[] = ['link', 'word'];

test.each<[string, object, readonly SmsStop[], string | undefined]>([
  ['nothing, from a number', { sender: NUMBER }, [], 'does not say how to stop it'],
  ['a word, from a number', { sender: NUMBER }, ['word'], undefined],
  ['a link, from a number', { sender: NUMBER }, ['link'], undefined],
  ['a word, from a pool', { sender: 'pool-0a1b2c' }, ['word'], undefined],
  ['a word, from a sender id', { sender: NAME }, ['word'], 'nobody can answer the sender id "Shop"'],
  ['a link, from a sender id', { sender: NAME }, ['link'], undefined],
  [
    'a word, from a sender id in one country',
    { sender: NUMBER, countries: { ES: { sender: NAME } } },
    ['word'],
    'nobody can answer the sender id "Shop"',
  ],
  [
    'a link, from an American number',
    { sender: NAME, countries: { US: { sender: AMERICAN } } },
    ['link'],
    `carriers ask for where it comes from ${AMERICAN}`,
  ],
  ['both, from whomever', { sender: NAME, countries: { US: { sender: AMERICAN } } }, both, undefined],
])('%s', (_, sms, smsStop, expected) => {
  const [first = '', ...others] = told(sms, smsStop);
  expect(others).toEqual([]);
  expect(first.includes('sms-cannot-be-stopped')).toBe(expected !== undefined);
  expect(first).toContain(expected ?? '');
});

test('a transactional text needs no way out', () => {
  expect(told({ sender: NAME }, [], { class: 'transactional' })).toEqual([]);
});

describe('what a text says', () => {
  test.each<[string, readonly SmsStop[]]>([
    ['Sale! Reply STOP to opt out', ['word']],
    ['Ausverkauf! Abmelden mit STOP', ['word']],
    ['Soldes ! Répondez ARRÊT', ['word']],
    ['Sale! Answer "stop" to leave', ['word']],
    ['大减价!回复退订', ['word']],
    ['Non-stop savings, until the end of May', []],
    ['STOPPING soon: our sale', []],
    ['Sale {% if STOP == 1 %}!{% endif %}', []],
    ['Sale! {{ preferences_url }}', ['link']],
    ['Sale! {{ unsubscribe_url }} or reply STOP', ['link', 'word']],
    ['Sale! shop.example/preferences_url', []],
  ])('%s', (text, expected) => {
    const message = { format: 1, id: 'hello', hash: '0', locales: { en: { sms: { text } } } } as const;
    expect(summarise(message).smsStop).toEqual(expected);
  });

  test('counts only where every language says it', () => {
    const en = { sms: { text: 'Sale! Reply STOP' } };
    const de = { sms: { text: 'Ausverkauf!' } };
    expect(summarise({ format: 1, id: 'hello', hash: '0', locales: { en, de } }).smsStop).toEqual([]);
  });

  test('a word is understood alone, not in a sentence', () => {
    expect(tellsWordToStop('QUIT smoking? Reply STOP')).toBe(true);
    expect(tellsWordToStop('do not stop')).toBe(false);
  });
});
