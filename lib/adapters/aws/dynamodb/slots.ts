/**
 * Slots of channels with a rate in DynamoDB: one conditional write takes a place of all counters together or of none. What is known
 * of full seconds only saves searching; that no second gets more than its places is the condition's work alone.
 */
import { Fault } from '#lib/contracts/faults.ts';
import { placesIn, secondOf } from '#lib/contracts/learned-rate.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import type { SlotCounter, Slots } from '#lib/engine/ports.ts';
import { createLearnedRates } from './learned-rates.ts';
import { SlotItems, type Numbers } from './slot-items.ts';
import type { ProfilesTable } from './table.ts';

const SECOND = 1000;
/** Seconds looked at with one read where the one that was thought to be free is full. */
const SECONDS_READ = 25;
/** Places lost to others before the send is tried again later: many more than senders run at once. */
const MOST_ATTEMPTS = 50;

/**
 * The counters of one call must be of one channel: its name, or its name and more behind a slash. `random`: in [0, 1).
 * Throws the faults `TableUnavailable` (also where others were faster at every place) and `TableRefused`.
 */
export function createSlots(table: ProfilesTable, random: () => number): Slots {
  /** Counter → the second before which all are full, as far as this container has seen. */
  const known = new Map<string, number>();
  return {
    ...createLearnedRates(table),
    async take(counters, from, now) {
      const [channel = ''] = counters[0]?.counter.split('/') ?? [];
      if (counters.some(({ counter }) => counter.split('/')[0] !== channel))
        throw new RangeError('counters of two channels cannot be taken together');
      const asked = secondOf(from);
      const span = { asked, now: secondOf(now) };
      const search = new Search(new SlotItems(table, channel, counters), counters, span, known);
      const { second, place } = await search.take(random);
      return { at: second === asked ? from : fromMillis(second * SECOND), place };
    },
  };
}

/** One place is looked for. */
class Search {
  readonly #items: SlotItems;
  readonly #counters: readonly SlotCounter[];
  readonly #known: Map<string, number>;
  readonly #asked: number;
  /** Counter → the first second, from now on, that is not known to be full. Between it and the one asked for there may be room. */
  readonly #full: Map<string, number>;
  /** The same, as far as the table says so. */
  readonly #told: Map<string, number>;

  constructor(
    items: SlotItems,
    counters: readonly SlotCounter[],
    { asked, now }: { readonly asked: number; readonly now: number },
    known: Map<string, number>,
  ) {
    this.#items = items;
    this.#counters = counters;
    this.#known = known;
    this.#asked = asked;
    this.#full = new Map(counters.map(({ counter }) => [counter, Math.max(now, known.get(counter) ?? now)]));
    this.#told = new Map(this.#full);
  }

  async take(random: () => number): Promise<{ readonly second: number; readonly place: number }> {
    for (let lost = 0; lost < MOST_ATTEMPTS; lost += 1) {
      const second = await this.#candidate(lost, random);
      const taken = await this.#items.take(second);
      if (taken === undefined) continue;
      this.#see(second, taken);
      await this.#tell();
      const [first] = this.#counters;
      return { second, place: (first && taken.get(first.counter)) ?? 1 };
    }
    throw new Fault('TableUnavailable', 'others were faster at every slot; it should be tried again later');
  }

  /** At first what this container knows, then what the table says of full seconds, then the seconds themselves. */
  async #candidate(lost: number, random: () => number): Promise<number> {
    if (lost === 0) return this.#start();
    if (lost === 1) {
      const before = this.#start();
      for (const [counter, until] of await this.#items.fullUntil()) {
        raise(this.#full, counter, until);
        raise(this.#told, counter, until);
      }
      if (this.#start() > before) return this.#start();
    }
    return this.#firstFree(lost, random);
  }

  /** The first second with room for all. Who has lost several places takes one of the next: all others go for the same again. */
  async #firstFree(lost: number, random: () => number): Promise<number> {
    for (let first = this.#start(); ; first += SECONDS_READ) {
      const seconds = Array.from({ length: SECONDS_READ }, (_, index) => first + index);
      const taken = await this.#items.taken(seconds);
      const free = seconds.filter((second, index) => {
        const numbers = taken[index] ?? new Map<string, number>();
        this.#see(second, numbers);
        return this.#counters.every((one) => (numbers.get(one.counter) ?? 0) < placesIn(one, second));
      });
      const chosen = free[Math.floor(random() * Math.min(Math.max(lost - 1, 1), free.length))];
      if (chosen !== undefined) return chosen;
    }
  }

  /** The second from which on all counters may have room. */
  #start(): number {
    return Math.max(this.#asked, ...this.#full.values());
  }

  /** A second that is full moves the end of a counter on, where it follows without a gap. */
  #see(second: number, taken: Numbers): void {
    for (const one of this.#counters)
      if (this.#full.get(one.counter) === second && (taken.get(one.counter) ?? 0) >= placesIn(one, second))
        this.#full.set(one.counter, second + 1);
  }

  async #tell(): Promise<void> {
    for (const [counter, until] of this.#full) {
      raise(this.#known, counter, until);
      if (until === this.#told.get(counter)) continue;
      try {
        await this.#items.tellFull(counter, until);
      } catch {
        // The place is taken, and whoever does not hear of it searches a little longer.
      }
    }
  }
}

function raise(numbers: Map<string, number>, counter: string, to: number): void {
  numbers.set(counter, Math.max(to, numbers.get(counter) ?? to));
}
