// How many messages a carrier charges for a text is counted in what is sent: it stands in the log and in the figures of a play.
import { expect, test } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { createRenderer } from '#lib/messages/create-renderer.ts';
import { pageLinks } from '#lib/messages/links.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { CART, playStream, SETTINGS, streamOf, type Said } from './small-shop.ts';

const text = {
  format: 1,
  id: 'text',
  hash: '0123456789ab',
  locales: { en: { sms: { text: 'Still there, {{ profile.firstName }}! Reply STOP' } } },
} as const;

const journeys = readWorkspace({
  readLiquid,
  settings: {
    path: 'settings.json',
    text: JSON.stringify({ ...SETTINGS, senders: { default: { sms: { sender: '+491713920042' } } } }),
  },
  journeys: [
    {
      path: 'journeys/cart.json',
      text: JSON.stringify({
        ...CART,
        steps: [{ id: 'remind', type: 'send', message: 'text', channel: 'sms' }],
      }),
    },
  ],
  messages: [
    { id: 'text', hash: text.hash, channels: ['sms'], locales: ['en'], file: 'messages/text/message.json' },
  ],
}).journeys.map(({ manifest }) => compileManifest(manifest));

function customer(user: string, firstName: string, phone: string): Said[] {
  return [
    [0, user, { phone, firstName }],
    [0, user, 'Consent Changed', { topic: 'promotions', channel: 'sms', granted: true }],
    [0, user, 'Product Added', { price: 50 }],
  ];
}

test('a long name, and one outside the alphabet of text messages, cost segments: in the log and in the figures', async () => {
  const stream = streamOf([
    ...customer('short', 'Ann', '+4915228817386'),
    ...customer('long', 'A'.repeat(200), '+4915228895456'),
    ...customer('foreign', 'Ж'.repeat(60), '+4915254599371'),
  ]);
  const renderer = createRenderer({
    messages: [text],
    links: pageLinks(undefined),
    defaultLocale: 'en',
    brand: { name: 'Shop' },
  });
  const { trace, report } = await playStream(stream, { journeys, renderer });
  const sends = trace
    .filter(({ kind }) => kind === 'sends')
    .map(({ external, segments }) => [external, segments]);
  expect(Object.fromEntries(sends)).toEqual({ short: 1, long: 2, foreign: 2 });
  expect(report.messages['text']?.sms).toMatchObject({ sent: 3, segments: 5 });
});
