// What reaches the queue of events: exactly what something listens to, within the limits of a bus, and rules that stay as they are.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventPatterns, TooManyRules, type EventPattern } from '#lib/compiler/event-patterns.ts';
import type { PlainEvents } from '#lib/journey/plain-events.ts';

/** A rule passes an event where each field of the pattern has one of the values listed. */
function passes(pattern: unknown, event: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(event);
  if (typeof pattern !== 'object' || pattern === null || typeof event !== 'object' || event === null)
    return false;
  return Object.entries(pattern).every(
    ([key, wanted]) => Object.hasOwn(event, key) && passes(wanted, (event as Record<string, unknown>)[key]),
  );
}

const passing = (patterns: readonly EventPattern[], event: unknown): string[] =>
  patterns.filter(({ pattern }) => passes(pattern, event)).map(({ name }) => name);

const track = (event: string): unknown => ({
  source: 'shop',
  'detail-type': 'track',
  detail: { type: 'track', event },
});

const rules = (names: readonly string[], plainEvents: readonly PlainEvents[] = [], any = false) =>
  eventPatterns({ heard: { any, names: [...new Set(names)].toSorted() }, plainEvents });

const plain = (source: string, type: string): unknown => ({ source, 'detail-type': type, detail: {} });

const bytes = (pattern: unknown): number => Buffer.byteLength(JSON.stringify(pattern));

const eventNames = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), {
  maxLength: 400,
});

describe('the rules of a bus', () => {
  it('of a small workspace are two, and pass what is listened to and nothing else', () => {
    const patterns = rules(['Order Completed', 'Product Added']);
    expect(patterns.map(({ name }) => name)).toEqual(['identify', 'track']);
    expect(passing(patterns, track('Order Completed'))).toEqual(['track']);
    expect(passing(patterns, track('order completed'))).toEqual([]);
    expect(passing(patterns, { detail: { type: 'identify', userId: 'u' } })).toEqual(['identify']);
    expect(passing(patterns, { detail: { type: 'page' } })).toEqual([]);
  });

  it('pass every event that is listened to once, whatever its name, and stay within the limits', () => {
    fc.assert(
      fc.property(eventNames, fc.string(), (names, other) => {
        const patterns = rules(names);
        for (const name of names) expect(passing(patterns, track(name))).toHaveLength(1);
        expect(passing(patterns, track(other))).toHaveLength(names.includes(other) ? 1 : 0);
        for (const { name, pattern } of patterns) {
          expect(bytes(pattern)).toBeLessThanOrEqual(2048);
          expect(name).toMatch(/^[a-z0-9-]{1,40}$/);
        }
        expect(new Set(patterns.map(({ name }) => name)).size).toBe(patterns.length);
      }),
    );
  });

  it('are the same for the same events, and one more changes one rule or divides it', () => {
    fc.assert(
      fc.property(eventNames, fc.string({ minLength: 1 }), (names, added) => {
        const before = rules(names);
        expect(rules(names)).toEqual(before);
        const texts = new Set(before.map((rule) => JSON.stringify(rule)));
        const changed = rules([...names, added]).filter((rule) => !texts.has(JSON.stringify(rule)));
        // Halves, then quarters of a half: each division leaves one more.
        expect(changed.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('are at least a third full, so that a bus has room for thousands of events', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `Event of the shop ${index}`);
    const patterns = rules(names);
    expect(patterns.length).toBeLessThan(300);
    const used = patterns.reduce((sum, { pattern }) => sum + bytes(pattern), 0);
    expect(used / patterns.length).toBeGreaterThan(2048 / 3);
  });

  it('say what to do where there are too many', () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `Event of the shop ${index}`);
    expect(() => rules(names)).toThrow(TooManyRules);
    expect(() => rules(names)).toThrow(/need \d+ rules, and a bus has 300.*wend retire/);
  });

  it('pass all calls where somebody asks for any event', () => {
    const patterns = rules(['Order Completed'], [], true);
    expect(passing(patterns, track('Whatever'))).toEqual(['track']);
    expect(patterns).toHaveLength(2);
  });
});

describe('rules for plain events', () => {
  const orders: PlainEvents = {
    source: 'shop.orders',
    customer: 'detail.customer',
    events: { 'order.completed': 'Order Completed', 'order.printed': 'Order Printed' },
  };

  it('pass the detail-types of events that are listened to, of their source alone', () => {
    const patterns = rules(['Order Completed'], [orders]);
    expect(passing(patterns, plain('shop.orders', 'order.completed'))).toHaveLength(1);
    expect(passing(patterns, plain('shop.orders', 'order.printed'))).toEqual([]);
    expect(passing(patterns, plain('shop.other', 'order.completed'))).toEqual([]);
  });

  it('of a source whose detail-types are the names pass these names', () => {
    const patterns = rules(['Order Completed'], [{ source: 'shop.till', customer: 'detail.card' }]);
    expect(passing(patterns, plain('shop.till', 'Order Completed'))).toHaveLength(1);
    expect(passing(patterns, plain('shop.till', 'Till Opened'))).toEqual([]);
  });

  it('pass what is declared where somebody asks for any event', () => {
    const till = { source: 'shop.till', customer: 'detail.card' };
    const patterns = rules([], [orders, till], true);
    expect(passing(patterns, plain('shop.orders', 'order.printed'))).toHaveLength(1);
    expect(passing(patterns, plain('shop.orders', 'order.lost'))).toEqual([]);
    expect(passing(patterns, plain('shop.till', 'Till Opened'))).toHaveLength(1);
  });

  it('are none where nobody listens to any of them', () => {
    expect(rules(['Product Added'], [orders]).map(({ name }) => name)).toEqual(['identify', 'track']);
  });
});
