// Endpoints and functions of somebody else: nothing leaves the laptop, and every call is in the outbox.
import { describe, expect, it } from 'vitest';
import type { OutsideAnswer, OutsideCall } from '#lib/local/functions/outside-call.ts';
import { openDelivery } from './delivery-fixture.ts';

const URL = 'https://crm.example/hooks?a=b';

async function fetchOutside(endpoint: string, more: Partial<OutsideCall> = {}): Promise<OutsideAnswer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=any/20260504/eu-central-1/outside/aws4_request' },
    body: JSON.stringify({
      url: URL,
      method: 'POST',
      headers: { 'idempotency-key': `${'a'.repeat(24)}/tell.crm/2`, authorization: 'Bearer s3cr3t' },
      body: '{"id":1}',
      ...more,
    }),
  });
  return (await response.json()) as OutsideAnswer;
}

describe('a request to another host', () => {
  it('is answered with an empty object, and kept without its secrets', async () => {
    const { endpoint, delivery } = await openDelivery();
    expect(await fetchOutside(endpoint)).toMatchObject({ status: 200, body: '{}' });
    const [message] = delivery.outbox.page(1).messages;
    expect(message).toMatchObject({
      channel: 'webhook',
      to: [URL],
      about: { run: 'a'.repeat(24), step: 'tell.crm', visit: 2 },
      content: { kind: 'webhook', method: 'POST', address: URL, body: { id: 1 } },
    });
    expect(JSON.stringify(message)).not.toContain('s3cr3t');
  });

  it('is answered as was set', async () => {
    const { endpoint, delivery } = await openDelivery();
    const set = (behaviour: Parameters<typeof delivery.behaviours.set>[0]['behaviour']) =>
      delivery.behaviours.set({ channel: 'webhook', recipient: 'https://crm.example/*', behaviour });
    set({ does: 'answer', status: 503, body: 'later' });
    expect(await fetchOutside(endpoint)).toMatchObject({ status: 503, body: 'later' });
    set({ does: 'throttle' });
    expect(await fetchOutside(endpoint)).toMatchObject({ status: 429 });
    set({ does: 'refuse', error: 'ENOTFOUND' });
    expect(await fetchOutside(endpoint)).toEqual({ unreachable: 'ENOTFOUND' });
    expect(await fetchOutside(endpoint, { url: 'https://other.example/' })).toMatchObject({ status: 200 });
  });
});

it('a call of a function is known to be of the step whose key it carries', async () => {
  const { delivery } = await openDelivery();
  const run = 'a'.repeat(24);
  await delivery.answerOutside('stock-check', JSON.stringify({ idempotencyKey: `${run}/ask/1`, input: {} }));
  expect(delivery.outbox.page(1).messages[0]?.about).toMatchObject({ run, step: 'ask', visit: 1 });
});

it('a function that is not in the template answers as was set, and an empty object otherwise', async () => {
  const { delivery } = await openDelivery();
  expect(await delivery.answerOutside('stock-check', '{"sku":"p-1"}')).toEqual({ payload: '{}' });
  delivery.behaviours.set({
    channel: 'webhook',
    recipient: 'stock-check',
    behaviour: { does: 'answer', status: 200, body: '{"left":3}' },
  });
  expect(await delivery.answerOutside('stock-check', '{}')).toEqual({ payload: '{"left":3}' });
  delivery.behaviours.set({
    channel: 'webhook',
    recipient: 'stock-check',
    behaviour: { does: 'answer', status: 500, body: '{"errorType":"Oops"}' },
  });
  expect(await delivery.answerOutside('stock-check', '{}')).toMatchObject({ functionError: 'Unhandled' });
  expect(delivery.outbox.page(10).messages[2]).toMatchObject({
    content: { method: 'Invoke', address: 'stock-check', body: { sku: 'p-1' } },
  });
});
