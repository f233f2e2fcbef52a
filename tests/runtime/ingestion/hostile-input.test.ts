// Whatever an application or a stranger puts on the bus: every message ends up somewhere, nothing throws, and who behaves is heard.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IngestionWorld, onBus, track } from './world.ts';

const HARD = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '\uD800',
  '\u0000',
  '\uFEFF',
  '',
  ' ',
  'a/b#c',
  'x'.repeat(10_000),
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00.000Z',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
];
const text = fc.oneof(fc.constantFrom(...HARD), fc.string({ unit: 'binary' }));
const anything = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    text,
    fc.array(tie('any')),
    fc.dictionary(text, tie('any')),
  ),
})).any;
const mostly = (...usual: readonly unknown[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: anything });
const instants = ['9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z', '2026-05-04T09:58:00Z'];
const named = (...names: readonly string[]) =>
  fc.dictionary(fc.oneof(fc.constantFrom(...names), text), anything);

const call = fc.record(
  {
    type: mostly('track', 'identify'),
    userId: mostly('u1', 'u2', 7),
    anonymousId: mostly('d1'),
    messageId: anything,
    event: mostly('Signed Up', 'Order Completed', 'Account Closed', 'Product Restocked', 'Consent Changed'),
    timestamp: mostly(...instants),
    originalTimestamp: mostly(...instants),
    sentAt: mostly(...instants),
    receivedAt: mostly(...instants),
    properties: fc.oneof(named('topic', 'channel', 'granted', 'product_id', 'address'), anything),
    traits: fc.oneof(named('email', 'phone', 'timezone', 'locale', 'wishlist', 'pushTokens'), anything),
    context: anything,
  },
  { requiredKeys: ['type', 'userId', 'event'] },
);
const envelope = fc.record(
  {
    id: anything,
    source: mostly('shop', 'shop.orders', 'aws.ses'),
    'detail-type': mostly('order.completed'),
    time: mostly(...instants),
  },
  { requiredKeys: [] },
);

/** With a detail that is written as it is: JSON would be written by a function that minds how deep it is. */
function raw(detail: string): string {
  return onBus(0).replace('"detail":0', `"detail":${detail}`);
}

describe('hostile events', () => {
  it('each end up decided, refused with a reason or passed over; those who come with them are heard', async () => {
    const ends = { decided: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(call, fc.oneof(fc.constant({}), envelope)), { minLength: 1, maxLength: 6 }),
        async (all) => {
          const world = new IngestionWorld();
          const well = onBus(track('Signed Up', { userId: 'well', messageId: 'well' }));
          const bodies = all.map(([detail, around]) => onBus(detail, around));
          const { failed, refused } = await world.deliver(...bodies, well);
          expect([...failed.values()]).toEqual([]);
          expect((await world.documentOf('well'))?.tallies['welcome']?.entered).toBe(1);
          expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
          for (const { reason } of world.letters) expect(reason).toMatch(/^[A-Za-z ]{1,60}$/);
          ends.refused += [...refused.values()].reduce((sum, count) => sum + count, 0);
          ends.decided += world.calls.filter((port) => port === 'commit').length - 1;
        },
      ),
      { numRuns: 400 },
    );
    expect(ends.decided).toBeGreaterThan(100);
    expect(ends.refused).toBeGreaterThan(100);
  });

  it.each([1000, 200_000])('nested %d deep are as good as any other', async (depth) => {
    const world = new IngestionWorld();
    const deep = '['.repeat(depth) + ']'.repeat(depth);
    const { failed } = await world.deliver(
      raw(`{"type":"track","userId":"u1","event":"Signed Up","properties":{"a":${deep}}}`),
      raw(`{"type":"identify","userId":"u1","traits":{"email":${deep},"wishlist":${deep}}}`),
      raw(`{"type":"track","userId":"u1","event":"Order Completed","messageId":"last"}`),
    );
    expect([...failed.values()]).toEqual([]);
    expect((await world.documentOf('u1'))?.tallies['welcome']).toMatchObject({ entered: 1, converted: 1 });
  });
});
