// The clock of an execution that is played back: first virtual time of its own, from its start to where it was, then the business clock. Lines
// of execution that have begun on it stay on it, because whoever waits for a promise cannot change clocks; so it counts what is under way itself.
import type { Cancel, Clock } from '../clock.ts';

interface Entry {
  readonly instant: number;
  readonly order: number;
  readonly action: () => void | Promise<void>;
  /** Takes it out of the business clock, once it is there. */
  cancel: Cancel | undefined;
}

export interface LiveClock {
  readonly clock: Clock;
  /** Says that work is under way; returns what ends it. */
  readonly hold: () => () => void;
}

export class PlaybackClock implements Clock {
  #now: number;
  #order = 0;
  readonly #entries = new Set<Entry>();
  #busy = 0;
  #idle: (() => void) | undefined;
  #live: LiveClock | undefined;
  #release: (() => void) | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#live?.clock.now() ?? this.#now;
  }

  at(instant: number, action: () => void | Promise<void>): Cancel {
    if (this.#live !== undefined) return this.#live.clock.at(instant, () => this.#run(action));
    const entry: Entry = {
      instant: Math.max(instant, this.#now),
      order: (this.#order += 1),
      action,
      cancel: undefined,
    };
    this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
      entry.cancel?.();
    };
  }

  spawn(work: () => Promise<void>): void {
    this.#run(work);
  }

  park<T>(arm: (resume: (value: T) => void) => void): Promise<T> {
    return new Promise<T>((resolve) => {
      let resumed = false;
      arm((value) => {
        if (resumed) return;
        resumed = true;
        this.at(this.now(), () => {
          this.#enter();
          resolve(value);
        });
      });
      this.#leave();
    });
  }

  /** Runs the earliest action that is due at the instant, with what follows from it at once. Returns whether there was one. */
  async step(until: number): Promise<boolean> {
    const first = [...this.#entries].reduce<Entry | undefined>(earlier, undefined);
    if (first === undefined || first.instant > until) return false;
    this.#entries.delete(first);
    this.#now = first.instant;
    this.#run(first.action);
    await this.#settle();
    return true;
  }

  /** Something is told at the instant; waits for what follows from it at once. */
  async tell(instant: number, action: () => void): Promise<void> {
    this.#now = Math.max(this.#now, instant);
    action();
    await this.#settle();
  }

  /** From now on it shows what the business clock shows, and what is still ahead happens there. */
  goLive(live: LiveClock): void {
    this.#live = live;
    for (const entry of [...this.#entries].toSorted(byTime))
      entry.cancel = live.clock.at(entry.instant, () => this.#run(entry.action));
    this.#entries.clear();
  }

  #run(action: () => void | Promise<void>): void {
    this.#enter();
    const run = async (): Promise<void> => action();
    run().then(
      () => this.#leave(),
      (error: unknown) => {
        this.#fault ??= { error };
        // The business clock reports what is thrown on it.
        this.#live?.clock.spawn(() =>
          Promise.reject(error instanceof Error ? error : new Error(String(error))),
        );
        this.#leave();
      },
    );
  }

  #enter(): void {
    this.#busy += 1;
    if (this.#busy === 1) this.#release = this.#live?.hold();
  }

  #leave(): void {
    this.#busy -= 1;
    if (this.#busy > 0) return;
    this.#release?.();
    this.#release = undefined;
    this.#idle?.();
    this.#idle = undefined;
  }

  async #settle(): Promise<void> {
    if (this.#busy > 0)
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    if (this.#fault !== undefined) throw this.#fault.error;
  }
}

function byTime(a: Entry, b: Entry): number {
  return a.instant - b.instant || a.order - b.order;
}

function earlier(first: Entry | undefined, entry: Entry): Entry {
  return first !== undefined && byTime(first, entry) <= 0 ? first : entry;
}
