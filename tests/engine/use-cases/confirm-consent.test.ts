import { describe, expect, it } from 'vitest';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import { confirmConsent } from '#lib/engine/use-cases/confirm-consent.ts';
import { decideAndCommit } from '#lib/engine/use-cases/engine.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { at } from '../bench.ts';

const DAY = 24 * 60 * 60_000;

/** Ada, a topic that has to be confirmed, and a clock. */
function shop() {
  const state = { now: at('2026-03-02T10:00:00Z'), inputs: 0 };
  const store = new MemoryDocuments(() => {});
  const settings = { timezone: 'UTC', locale: 'en', topics: { news: { confirm: { within: '7 days' } } } };
  const workspace = createWorkspace({ manifests: [], newest: {}, settings });
  const clock = { now: (): Instant => state.now, monotonic: () => 0 };
  const engine = { workspace, ports: { store, clock, switches: new MemorySwitches() } };
  return {
    pass: (millis: number) => (state.now = addMillis(state.now, millis)),
    tell: (properties: Record<string, unknown>) => {
      const id = `input ${(state.inputs += 1)}`;
      const told = {
        kind: 'event',
        id,
        at: state.now,
        received: state.now,
        event: 'Consent Changed',
      } as const;
      return decideAndCommit(
        engine,
        'ada',
        [{ ...told, properties: { topic: 'news', ...properties } }],
        'ada',
      );
    },
    confirm: () =>
      confirmConsent(engine, { customer: 'ada', topic: 'news', send: 'r/ask/1', source: 'link' }),
    reaches: async (channel: 'email' | 'sms') => {
      const document = await store.load('ada');
      if (document?.schema !== 2) return undefined;
      return whyNoConsent({ document, workspace, now: state.now }, 'news', channel) ?? 'reached';
    },
    ledger: async () =>
      (await store.load('ada'))?.ledger?.map(({ what, channel, send }) => [what, channel, send]),
  };
}

describe('a confirmation', () => {
  it('makes consent of what was asked for, of nothing else, and twice is the same', async () => {
    const ada = shop();
    await ada.tell({ channel: 'email', granted: true });
    expect(await ada.reaches('email')).toBe('consent not confirmed');
    ada.pass(1000);
    expect(await ada.confirm()).toBe('confirmed');
    ada.pass(1000);
    expect(await ada.confirm()).toBe('confirmed already');
    expect([await ada.reaches('email'), await ada.reaches('sms')]).toEqual(['reached', 'no consent']);
    expect(await ada.ledger()).toEqual([
      ['requested', 'email', undefined],
      ['confirmed', 'email', 'r/ask/1'],
    ]);
  });

  it('of every channel is one', async () => {
    const ada = shop();
    await ada.tell({ granted: true });
    ada.pass(1000);
    expect(await ada.confirm()).toBe('confirmed');
    expect([await ada.reaches('email'), await ada.reaches('sms')]).toEqual(['reached', 'reached']);
    expect(await ada.ledger()).toHaveLength(2);
  });

  it.each<[string, (ada: ReturnType<typeof shop>) => unknown]>([
    ['nobody has asked for', () => undefined],
    ['was refused since', (ada) => (ada.pass(1000), ada.tell({ channel: 'email', granted: false }))],
    ['was asked for a week ago', (ada) => ada.pass(7 * DAY)],
  ])('of what %s confirms nothing', async (what, happens) => {
    const ada = shop();
    await ada.tell(
      what === 'nobody has asked for' ? { granted: false } : { channel: 'email', granted: true },
    );
    await happens(ada);
    expect(await ada.confirm()).toBe('nothing to confirm');
    expect(await ada.reaches('email')).toBe('no consent');
  });

  it('holds against a later request, and an unconfirmed source changes nothing any more', async () => {
    const ada = shop();
    await ada.tell({ channel: 'email', granted: true });
    ada.pass(1000);
    await ada.confirm();
    ada.pass(DAY);
    await ada.tell({ channel: 'email', granted: true, source: 'another form' });
    expect(await ada.reaches('email')).toBe('reached');
    ada.pass(1000);
    await ada.tell({ channel: 'email', granted: false });
    expect(await ada.reaches('email')).toBe('no consent');
  });
});
