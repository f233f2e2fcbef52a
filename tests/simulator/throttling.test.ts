// A provider that allows less than anybody has told us, and says nothing but "too many": the channel finds its pace.
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { addMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { Simulation } from '#lib/simulator/simulation.ts';
import { CART, compileJourneys, START } from './small-shop.ts';

const NINE = '2026-03-28T09:00:00.000Z' as Instant;

interface Told {
  /** When the provider took a message. */
  readonly taken: Instant[];
  readonly throttled: Instant[];
  readonly log: Map<string, LogEntry[]>;
  readonly documents: readonly unknown[];
}

/** Everybody's message is due at nine; `allows`: how many messages the provider takes in the second of an instant. */
async function atNine(
  customers: number,
  allows: (at: Instant) => number,
  more: { readonly expires?: string; readonly perSecond?: number; readonly class?: string } = {},
): Promise<Told> {
  const [taken, throttled]: [Instant[], Instant[]] = [[], []];
  const log = new Map<string, LogEntry[]>();
  let [second, calls] = ['', 0];
  const perSecond = more.perSecond === undefined ? {} : { perSecond: { email: more.perSecond } };
  const topics = { promotions: { withoutRecord: 'granted' } } as const;
  const expires = more.expires ?? '1 day';
  const simulation = new Simulation({
    journeys: {
      journeys: compileJourneys({
        cart: {
          ...CART,
          delivery: {
            topic: 'promotions',
            quietHours: 'none',
            ...(more.class === undefined ? {} : { class: more.class }),
          },
          steps: [
            { id: 'morning', type: 'wait', until: '09:00' },
            { id: 'hello', type: 'send', message: 'reminder', channel: 'email', expires },
          ],
        },
      }),
      settings: { timezone: 'UTC', locale: 'en', topics, ...perSecond },
    },
    renderer: {
      channels: () => ['email'],
      render: (_, channel, to, locale) => ({ channel, to, locale, text: 'Hello' }),
    },
    start: START,
    provider: ({ sent }) => {
      const { now } = simulation;
      const present = now.slice(0, 19);
      calls = present === second ? calls + 1 : 1;
      second = present;
      if (calls > allows(now)) {
        throttled.push(now);
        return { kind: 'try later', reason: 'too many', throttled: true };
      }
      taken.push(now);
      return { kind: 'accepted', id: sent.run };
    },
    onDecision: (customer, entry) => log.set(customer, [...(log.get(customer) ?? []), entry]),
  });
  for (let index = 0; index < customers; index += 1) {
    const external = `u${index}`;
    const common = { at: START, received: START };
    const traits = { email: `${external}@example.com` };
    await simulation.feed({ external, input: { kind: 'identify', id: `who ${index}`, ...common, traits } });
    const event = {
      kind: 'event',
      id: `what ${index}`,
      ...common,
      event: 'Product Added',
      properties: { price: 50 },
    } as const;
    await simulation.feed({ external, input: event });
  }
  await simulation.runToEnd();
  return { taken, throttled, log, documents: [...simulation.documents()] };
}

/** How often one message had to wait, at most. */
function mostWaits({ log }: Told): number {
  return Math.max(...[...log.values()].map((those) => those.filter(({ kind }) => kind === 'defers').length));
}

function told({ log }: Told, kind: LogEntry['kind']): readonly LogEntry[] {
  return [...log.values()].flat().filter((entry) => entry.kind === kind);
}

function seconds(from: Instant, to: Instant | undefined): number {
  return to === undefined ? Number.NaN : (toMillis(to) - toMillis(from)) / 1000;
}

describe('a provider of unknown rate', () => {
  it('2,000 due at once, five a second taken: all arrive at that pace, and hardly anybody is throttled', async () => {
    const all = await atNine(2000, () => 5);
    expect(all.taken).toHaveLength(2000);
    expect([told(all, 'skips'), told(all, 'fails')]).toEqual([[], []]);
    // As fast as the provider goes: 400 seconds, whatever had to be found out meanwhile.
    expect(seconds(NINE, all.taken.at(-1))).toBeLessThan(410);
    // Ten seconds at ten a second until the second step down, one in the first second, and one for each attempt to go faster.
    expect(all.throttled.length).toBeLessThanOrEqual(10 * 5 + 10 + 3);
    expect(all.throttled.filter((at) => at > addMillis(NINE, 10_000)).length).toBeLessThanOrEqual(3);
    expect(mostWaits(all)).toBeLessThanOrEqual(4);
    expect(new Set(told(all, 'defers').map(({ reason }) => reason))).toEqual(new Set(['provider is busy']));
  }, 120_000);

  it('an outage of ten minutes: soon one call a second, and soon after it everybody has their message', async () => {
    const back = addMillis(NINE, 600_000);
    const all = await atNine(300, (at) => (at < back ? 0 : 20));
    expect(all.taken).toHaveLength(300);
    // Ten seconds each at ten, five and two a second, then one a second.
    expect(all.throttled.length).toBeLessThanOrEqual(10 + 10 * (10 + 5 + 2) + 600);
    expect(mostWaits(all)).toBeLessThanOrEqual(10);
    expect(seconds(back, all.taken.at(-1))).toBeLessThan(15 * 60);
  }, 60_000);

  it('slots that were given out before are too many: of each second the first go out, the others wait once more', async () => {
    const all = await atNine(300, (at) => (at < addMillis(NINE, 5000) ? 10 : 5), { perSecond: 10 });
    expect(all.taken).toHaveLength(300);
    expect(all.throttled.length).toBeLessThan(12 * 5);
    expect(seconds(NINE, all.taken.at(-1))).toBeLessThan(75);
  }, 60_000);

  it('transactional messages ask again by themselves, a minute later', async () => {
    const all = await atNine(12, () => 5, { class: 'transactional' });
    const after = all.taken.map((at) => seconds(NINE, at));
    expect(after.slice(0, 10)).toEqual([0, 0, 0, 0, 0, 60, 60, 60, 60, 60]);
    expect(after.slice(10).every((one) => one >= 180 && one <= 192)).toBe(true);
  });

  it('the same history is the same to the last byte', async () => {
    const [once, again] = [await atNine(60, () => 5), await atNine(60, () => 5)];
    expect(JSON.stringify(again.documents)).toBe(JSON.stringify(once.documents));
    expect(again.taken).toEqual(once.taken);
  });
});
