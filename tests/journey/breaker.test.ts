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
