// The breaker in a play: what the stream reports of messages pauses a journey, report and trace say which, when and why.
import { describe, expect, it } from 'vitest';
import { breakerLimits } from '#lib/journey/breaker.ts';
import { consent, playStream, streamOf, type Said } from './small-shop.ts';

const CROWD = 60;
const limits = breakerLimits({ messages: 40 });

/**
 * Sixty customers get a reminder at 11:00. From 12:00:10 on one customer a second reports, `bad` of them a hard bounce, the others a
 * delivery. At 13:00 ten more add a product, and at 14:00 everybody does something else.
 */
function reported(bad: number): string {
  const SECOND = 1 / 3600;
  const said: Said[] = [];
  for (let index = 0; index < CROWD; index += 1) {
    const user = `u${index}`;
    said.push([0, user, { email: `${user}@example.com` }], [0, user, 'Consent Changed', consent]);
    said.push([0, user, 'Product Added', { price: 50 }]);
    const what = index < bad ? 'Message Bounced' : 'Message Delivered';
    said.push([2 + (10 + index) * SECOND, user, what, { message: 'reminder', type: 'hard' }]);
  }
  for (let index = 0; index < 10; index += 1) {
    const user = `late${index}`;
    said.push([3, user, { email: `${user}@example.com` }], [3, user, 'Consent Changed', consent]);
    said.push([3, user, 'Product Added', { price: 50 }]);
  }
  return streamOf(said);
}

const REASON = 'email of 2026-03-27: 12 of 50 messages bounced (24.00 %)';

describe('the breaker in a play', () => {
  it('pauses a journey at the end of the minute in which its messages bounce too often', async () => {
    const paused: unknown[] = [];
    const { report, outbox } = await playStream(reported(12), {
      breaker: limits,
      onPaused: (line) => paused.push(line),
    });
    // 12:00:10 to 12:00:59 are fifty reports, twelve of them bounces.
    const at = '2026-03-27T12:01:00.000Z';
    expect(paused).toEqual([{ at, journey: 'cart', kind: 'paused', reason: REASON }]);
    expect(report.journeys['cart']).toMatchObject({
      paused: { at, reason: REASON },
      entered: CROWD,
      refused: { paused: 10 },
      active: CROWD,
    });
    expect(outbox).toHaveLength(CROWD);
  });

  it('leaves a journey alone whose messages arrive, and every journey where there is none', async () => {
    const healthy = await playStream(reported(2), { breaker: limits });
    expect(healthy.report.journeys['cart']?.paused).toBeUndefined();
    const without = await playStream(reported(12));
    expect(without.report.journeys['cart']).not.toHaveProperty('paused');
    expect(without.outbox.length).toBeGreaterThan(CROWD);
  });
});
