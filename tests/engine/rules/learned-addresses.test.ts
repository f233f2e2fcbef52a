// What providers say of addresses: dead push tokens leave the profile with the very decision that records the answer.
import { describe, expect, it } from 'vitest';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { before } from './before-send.ts';

const channels: Channel[] = ['push', 'email'];
const TRAITS = { pushTokens: ['t1', 't2', 't3'], email: 'ada@example.com' };

function tokensOf(ada: ReturnType<typeof before>): unknown {
  return ada.document.traits['pushTokens']?.value;
}

it('a number that has opted out at the provider is suppressed, and the next channel has its turn', () => {
  const ada = before({ channels: ['sms', 'email'] }, { ...TRAITS, phone: '+4915112345678' });
  ada.send('hello');
  ada.sent('hello', 'refused', { channel: 'sms', learned: { optedOut: true } });
  expect(ada.document.suppressed['sms']).toMatchObject({ reason: 'opted out at the provider' });
  expect(ada.send('hello')).toMatchObject({ kind: 'claim', channel: 'email' });
});

function stopped(): ReturnType<typeof before> {
  const ada = before({ channels: ['sms'] }, { phone: '+4915112345678' });
  ada.send('hello');
  ada.sent('hello', 'refused', { channel: 'sms', learned: { optedOut: true } });
  ada.minutes(1);
  return ada;
}

describe('START after STOP', () => {
  const start = { topic: '*', channel: 'sms', granted: true, source: 'reply' };
  it('lifts what was learned of the provider, and says so in the log and in the ledger', () => {
    const ada = stopped();
    ada.event('Consent Changed', start, { id: 'start' });
    expect(ada.document.suppressed).toEqual({});
    expect(ada.log.filter(({ kind }) => kind === 'lifts')).toMatchObject([
      { channel: 'sms', reason: 'opted out at the provider', event: 'start' },
    ]);
    const entries = ada.document.ledger ?? [];
    expect(entries.map(({ what }) => what)).toEqual(['granted', 'lifted']);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(2);
  });

  it.each<[string, Record<string, unknown>]>([
    ['consent on a form', { ...start, source: 'form' }],
    ['consent to a topic', { ...start, topic: 'updates' }],
    ['a START on another channel', { ...start, channel: 'whatsapp' }],
  ])('%s lifts nothing', (_, said) => {
    const ada = stopped();
    ada.event('Consent Changed', said);
    expect(ada.document.suppressed).toHaveProperty('sms');
  });

  it('leaves what an operator has said', () => {
    const ada = stopped();
    ada.event('Suppression Added', { channel: 'sms', reason: 'asked us by phone' });
    ada.minutes(1);
    ada.event('Consent Changed', start);
    expect(ada.document.suppressed['sms']).toMatchObject({ reason: 'asked us by phone' });
  });
});

describe('tokens that are no more', () => {
  it('leave the profile with the answer, the message is sent and counts once', () => {
    const ada = before({ channels }, TRAITS);
    ada.send('hello');
    const { revision } = ada.document;
    ada.sent('hello', 'accepted', { learned: { dead: ['t1', 'unknown'] } });
    expect(ada.document.revision).toBe(revision + 1);
    expect(tokensOf(ada)).toEqual(['t2', 't3']);
    expect(ada.document.sends.map(({ state }) => state)).toEqual(['accepted']);
  });

  it('all of them: the next channel has its turn, and nobody asks about them again', () => {
    const ada = before({ channels }, TRAITS);
    ada.send('hello');
    const answer = ada.sent('hello', 'refused', { learned: { dead: ['t1', 't2', 't3'] } });
    expect(answer).toEqual({ kind: 'again' });
    expect(tokensOf(ada)).toEqual([]);
    expect(ada.send('hello')).toMatchObject({ kind: 'claim', channel: 'email' });
  });

  it('that have a new name get it, in their place and once', () => {
    const ada = before({ channels }, TRAITS);
    ada.send('hello');
    const replaced = new Map([
      ['t1', 't9'],
      ['t2', 't3'],
    ]);
    ada.sent('hello', 'accepted', { learned: { replaced } });
    expect(tokensOf(ada)).toEqual(['t9', 't3']);
  });

  it('come back when the application tells of them later, also where that was already on its way', () => {
    const ada = before({ channels }, TRAITS);
    ada.send('hello');
    const told = ada.document.traits['pushTokens']?.at;
    ada.minutes(5);
    ada.sent('hello', 'accepted', { learned: { dead: ['t1'] } });
    expect(ada.document.traits['pushTokens']?.at).toBe(told);
  });

  it('of which the profile knows nothing change nothing', () => {
    const ada = before({ channels }, TRAITS);
    ada.send('hello');
    ada.sent('hello', 'accepted', { learned: { dead: ['t7'], replaced: new Map([['t8', 't9']]) } });
    expect(tokensOf(ada)).toEqual(TRAITS.pushTokens);
  });
});
