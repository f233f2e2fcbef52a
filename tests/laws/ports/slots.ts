// What slots of a rate promise: no second of a counter has more than its places, and who asks while nobody else does gets the first
// second with room for all counters.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { SlotCounter, Slots } from '#lib/engine/ports.ts';

const NOW = '2026-03-02T09:00:00.250Z' as Instant;

interface Ask {
  readonly counters: readonly SlotCounter[];
  readonly seconds: number;
}

/** `containers`: new counters on which nothing is taken, as so many containers see them. */
export function slotLaws(containers: (count: number) => readonly [Slots, ...Slots[]], runs: number): void {
  const rates = fc.record({ email: fc.integer({ min: 1, max: 3 }), slow: fc.integer({ min: 1, max: 2 }) });
  const asks = fc
    .tuple(
      rates,
      fc.array(fc.tuple(fc.constantFrom('email', 'slow', 'both'), fc.integer({ min: 0, max: 6 })), {
        minLength: 1,
        maxLength: 12,
      }),
    )
    .map(([{ email, slow }, those]) =>
      those.map(([kind, seconds]): Ask => {
        const all = [
          { counter: 'email', perSecond: email },
          { counter: 'email/slow', perSecond: slow },
        ];
        return { seconds, counters: all.filter((_, index) => kind !== (index === 0 ? 'slow' : 'email')) };
      }),
    );

  it('one after the other, as time goes by: the first second with room for all', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async (those) => {
        const slots = containers(2);
        const taken = new Map<string, number>();
        // Clocks go forward.
        const inTime = those.toSorted((a, b) => a.seconds - b.seconds);
        for (const [index, { counters, seconds }] of inTime.entries()) {
          const from = addMillis(NOW, seconds * 1000);
          let second = secondOf(from);
          const isFull = (one: SlotCounter) => (taken.get(`${one.counter} ${second}`) ?? 0) >= one.perSecond;
          while (counters.some(isFull)) second += 1;
          for (const { counter } of counters)
            taken.set(`${counter} ${second}`, (taken.get(`${counter} ${second}`) ?? 0) + 1);
          const slot = await slotsOf(slots, index).take(counters, from);
          expect(secondOf(slot)).toBe(second);
          expect(slot === from).toBe(secondOf(from) === second);
        }
      }),
      { numRuns: runs },
    );
  });

  it('all at once: no second has more than its places, and nobody gets one that is past', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async (those) => {
        const slots = containers(3);
        const found = await Promise.all(
          those.map(({ counters, seconds }, index) =>
            slotsOf(slots, index).take(counters, addMillis(NOW, seconds * 1000)),
          ),
        );
        const taken = new Map<string, number>();
        for (const [index, { counters, seconds }] of those.entries()) {
          const second = secondOf(found[index] ?? NOW);
          expect(second).toBeGreaterThanOrEqual(secondOf(NOW) + seconds);
          for (const { counter, perSecond } of counters) {
            const count = (taken.get(`${counter} ${second}`) ?? 0) + 1;
            taken.set(`${counter} ${second}`, count);
            expect(count).toBeLessThanOrEqual(perSecond);
          }
        }
      }),
      { numRuns: runs },
    );
  });
}

function secondOf(instant: Instant): number {
  return Math.floor(toMillis(instant) / 1000);
}

function slotsOf(slots: readonly [Slots, ...Slots[]], index: number): Slots {
  return slots[index % slots.length] ?? slots[0];
}
