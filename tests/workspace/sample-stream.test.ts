// The committed stream is what its script makes, and holds what it is there to show.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packed, sampleStream } from '../../scripts/sample-stream/sample-stream.ts';

interface Line {
  readonly messageId: string;
  readonly timestamp: string;
  readonly receivedAt?: string;
  readonly event?: string;
  readonly userId?: string;
  readonly context?: { readonly timezone?: string; readonly locale?: string };
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const file = readFileSync(resolve(import.meta.dirname, '../../workspace/events/sample.jsonl.gz'));
const text = gunzipSync(file).toString('utf8');
const lines: readonly Line[] = text
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const named = (event: string): readonly Line[] => lines.filter((line) => line.event === event);

describe('the sample stream', () => {
  it('is what the script makes today', () => {
    expect(sampleStream()).toBe(text);
  });

  it('is packed without a time and without the name of a system, and stays small', () => {
    expect(packed('x').subarray(4, 10)).toEqual(Buffer.from([0, 0, 0, 0, 2, 255]));
    expect(file.subarray(4, 8)).toEqual(Buffer.alloc(4));
    expect(file.length).toBeLessThan(500_000);
  });

  it('has hundreds of customers in at least eight time zones', () => {
    expect(new Set(lines.map((line) => line.userId)).size).toBeGreaterThan(400);
    const zones = new Set(lines.flatMap((line) => line.context?.timezone ?? []));
    expect(zones.size).toBeGreaterThanOrEqual(8);
    for (const zone of ['Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo'])
      expect(zones).toContain(zone);
  });

  it.each(['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-25', '2026-11-01'])(
    'has something to say on %s, when clocks change',
    (day) => {
      expect(lines.filter((line) => line.timestamp.startsWith(day)).length).toBeGreaterThan(10);
    },
  );

  it('gives and withdraws consent', () => {
    const consent = named('Consent Changed').map((line) => line.properties?.['granted']);
    expect(consent.filter((granted) => granted === true).length).toBeGreaterThan(100);
    expect(consent.filter((granted) => granted === false).length).toBeGreaterThan(20);
  });

  it('has customers with two baskets at once', () => {
    const baskets = Map.groupBy(named('Basket Saved'), (line) => line.userId);
    const two = [...baskets.values()].filter(
      (saved) => new Set(saved.map((line) => line.properties?.['cart_id'])).size > 1,
    );
    expect(two.length).toBeGreaterThan(20);
  });

  it('has duplicates, late calls, lines out of order, calls of nobody, and what the warehouse says of products', () => {
    expect(lines.length - new Set(lines.map((line) => line.messageId)).size).toBeGreaterThan(50);
    expect(lines.filter((line) => (line.receivedAt ?? '') > line.timestamp).length).toBeGreaterThan(100);
    const early = lines.filter((line, index) => line.timestamp < (lines[index - 1]?.timestamp ?? ''));
    expect(early.length).toBeGreaterThan(50);
    const nobodys = lines.filter((line) => line.userId === undefined);
    expect(nobodys.filter(({ event }) => event === 'Product Viewed').length).toBe(3);
    expect(nobodys.filter(({ event }) => event === 'Product Restocked').length).toBeGreaterThan(10);
  });

  it('has customers without e-mail, phone, app, name or zone', () => {
    const people = lines.filter((line) => line.traits?.['address'] !== undefined);
    const without = (trait: string) => people.filter((line) => line.traits?.[trait] === undefined).length;
    const fewest = Math.min(...['email', 'phone', 'pushTokens', 'firstName'].map(without));
    expect(fewest).toBeGreaterThan(10);
    expect(people.filter((line) => line.context?.timezone === undefined).length).toBeGreaterThan(10);
  });
});
