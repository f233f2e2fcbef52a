import { expect, it } from 'vitest';
import { MemoryOutbox } from '#lib/adapters/memory/outbox.ts';
import type { OutgoingMessage } from '#lib/engine/ports.ts';

const sent = { customer: 'c1', run: 'r1', step: 'remind', visit: 1, journey: 'carts', message: 'hello' };
const message: OutgoingMessage = {
  sent,
  class: 'marketing',
  rendered: { channel: 'email', to: ['a@example.com'], locale: 'en', subject: 'Hello' },
};

it('the outbox keeps what was accepted, under the same id every time', async () => {
  const kept: OutgoingMessage[] = [];
  const outbox = new MemoryOutbox((one) => kept.push(one));
  const first = await outbox.send(message);
  expect(first).toMatchObject({ kind: 'accepted' });
  expect(await outbox.send(message)).toEqual(first);
  expect(await outbox.send({ ...message, sent: { ...sent, visit: 2 } })).not.toEqual(first);
  expect(kept).toHaveLength(3);
});

it('what the provider refuses is not in the outbox', async () => {
  const kept: OutgoingMessage[] = [];
  const outbox = new MemoryOutbox(
    (one) => kept.push(one),
    () => ({ kind: 'refused', reason: 'no such mailbox' }),
  );
  expect(await outbox.send(message)).toEqual({ kind: 'refused', reason: 'no such mailbox' });
  expect(kept).toEqual([]);
});
