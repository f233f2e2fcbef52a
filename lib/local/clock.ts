// Virtual time: a sorted queue of things to do and no timers. The local cloud and the simulator run on it, so fourteen
// days cost milliseconds, a wait may be of any length (a 32-bit timer ends after 24.8 days), and every run is the same.

import { Agenda } from './time/agenda.ts';

/** Takes a scheduled action out of the queue again; does nothing when it has already run. */
export type Cancel = () => void;

/** What a component needs that lives in virtual time. Instants are milliseconds since 1970-01-01T00:00:00Z. */
export interface Clock {
  now(): number;
  /** Runs the action at the instant (at once when it is past), after everything scheduled earlier for the same instant. */
  at(instant: number, action: () => void | Promise<void>): Cancel;
  /**
   * Runs work of its own whose end nobody awaits, but which the clock lets finish before time moves on.
   * A rejection is thrown by the `runUntil` or `runAll` in progress.
   */
  spawn(work: () => Promise<void>): void;
  /**
   * Waits for something that only later virtual time or a call from outside can bring about. `arm` receives the function
   * that ends the waiting; the clock moves on meanwhile. Any other promise awaited in an action holds time still.
   */
  park<T>(arm: (resume: (value: T) => void) => void): Promise<T>;
}

/** Waits, in virtual time, until the instant; for handlers that stand for slow work. */
export function sleepUntil(clock: Clock, instant: number): Promise<void> {
  return clock.park<void>((resume) => {
    clock.at(instant, () => resume());
  });
}

/** A clock that stands still until it is told to run. One `runUntil` or `runAll` at a time. */
export class VirtualClock implements Clock {
  #now: number;
  readonly #agenda = new Agenda();
  /** Entries that keep `runAll` going and are not cancelled. */
  #driving = 0;
  #running = false;
  /** Units of work in progress that are not parked. Time moves only when there are none. */
  #busy = 0;
  #idle: (() => void) | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** How many actions wait in the queue. */
  get pending(): number {
    return this.#agenda.size;
  }

  /** The instant of the next action, or undefined when nothing is scheduled. */
  next(): number | undefined {
    return this.#agenda.peek()?.instant;
  }

  at(instant: number, action: () => void | Promise<void>): Cancel {
    return this.#schedule(instant, action, true);
  }

  /** As `at`, for what is done only if the clock gets there for another reason: `runAll` does not go on for it. */
  atIfReached(instant: number, action: () => void | Promise<void>): Cancel {
    return this.#schedule(instant, action, false);
  }

  spawn(work: () => Promise<void>): void {
    this.#busy += 1;
    this.#watch(work());
  }

  park<T>(arm: (resume: (value: T) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let resumed = false;
      try {
        arm((value) => {
          if (resumed) return;
          resumed = true;
          this.at(this.#now, () => {
            this.#busy += 1;
            resolve(value);
          });
        });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      this.#release();
    });
  }

  /**
   * Runs everything due at or before the instant, in order of instant and then of scheduling, including what that sets
   * going; afterwards the clock shows the instant. Rejects with what an action threw, leaving the rest in the queue.
   */
  async runUntil(instant: number): Promise<void> {
    await this.#run(instant);
    this.#now = Math.max(this.#now, instant);
  }

  /**
   * Runs until nothing is scheduled any more but what waits for the clock to get there (`atIfReached`), or nothing at or before
   * `until`; the clock shows the last action's instant.
   */
  async runAll(until: number = Number.POSITIVE_INFINITY): Promise<void> {
    await this.#run(until, () => this.#driving > 0);
  }

  #schedule(instant: number, action: () => void | Promise<void>, drives: boolean): Cancel {
    if (drives) this.#driving += 1;
    const cancel = this.#agenda.add(Math.max(instant, this.#now), action, drives);
    return () => {
      if (cancel() && drives) this.#driving -= 1;
    };
  }

  async #run(until: number, goesOn: () => boolean = () => true): Promise<void> {
    if (this.#running) throw new Error('The clock is already running: an action cannot run the clock.');
    this.#running = true;
    try {
      await this.#settle();
      for (
        let entry = this.#agenda.peek();
        entry !== undefined && entry.instant <= until;
        entry = this.#agenda.peek()
      ) {
        if (!goesOn()) break;
        const action = this.#agenda.take();
        if (entry.drives) this.#driving -= 1;
        this.#now = entry.instant;
        const outcome = action?.();
        if (outcome !== undefined) {
          this.#busy += 1;
          this.#watch(outcome);
        }
        if (this.#busy > 0) await this.#settle();
        if (this.#fault !== undefined) await this.#settle();
      }
    } finally {
      this.#running = false;
    }
  }

  #watch(work: Promise<void>): void {
    work.then(
      () => this.#release(),
      (error: unknown) => {
        this.#fault ??= { error };
        this.#release();
      },
    );
  }

  #release(): void {
    this.#busy -= 1;
    if (this.#busy <= 0) {
      this.#idle?.();
      this.#idle = undefined;
    }
  }

  async #settle(): Promise<void> {
    while (this.#busy > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    if (this.#fault !== undefined) {
      const { error } = this.#fault;
      this.#fault = undefined;
      throw error;
    }
  }
}
