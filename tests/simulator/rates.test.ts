// Channels with a rate: back-pressure without a storm, without starving, in the order of due.
import { describe, expect, it } from 'vitest';
import { haveRoom } from '#lib/simulator/room-for-all.ts';
import {
  CART,
  compileJourneys,
  consent,
  playStream,
  streamOf,
  type Played,
  type Said,
} from './small-shop.ts';

const settings = { timezone: 'UTC', locale: 'en', topics: { promotions: {} }, perSecond: { email: 10 } };

const letter = { id: 'hello', type: 'send', message: 'reminder', channel: 'email', expires: '2 hours' };

function atNine(name: string, delivery: object = {}) {
  return {
    ...CART,
    name,
    delivery: { topic: 'promotions', quietHours: 'none', ...delivery },
    steps: [{ id: 'morning', type: 'wait', until: '09:00' }, letter],
  };
}

/** Everybody adds a product before nine. */
function crowd(count: number): string {
  return streamOf(
    Array.from({ length: count }, (_, index): Said[] => [
      [0, `u${index}`, { email: `u${index}@example.com` }],
      [0, `u${index}`, 'Consent Changed', consent],
      [index / count, `u${index}`, 'Product Added', { price: 50 }],
    ]).flat(),
  );
}

/** What one part has taken of a rate of two, by second. */
const part = (taken: readonly (readonly [number, number])[]) =>
  new Map([['email', { perSecond: 2, taken: new Map(taken) }]]);

/** Messages of each second that had any. */
function perSecond({ outbox }: Played): number[] {
  return [...Map.groupBy(outbox, ({ at }) => at.slice(0, 19)).values()].map((lines) => lines.length);
}

describe('a channel with a rate', () => {
  it('2,000 messages due at nine on a channel of ten a second: all sent, never more, in the order of due', async () => {
    const played = await playStream(crowd(2000), {
      settings,
      journeys: compileJourneys({ cart: atNine('All') }),
    });
    expect(played.outbox).toHaveLength(2000);
    expect(perSecond(played)).toEqual(Array.from({ length: 200 }, () => 10));
    expect(played.outbox[0]?.at).toBe('2026-03-28T09:00:00.000Z');
    expect(played.outbox.at(-1)?.at).toBe('2026-03-28T09:03:19.000Z');
    // One wait for each that had to wait: no call and no transition more than a deferral costs.
    expect(played.report.journeys['cart']?.transitions).toBe(2000 * 2 + 1990 * 2);
    expect(played.report.messages['reminder']?.['email']?.deferred).toEqual({ 'rate limit': 1990 });
    // Those with the same due instant go out in the order in which they were called.
    const order = played.outbox.map(({ external }) => Number(external.slice(1)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }, 60_000);

  it('what would expire before its turn is skipped', async () => {
    const journeys = compileJourneys({
      cart: { ...atNine('All'), steps: [atNine('').steps[0], { ...letter, expires: '3 seconds' }] },
    });
    const { report } = await playStream(crowd(100), { settings, journeys });
    expect(report.messages['reminder']?.['email']).toEqual({
      sent: 40,
      skipped: { expired: 60 },
      deferred: { 'rate limit': 30 },
    });
  });

  it("a journey's own rate holds beside that of the channel, and holds up no other journey", async () => {
    const journeys = compileJourneys({
      fast: atNine('Fast'),
      slow: atNine('Slow', { perSecond: { email: 1 } }),
    });
    const { outbox } = await playStream(crowd(50), { settings, journeys });
    expect(outbox).toHaveLength(100);
    const last = (journey: string): string => outbox.findLast((line) => line.journey === journey)?.at ?? '';
    expect([last('fast'), last('slow')]).toEqual(['2026-03-28T09:00:05.000Z', '2026-03-28T09:00:49.000Z']);
    for (const lines of Map.groupBy(outbox, ({ at }) => at.slice(0, 19)).values())
      expect(lines.length).toBeLessThanOrEqual(10);
  });

  it('transactional messages do not wait', async () => {
    const journeys = compileJourneys({ cart: atNine('All', { class: 'transactional' }) });
    const { outbox } = await playStream(crowd(30), { settings, journeys });
    expect(new Set(outbox.map(({ at }) => at))).toEqual(new Set(['2026-03-28T09:00:00.000Z']));
  });
});

describe('parts of a play', () => {
  it('stand side by side where every second has room for all of them', () => {
    expect(
      haveRoom([
        part([
          [1, 1],
          [2, 2],
        ]),
        part([
          [1, 1],
          [3, 2],
        ]),
      ]),
    ).toBe(true);
    expect(
      haveRoom([
        part([
          [1, 1],
          [2, 2],
        ]),
        part([[1, 2]]),
      ]),
    ).toBe(false);
    expect(haveRoom([part([[1, 2]]), new Map([['sms', { perSecond: 1, taken: new Map([[1, 1]]) }]])])).toBe(
      true,
    );
  });
});
