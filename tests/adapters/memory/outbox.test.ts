import { expect, it } from 'vitest';
import { MemoryOutbox, type OutgoingMessage } from '#lib/adapters/memory/outbox.ts';

const message: OutgoingMessage = {
  key: 'r1/remind/1',
  customer: 'c1',
  rendered: { channel: 'email', to: ['a@example.com'], locale: 'en', subject: 'Hello' },
};

it('the outbox keeps what was accepted, under the same id every time', async () => {
  const kept: OutgoingMessage[] = [];
  const outbox = new MemoryOutbox((one) => kept.push(one));
  const first = await outbox.send(message);
  expect(first).toMatchObject({ kind: 'accepted' });
  expect(await outbox.send(message)).toEqual(first);
  expect(await outbox.send({ ...message, key: 'r1/remind/2' })).not.toEqual(first);
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
