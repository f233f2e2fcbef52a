import { expect, it } from 'vitest';
import { createWebhook } from '#lib/adapters/aws/delivery/webhook.ts';
import type { CallAnswer, OutsideCall, OutgoingMessage } from '#lib/engine/ports.ts';
import { SEND, SENT, outgoing } from './outgoing.ts';

async function sent(answer: CallAnswer, messageClass: OutgoingMessage['class'] = 'marketing') {
  const calls: OutsideCall[] = [];
  const send = createWebhook({
    endpoints: {
      call(call) {
        calls.push(call);
        return Promise.resolve(answer);
      },
    },
    senders: (name) => (name === 'default' ? { endpoint: 'crm' } : undefined),
  });
  const message = outgoing('webhook', { content: { kind: 'consent', granted: true } }, messageClass);
  return { answer: await send(message), calls, send };
}

it('a webhook message is one call to the endpoint of its sender, under the key of the send', async () => {
  const { answer, calls } = await sent({ kind: 'answered', value: null });
  expect(answer).toEqual({ kind: 'accepted', id: SEND });
  expect(calls).toEqual([
    {
      kind: 'endpoint',
      name: 'crm',
      key: SEND,
      customer: SENT.customer,
      body: { kind: 'consent', granted: true },
    },
  ]);
});

it('without a sender for webhooks it is refused, and nobody is called', async () => {
  const { send, calls } = await sent({ kind: 'answered', value: null });
  calls.length = 0;
  expect(await send(outgoing('webhook', { sender: 'orders', content: {} }))).toMatchObject({
    kind: 'refused',
  });
  expect(calls).toEqual([]);
});

it.each<[CallAnswer, OutgoingMessage['class'], string]>([
  [{ kind: 'refused', reason: 'HTTP 404' }, 'marketing', 'refused'],
  [{ kind: 'try later', reason: 'HTTP 425', untouched: true }, 'marketing', 'try later'],
  [{ kind: 'try later', reason: 'HTTP 429', untouched: true, throttled: true }, 'marketing', 'try later'],
  [{ kind: 'try later', reason: 'HTTP 500' }, 'marketing', 'unknown'],
  [{ kind: 'try later', reason: 'HTTP 500' }, 'transactional', 'try later'],
])('%j of a %s message: %s', async (called, messageClass, kind) => {
  const { answer } = await sent(called, messageClass);
  expect(answer).toEqual({
    kind,
    reason: `webhook: ${'reason' in called ? called.reason : ''}`,
    // The channel is slowed down.
    ...('throttled' in called ? { throttled: true } : {}),
  });
});
