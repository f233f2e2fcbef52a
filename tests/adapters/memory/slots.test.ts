import { describe, expect, it } from 'vitest';
import { MemorySlots } from '#lib/adapters/memory/slots.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';

const NOW = '2026-03-02T09:00:00.250Z' as Instant;

/** Slots as seconds after 09:00:00. */
async function take(slots: MemorySlots, rates: Record<string, number>, after = 0): Promise<number> {
  const counters = Object.entries(rates).map(([counter, perSecond]) => ({ counter, perSecond }));
  const now = addMillis(NOW, after);
  const { at } = await slots.take(counters, now, now);
  return (Date.parse(at) - Date.parse('2026-03-02T09:00:00Z')) / 1000;
}

describe('slots', () => {
  it('are the present instant as long as its second has room, then one second after the other', async () => {
    const slots = new MemorySlots();
    const taken: number[] = [];
    for (let count = 0; count < 5; count += 1) taken.push(await take(slots, { email: 2 }));
    expect(taken).toEqual([0.25, 0.25, 1, 1, 2]);
  });

  it('who comes later comes after those who wait', async () => {
    const slots = new MemorySlots();
    for (let count = 0; count < 4; count += 1) await take(slots, { email: 1 });
    expect(await take(slots, { email: 1 }, 1000)).toBe(4);
    expect(await take(slots, { email: 1 }, 9000)).toBe(9.25);
  });

  it('counters do not know of each other', async () => {
    const slots = new MemorySlots();
    expect([await take(slots, { email: 1 }), await take(slots, { sms: 1 })]).toEqual([0.25, 0.25]);
  });

  it('of several counters all must have room; a slow one holds up nobody else', async () => {
    const slots = new MemorySlots();
    const slow = { email: 2, 'email/news': 1 };
    expect([await take(slots, slow), await take(slots, slow), await take(slots, slow)]).toEqual([0.25, 1, 2]);
    expect([await take(slots, { email: 2 }), await take(slots, { email: 2 })]).toEqual([0.25, 1]);
  });

  it('a rate that is lowered holds from the next slot on', async () => {
    const slots = new MemorySlots();
    for (let count = 0; count < 3; count += 1) await take(slots, { email: 5 });
    expect(await take(slots, { email: 1 })).toBe(1);
  });
});
