import { expect, it } from 'vitest';
import { instantSchema } from '#lib/contracts/time.ts';
import { Identities } from '#lib/simulator/identities.ts';
import type { ReadCall } from '#lib/contracts/segment-call.ts';

const at = instantSchema.parse('2026-03-27T10:00:00.000Z');
const call = (ids: { user?: string; anonymous?: string }): ReadCall => ({
  ...ids,
  input: { kind: 'event', id: 'm', at, received: at, event: 'Seen', properties: {} },
});

it('a device is a customer only after a call has carried both ids', () => {
  const identities = new Identities();
  expect(identities.resolve(call({ anonymous: 'phone' }))).toBeUndefined();
  expect(identities.resolve(call({ user: 'u1', anonymous: 'phone' }))?.external).toBe('u1');
  expect(identities.resolve(call({ anonymous: 'phone' }))?.external).toBe('u1');
  expect(identities.resolve(call({ anonymous: 'laptop' }))).toBeUndefined();
});

it('a shared device belongs to who used it last', () => {
  const identities = new Identities();
  identities.resolve(call({ user: 'u1', anonymous: 'phone' }));
  identities.resolve(call({ user: 'u2', anonymous: 'phone' }));
  expect(identities.resolve(call({ anonymous: 'phone' }))?.external).toBe('u2');
});
