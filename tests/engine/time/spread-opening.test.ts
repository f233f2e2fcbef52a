// After an opening each goes out at an instant of its own: evenly, and never out of the opening or behind the expiry.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashFraction } from '#lib/contracts/hash.ts';
import { addMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { spreadBehind } from '#lib/engine/time/spread-opening.ts';
import { at } from '../bench.ts';

const MINUTE = 60_000;
const OPENING = at('2026-03-02T07:00:00Z');
const LATER = addMillis(OPENING, 24 * 60 * MINUTE);

function spread(run: string, closesAfter: number, last: Instant = LATER): number {
  const draws = [hashFraction('first', run), hashFraction('second', run)] as const;
  const isOpen = (instant: Instant): boolean => instant < addMillis(OPENING, closesAfter * MINUTE);
  return toMillis(spreadBehind(OPENING, { millis: 15 * MINUTE, last, draws }, isOpen)) - toMillis(OPENING);
}

describe('a spread of 15 minutes', () => {
  it('takes 10,000 at once down to a fifteenth a minute', () => {
    const minutes = new Map<number, number>();
    for (let run = 0; run < 10_000; run += 1) {
      const minute = Math.floor(spread(`run ${run}`, 600) / MINUTE);
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    }
    expect([...minutes.keys()].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 15 }, (_, minute) => minute),
    );
    // Five standard deviations of 10,000 draws.
    for (const count of minutes.values()) expect(Math.abs(count - 10_000 / 15)).toBeLessThan(125);
  });

  it('never leads out of the opening or behind the expiry, and to whole seconds', () => {
    const opening = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(fc.string(), opening, fc.integer({ min: 0, max: 3_600_000 }), (run, closes, expires) => {
        const late = spread(run, closes, addMillis(OPENING, expires));
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThan(closes * MINUTE);
        expect(late).toBeLessThanOrEqual(expires);
        expect(late % 1000).toBe(0);
      }),
    );
  });
});
