// Who has to confirm consent has to be asked: by a journey that is live, for this topic, with the link that confirms.
import { expect, test } from 'vitest';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';

function told(journey: object, confirms: readonly 'email'[] = ['email']): readonly string[] {
  const settings = {
    brand: { name: 'Shop' },
    timezone: 'Europe/Berlin',
    locale: 'en',
    topics: { letter: { name: 'Letter', confirm: true }, offers: { name: 'Offers' } },
    senders: { default: { email: { from: 'shop@shop.example' } } },
  };
  const asks = {
    name: 'Is it you?',
    status: 'live',
    entry: { event: 'Consent Requested', where: { 'event.topic': 'letter' } },
    delivery: { topic: 'letter', class: 'transactional' },
    steps: [{ id: 'ask', type: 'send', message: 'confirm', channel: 'email' }],
    ...journey,
  };
  const message = {
    id: 'confirm',
    hash: '0',
    channels: ['email'],
    locales: ['en'],
    file: 'messages/confirm/message.json',
  } as const;
  return readWorkspace({
    settings: { path: 'settings.json', text: JSON.stringify(settings) },
    journeys: [{ path: 'journeys/ask.json', text: JSON.stringify(asks) }],
    messages: [{ ...message, confirms }],
    readLiquid,
  }).diagnostics.map(({ code, message: words }) => `${code}: ${words}`);
}

test('a live journey that asks with the link is enough', () => {
  expect(told({})).toEqual([]);
  expect(told({ status: 'paused' })).toEqual([]);
  expect(told({ entry: { event: 'Consent Requested' } })).toEqual([]);
});

test.each<[string, object, readonly 'email'[]]>([
  ['a draft lets nobody in', { status: 'draft' }, ['email']],
  [
    'another topic is asked for',
    { entry: { event: 'Consent Requested', where: { 'event.topic': 'offers' } } },
    ['email'],
  ],
  ['the message has no link', {}, []],
])('%s', (_, journey, confirms) => {
  expect(told(journey, confirms)).toEqual([expect.stringContaining('confirm-unanswered')]);
});

test('a message without the link is named', () => {
  expect(told({}, []).join()).toContain(
    'The message "confirm" asks customers to confirm consent to "letter" and has no link',
  );
});
