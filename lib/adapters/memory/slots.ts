// Slots of channels with a rate, in memory: how many places of each second are taken.
import { fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
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

  take(counters: readonly SlotCounter[], from: Instant): Promise<Instant> {
    const asked = Math.floor(toMillis(from) / SECOND);
    let second = asked;
    for (const { counter } of counters) second = Math.max(second, this.#full.get(counter) ?? second);
    while (counters.some((one) => this.#isFull(one, second))) second += 1;
    for (const one of counters) this.#take(one, second, asked);
    return Promise.resolve(second === asked ? from : fromMillis(second * SECOND));
  }

  #isFull({ counter, perSecond }: SlotCounter, second: number): boolean {
    return (this.use.get(counter)?.taken.get(second) ?? 0) >= perSecond;
  }

  #take({ counter, perSecond }: SlotCounter, second: number, now: number): void {
    const use = this.use.get(counter) ?? { perSecond, taken: new Map<number, number>() };
    this.use.set(counter, use);
    use.perSecond = perSecond;
    use.taken.set(second, (use.taken.get(second) ?? 0) + 1);
    let full = Math.max(now, this.#full.get(counter) ?? now);
    while ((use.taken.get(full) ?? 0) >= perSecond) full += 1;
    this.#full.set(counter, full);
  }
}
