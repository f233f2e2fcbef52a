// Double opt-in: what was asked for in a customer's name is no consent until it has been confirmed.
import { describe, expect, it } from 'vitest';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import { letter, manifest } from '../../laws/world/journeys.ts';
import { Bench, EMAIL } from '../bench.ts';

const DAY = 24 * 60;

/** A topic that has to be confirmed, and a journey that asks for it. */
function shop(): Bench {
  const settings = {
    timezone: 'UTC',
    locale: 'en',
    topics: { news: { confirm: { within: '7 days' } }, plain: {} },
  };
  const asks = manifest(
    'asks',
    { event: 'Consent Requested', reentry: { mode: 'always' } },
    { ask: letter('ask', null, { topic: 'news', class: 'transactional' }) },
  );
  const ada = new Bench([asks], 'ada', settings);
  ada.identify(EMAIL);
  return ada;
}

function say(ada: Bench, properties: Record<string, unknown>, history = false): void {
  ada.minutes(1);
  const { now: at } = ada;
  const id = `said ${at}`;
  ada.decide({
    kind: 'event',
    id,
    at,
    received: at,
    event: 'Consent Changed',
    properties: { topic: 'news', ...properties },
    ...(history ? { history } : {}),
  });
}

function reaches({ document, workspace, now }: Bench, channel: Channel = 'email'): string {
  return whyNoConsent({ document, workspace, now }, 'news', channel) ?? 'reached';
}

function ledgerOf({ document }: Bench): readonly string[] {
  return (document.ledger ?? []).map(({ what, effect }) => `${what}: ${effect}`);
}

describe('consent that has to be confirmed', () => {
  it('is asked for once for each time it was given, with a message that may go out before there is consent', () => {
    const ada = shop();
    say(ada, { granted: true });
    expect(reaches(ada)).toBe('consent not confirmed');
    expect(ada.told('enters')).toHaveLength(1);
    expect(ada.send('ask')).toMatchObject({ kind: 'claim', channel: 'email' });
    say(ada, { channel: 'email', granted: true });
    expect(ada.told('enters')).toHaveLength(2);
    expect(ledgerOf(ada)).toEqual(['requested: waits for confirmation', 'requested: waits for confirmation']);
  });

  it('is consent when it is confirmed, on that channel, and stays so when somebody asks again', () => {
    const ada = shop();
    say(ada, { granted: true });
    say(ada, { channel: 'email', granted: true, confirmed: true, send: 'r/ask/1' });
    expect([reaches(ada), reaches(ada, 'sms')]).toEqual(['reached', 'consent not confirmed']);
    say(ada, { channel: 'email', granted: true, source: 'another form' });
    expect(reaches(ada)).toBe('reached');
    expect(ada.told('enters')).toHaveLength(1);
    expect(ledgerOf(ada).slice(1)).toEqual(['confirmed: changed', 'requested: granted already']);
    expect(ada.document.ledger?.[1]).toMatchObject({ send: 'r/ask/1', channel: 'email' });
    say(ada, { channel: 'email', granted: false });
    expect(reaches(ada)).toBe('no consent');
  });

  it('expires, and can be asked for again', () => {
    const ada = shop();
    say(ada, { channel: 'email', granted: true });
    ada.minutes(7 * DAY);
    expect(reaches(ada)).toBe('no consent');
    say(ada, { channel: 'email', granted: true });
    expect(reaches(ada)).toBe('consent not confirmed');
  });

  it('is over with a refusal', () => {
    const ada = shop();
    say(ada, { channel: 'email', granted: true });
    say(ada, { channel: 'email', granted: false });
    expect(reaches(ada)).toBe('no consent');
    expect(ada.document.requested).toBeUndefined();
  });

  it('is neither given nor asked for by an import, unless it was confirmed where it comes from', () => {
    const ada = shop();
    say(ada, { granted: true }, true);
    say(ada, { granted: true, import: true });
    expect(reaches(ada)).toBe('no consent');
    expect(ada.told('enters')).toEqual([]);
    expect(ledgerOf(ada)).toEqual(Array<string>(2).fill('requested: an import without confirmation'));
    say(ada, { granted: true, confirmed: true }, true);
    expect(reaches(ada)).toBe('reached');
  });

  it('leaves topics alone that need no confirmation', () => {
    const ada = shop();
    say(ada, { topic: 'plain', granted: true });
    expect(ada.told('enters')).toEqual([]);
    expect(ada.document.consent['plain']?.['email']?.granted).toBe(true);
  });
});

describe('what was said goes into the ledger', () => {
  it('with what can be shown for it, shortened, whether it has changed anything or not', () => {
    const ada = shop();
    say(ada, { topic: 'plain', granted: true, source: 'desk', text: '2026-01', proof: 'x'.repeat(600) });
    say(ada, { topic: 'plain', granted: 'perhaps' });
    say(ada, { topic: 'plain', channel: 'pigeon', granted: true });
    say(ada, { topic: 'unheard', granted: true });
    say(ada, { topic: 'plain', granted: false });
    say(ada, { topic: 'plain', granted: true, import: true });
    expect(ledgerOf(ada)).toEqual([
      'granted: changed',
      'not understood: consent not understood',
      'not understood: consent not understood',
      'not understood: unknown topic',
      'refused: changed',
      'granted: an import overrules no refusal',
    ]);
    expect(ada.document.ledger?.[0]).toMatchObject({
      source: 'desk',
      text: '2026-01',
      proof: 'x'.repeat(500),
    });
    expect(ada.log.some((entry) => JSON.stringify(entry).includes('xxx'))).toBe(false);
  });

  it('of what nobody has written for long, what has changed nothing goes first', () => {
    const ada = shop();
    say(ada, { topic: 'plain', granted: false });
    for (let count = 0; count < 150; count += 1) say(ada, { topic: 'unheard', granted: true });
    say(ada, { topic: 'plain', granted: true });
    const changed = ledgerOf(ada).filter((entry) => entry.endsWith('changed'));
    expect(changed).toEqual(['refused: changed', 'granted: changed']);
    expect(ada.document.ledger).toHaveLength(100);
  });
});
