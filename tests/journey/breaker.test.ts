// When a journey is paused for its bounces and complaints: at the rates that settings say, and never by chance alone.
import { describe, expect, it } from 'vitest';
import { breakerLimits, whyPaused } from '#lib/journey/breaker.ts';

const paused = (
  delivered: number,
  bounced: number,
  complained: number,
  written?: Parameters<typeof breakerLimits>[0],
) => {
  const limits = breakerLimits(written);
  return limits && whyPaused({ delivered, bounced, complained }, limits);
};

describe('a journey', () => {
  it('is paused from 0.3 % complaints on, and from 5 % bounces', () => {
    expect(paused(10_000, 0, 29)).toBeUndefined();
    expect(paused(10_000, 0, 30)).toBe('30 complaints about 10000 messages (0.30 %)');
    expect(paused(9501, 499, 0)).toBeUndefined();
    expect(paused(9500, 500, 0)).toBe('500 of 10000 messages bounced (5.00 %)');
  });

  it('is not judged by a few messages nor by a few cases: one of three is chance', () => {
    expect(paused(2, 1, 0)).toBeUndefined();
    expect(paused(300, 199, 0)).toBeUndefined();
    expect(paused(300, 200, 0)).toBeDefined();
    expect(paused(600, 0, 7)).toBeUndefined();
    expect(paused(600, 0, 8)).toBeDefined();
  });

  it('has the rates of the settings, or no breaker', () => {
    expect(paused(1000, 0, 9, { complaints: '1%' })).toBeUndefined();
    expect(paused(1000, 0, 10, { complaints: '1%' })).toBeDefined();
    expect(paused(80, 20, 0, { messages: 100 })).toBeDefined();
    expect(paused(0, 10_000, 0, 'none')).toBeUndefined();
  });
});

/**
 * How likely it is that a journey is paused on a day on which it sends so many, where each message is complained about or bounces with this
 * probability: exact, message by message (binomial), each judged as the breaker judges it after every report.
 */
function chanceOfPause(kind: 'bounced' | 'complained', probability: number, messages: number): number {
  const limits = breakerLimits({});
  if (limits === undefined) throw new RangeError('there is no breaker');
  let pausedBy = 0;
  /** Chance of so many cases by now, not paused yet. */
  let chances = [1];
  for (let sent = 1; sent <= messages; sent += 1) {
    const next = Array.from({ length: chances.length + 1 }, () => 0);
    for (const [cases, chance] of chances.entries()) {
      next[cases] = (next[cases] ?? 0) + chance * (1 - probability);
      next[cases + 1] = (next[cases + 1] ?? 0) + chance * probability;
    }
    for (const [cases, chance] of next.entries()) {
      const counts = { delivered: sent, bounced: 0, complained: cases };
      const told =
        kind === 'complained' ? counts : { delivered: sent - cases, bounced: cases, complained: 0 };
      if (chance === 0 || whyPaused(told, limits) === undefined) continue;
      pausedBy += chance;
      next[cases] = 0;
    }
    // What is left out is less than one in a billion.
    while ((next.at(-1) ?? 1) < 1e-12) next.pop();
    chances = next;
  }
  return pausedBy;
}

// The table in docs/breaker.md.
describe('by chance, on a day with as many messages as one likes,', () => {
  it.each([
    ['complained', 0.0005, 0.0001],
    ['complained', 0.001, 0.008],
    ['bounced', 0.02, 0.0001],
    ['bounced', 0.03, 0.02],
  ] as const)('a journey is hardly ever paused where each message %s with %d', (kind, probability, most) => {
    expect(chanceOfPause(kind, probability, 5000)).toBeLessThan(most);
  });

  it.each([
    ['complained', 0.005, 2000, 0.75],
    ['complained', 0.005, 5000, 0.99],
    ['bounced', 0.1, 500, 0.999],
  ] as const)('and hardly ever goes on where it %s with %d, in %i', (kind, probability, messages, least) => {
    expect(chanceOfPause(kind, probability, messages)).toBeGreaterThan(least);
  });
});
