import { expect, it } from 'vitest';
import type { MetricName } from '#lib/contracts/metric-names.ts';
import type { Delivery, ProviderAnswer } from '#lib/engine/ports.ts';
import { countedDelivery } from '#lib/runtime/counted-delivery.ts';

type Message = Parameters<Delivery['send']>[0];
const MESSAGE = {} as Message;

function counting() {
  const counted: MetricName[] = [];
  return { counted, counts: { count: (name: MetricName) => void counted.push(name), flush: () => {} } };
}

it.each<[ProviderAnswer, MetricName]>([
  [{ kind: 'accepted', id: '1' }, 'SendsAccepted'],
  [{ kind: 'refused', reason: 'no such sender' }, 'SendsRefused'],
  [{ kind: 'try later', reason: 'throttled' }, 'SendsPutOff'],
  [{ kind: 'unknown', reason: 'no answer' }, 'SendsInDoubt'],
])('counts the answer $0.kind as $1 and passes it on', async (answer, name) => {
  const { counted, counts } = counting();
  const delivery = countedDelivery({ send: () => Promise.resolve(answer) }, counts);
  expect(await delivery.send(MESSAGE)).toBe(answer);
  expect(counted).toEqual([name]);
});

it('a client that throws has left the message in doubt', async () => {
  const { counted, counts } = counting();
  const delivery = countedDelivery({ send: () => Promise.reject(new Error('socket hang up')) }, counts);
  await expect(delivery.send(MESSAGE)).rejects.toThrow('socket hang up');
  expect(counted).toEqual(['SendsInDoubt']);
});
