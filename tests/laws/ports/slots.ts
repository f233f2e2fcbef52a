// What slots of a rate promise: no second of a counter has more than its places, and who asks while nobody else does gets the first
// second with room for all counters. And what a provider that throttles teaches: known where it was said at once, everywhere soon.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placesIn, secondOf } from '#lib/contracts/learned-rate.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { SlotCounter, Slots } from '#lib/engine/ports.ts';

const NOW = '2026-03-02T09:00:00.250Z' as Instant;

interface Ask {
  readonly counters: readonly SlotCounter[];
  readonly seconds: number;
  /** So many seconds later, at the earliest, it wants its place. */
  readonly ahead: number;
}

/** `containers`: new counters on which nothing is taken, as so many containers see them. */
export function slotLaws(containers: (count: number) => readonly [Slots, ...Slots[]], runs: number): void {
  const rates = fc.record({ email: fc.integer({ min: 1, max: 3 }), slow: fc.integer({ min: 1, max: 2 }) });
  const asks = fc
    .tuple(
      rates,
      fc.array(
        fc.tuple(
          fc.constantFrom('email', 'slow', 'both'),
          fc.integer({ min: 0, max: 6 }),
          fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 5 })),
        ),
        { minLength: 1, maxLength: 12 },
      ),
    )
    .map(([{ email, slow }, those]) =>
      those.map(([kind, seconds, ahead]): Ask => {
        const all = [
          { counter: 'email', perSecond: 3, learned: { perSecond: email, since: NOW, minutes: 1 } },
          { counter: 'email/slow', perSecond: slow },
        ];
        return {
          seconds,
          ahead,
          counters: all.filter((_, index) => kind !== (index === 0 ? 'slow' : 'email')),
        };
      }),
    );

  it('one after the other, as time goes by: the first second with room for all', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async (those) => {
        const slots = containers(2);
        const taken = new Map<string, number>();
        // Clocks go forward.
        const inTime = those.toSorted((a, b) => a.seconds - b.seconds);
        for (const [index, { counters, seconds, ahead }] of inTime.entries()) {
          const now = addMillis(NOW, seconds * 1000);
          const from = addMillis(now, ahead * 1000);
          let second = secondOf(from);
          const isFull = (one: SlotCounter) =>
            (taken.get(`${one.counter} ${second}`) ?? 0) >= placesIn(one, second);
          while (counters.some(isFull)) second += 1;
          for (const { counter } of counters)
            taken.set(`${counter} ${second}`, (taken.get(`${counter} ${second}`) ?? 0) + 1);
          const slot = await slotsOf(slots, index).take(counters, from, now);
          expect(secondOf(slot.at)).toBe(second);
          expect(slot.place).toBe(taken.get(`${counters[0]?.counter} ${second}`));
          expect(slot.at === from).toBe(secondOf(from) === second);
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
          those.map(({ counters, seconds, ahead }, index) =>
            slotsOf(slots, index).take(counters, addMillis(NOW, (seconds + ahead) * 1000), NOW),
          ),
        );
        const taken = new Map<string, number>();
        for (const [index, { counters, seconds, ahead }] of those.entries()) {
          const second = secondOf(found[index]?.at ?? NOW);
          expect(second).toBeGreaterThanOrEqual(secondOf(NOW) + seconds + ahead);
          for (const one of counters) {
            const { counter } = one;
            const count = (taken.get(`${counter} ${second}`) ?? 0) + 1;
            taken.set(`${counter} ${second}`, count);
            expect(count).toBeLessThanOrEqual(placesIn(one, second));
          }
        }
      }),
      { numRuns: runs },
    );
  });
}

/** `containers`: new ones of a table where no provider has ever throttled. */
export function learnedRateLaws(containers: (count: number) => readonly [Slots, ...Slots[]]): void {
  it('what a provider has taught is known here at once and elsewhere in ten seconds, of this channel alone', async () => {
    const [one, other = one] = containers(2);
    for (const slots of [one, other]) expect(await slots.learned(NOW)).toEqual({});
    await one.slowDown('email', at(1));
    const learned = { email: { perSecond: 10, since: at(1), minutes: 1 } };
    expect(await one.learned(at(1))).toEqual(learned);
    expect(await other.learned(at(11))).toEqual(learned);
    await other.slowDown('sms', at(12));
    expect(Object.keys(await one.learned(at(22)))).toEqual(['email', 'sms']);
  });

  it('however many are throttled at once slow it down once; each ten seconds once more, down to one a second', async () => {
    const all = containers(3);
    const seen: unknown[] = [];
    for (let seconds = 0; seconds < 60; seconds += 5) {
      await Promise.all(all.map((slots) => slots.slowDown('email', at(seconds))));
      seen.push((await all[0].learned(at(seconds))).email?.perSecond);
    }
    expect(seen).toEqual([10, 10, 5, 5, 2, 2, 1, 1, 1, 1, 1, 1]);
  });

  it('time alone brings it back', async () => {
    const [slots] = containers(1);
    await slots.slowDown('email', NOW);
    expect(Object.keys(await slots.learned(at(6 * 60)))).toEqual(['email']);
    expect(await slots.learned(at(7 * 60 + 1))).toEqual({});
  });
}

function at(seconds: number): Instant {
  return addMillis(NOW, seconds * 1000);
}

function slotsOf(slots: readonly [Slots, ...Slots[]], index: number): Slots {
  return slots[index % slots.length] ?? slots[0];
}
