import { expect, it } from 'vitest';
import { readSegmentCall } from '#lib/contracts/segment-call.ts';
import { parseInstant } from '#lib/contracts/time.ts';

const RECEIVED = parseInstant('2026-03-02T10:00:00Z');

function read(event: string, properties: object): object {
  const call = { type: 'track', userId: 'ada', timestamp: 'yesterday', event, properties };
  return readSegmentCall(call, {
    audiences: new Set(),
    ownId: () => 'own',
    ...(RECEIVED && { taken: { at: RECEIVED, received: RECEIVED } }),
  });
}

it.each<[string, object]>([
  ['Message Unsubscribed', {}],
  ['Message Complained', {}],
  ['Suppression Added', { channel: 'email' }],
  ['Message Bounced', { type: 'hard' }],
  ['Preferences Changed', { pausedUntil: '2026-05-01T00:00:00Z' }],
  ['Consent Changed', { granted: false }],
  ['Consent Changed', { granted: 'false' }],
])('%s %j counts from when it was received, where its date cannot be read', (event, properties) => {
  expect(read(event, properties)).toMatchObject({ input: { event, at: RECEIVED } });
});

it.each<[string, object]>([
  ['Suppression Lifted', { channel: 'email' }],
  ['Message Bounced', { type: 'soft' }],
  ['Preferences Changed', { pausedUntil: null }],
  ['Consent Changed', { granted: true }],
])('%s %j is refused with it', (event, properties) => {
  expect(read(event, properties)).toEqual({ refused: 'timestamp is no date' });
});
