// Slots of channels with a rate, in memory: how many places of each second are taken, and what providers have taught.
import {
  isRecovered,
  placesIn,
  secondOf,
  slowedDown,
  type LearnedRate,
} from '#lib/contracts/learned-rate.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { fromMillis, type Instant } from '#lib/contracts/time.ts';
import type { SlotCounter, Slots } from '#lib/engine/ports.ts';

const SECOND = 1000;

/** Places taken of one counter. */
export interface SlotUse {
  perSecond: number;
  /** Second since 1970 → places taken. */
  readonly taken: Map<number, number>;
}

export class MemorySlots implements Slots {
  /** By counter. */
  readonly use = new Map<string, SlotUse>();
  /** Counter → the second before which none is free. */
  readonly #full = new Map<string, number>();
  readonly #learned = new Map<Channel, LearnedRate>();

  take(
    counters: readonly SlotCounter[],
    from: Instant,
    now: Instant,
  ): Promise<{ readonly at: Instant; readonly place: number }> {
    const asked = secondOf(from);
    let second = asked;
    for (const { counter } of counters) second = Math.max(second, this.#full.get(counter) ?? second);
    while (counters.some((one) => this.#isFull(one, second))) second += 1;
    const [place = 1] = counters.map((one) => this.#take(one, second, secondOf(now)));
    return Promise.resolve({ at: second === asked ? from : fromMillis(second * SECOND), place });
  }

  learned(now: Instant): Promise<Readonly<Partial<Record<Channel, LearnedRate>>>> {
    const slow = [...this.#learned].filter(([, rate]) => !isRecovered(rate, now));
    return Promise.resolve(Object.fromEntries(slow));
  }

  slowDown(channel: Channel, now: Instant): Promise<void> {
    this.#learned.set(channel, slowedDown(this.#learned.get(channel), now));
    return Promise.resolve();
  }

  #isFull(counter: SlotCounter, second: number): boolean {
    return (this.use.get(counter.counter)?.taken.get(second) ?? 0) >= placesIn(counter, second);
  }

  #take(counter: SlotCounter, second: number, now: number): number {
    const { counter: name, perSecond } = counter;
    const use = this.use.get(name) ?? { perSecond, taken: new Map<number, number>() };
    this.use.set(name, use);
    use.perSecond = perSecond;
    const place = (use.taken.get(second) ?? 0) + 1;
    use.taken.set(second, place);
    // Seconds that are over are as good as full; between now and what was asked for there may still be room.
    let full = Math.max(now, this.#full.get(name) ?? now);
    while (this.#isFull(counter, full)) full += 1;
    this.#full.set(name, full);
    return place;
  }
}
