// The switch inside WhatsApp that stops marketing and lets it in again.
import { expect, it } from 'vitest';
import { readReply } from '#lib/contracts/replies/read-reply.ts';
import { instantSchema } from '#lib/contracts/time.ts';

const PUBLISHED = instantSchema.parse('2026-03-02T10:00:00.000Z');

function read(preference: object): unknown {
  const one = {
    wa_id: '4915112345678',
    detail: 'User requested to stop marketing messages',
    category: 'marketing_messages',
    timestamp: 1_772_000_000,
    ...preference,
  };
  const changes = [{ field: 'user_preferences', value: { user_preferences: [one] } }];
  return readReply({ message: { whatsAppWebhookEntry: JSON.stringify({ changes }) }, time: PUBLISHED });
}

it.each([
  ['stop', 'stop'],
  ['resume', 'start'],
])('%s is a word to %s, of the customer with this number and from then on', (value, wish) => {
  expect(read({ value })).toMatchObject({
    kind: 'replies',
    replies: [{ channel: 'whatsapp', from: '+4915112345678', at: '2026-02-25T06:13:20.000Z', wish }],
  });
});

it('a stop without a date that can be read counts from when it was told; a return does not', () => {
  expect(read({ value: 'stop', timestamp: 'now' })).toMatchObject({
    replies: [{ wish: 'stop', at: PUBLISHED }],
  });
  expect(read({ value: 'resume', timestamp: 'now' })).toMatchObject({ kind: 'refused' });
});

it('what is not about marketing is no word', () => {
  expect(read({ value: 'stop', category: 'service' })).toMatchObject({ kind: 'none' });
});
