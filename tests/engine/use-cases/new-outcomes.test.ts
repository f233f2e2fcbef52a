// Each outcome of a message counts once, whatever is delivered twice, and only those that say how messages fare.
import { expect, it } from 'vitest';
import { newOutcomes } from '#lib/engine/use-cases/new-outcomes.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { at } from '../bench.ts';
import { before } from '../rules/before-send.ts';

function event(name: string, properties: Record<string, unknown>): CustomerEvent {
  const now = at('2026-03-02T11:00:00Z');
  return { kind: 'event', id: name, event: name, at: now, received: now, properties };
}

it('a delivery, a hard bounce and a complaint count once each; a soft bounce and an opening do not', () => {
  const ada = before({});
  ada.send('hello');
  ada.sent('hello');
  const send = ada.document.sends[0]?.key;
  const kinds: unknown[] = [];
  const tell = (name: string, properties = {}): void => {
    const earlier = ada.document;
    ada.event(name, { send, ...properties });
    const input = event(name, properties);
    kinds.push(...newOutcomes(earlier, ada.document, [input]).map(({ kind, journey }) => [kind, journey]));
  };
  tell('Message Delivered');
  tell('Message Delivered');
  tell('Message Opened');
  tell('Message Bounced', { type: 'soft' });
  tell('Message Bounced', { type: 'hard' });
  tell('Message Complained');
  tell('Message Complained');
  expect(kinds).toEqual([
    ['delivered', 'journey'],
    ['bounced', 'journey'],
    ['complained', 'journey'],
  ]);
});

it("what the account's suppression list has held back was never sent, and counts for nothing", () => {
  const ada = before({});
  ada.send('hello');
  ada.sent('hello');
  const properties = { send: ada.document.sends[0]?.key, type: 'hard', reason: 'OnAccountSuppressionList' };
  const earlier = ada.document;
  ada.event('Message Bounced', properties);
  expect(ada.document).not.toBe(earlier);
  expect(newOutcomes(earlier, ada.document, [event('Message Bounced', properties)])).toEqual([]);
});
