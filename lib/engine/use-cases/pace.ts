/** So much in a second and no more, evenly: of what others need as well, such as starts of executions and reads of the table. */

/** Waiting, and the milliseconds it is measured by: they only grow. */
export interface Waiting {
  monotonic(): number;
  wait(millis: number): Promise<void>;
}

/** One pace for several who work side by side in one process. */
export class Pace {
  readonly #waiting: Waiting;
  readonly #millisEach: number;
  /** When all that was spent so far is worked off. */
  #free: number;

  constructor(perSecond: number, waiting: Waiting) {
    this.#waiting = waiting;
    this.#millisEach = 1000 / perSecond;
    this.#free = waiting.monotonic();
  }

  /** So many have been used. What was not used before is not made up for: there are no bursts. */
  spend(count: number): void {
    if (count === 0) return;
    this.#free = Math.max(this.#free, this.#waiting.monotonic()) + count * this.#millisEach;
  }

  /** Resolves when what was spent is worked off, at the latest at `until`; at once where it is. */
  async ready(until: number): Promise<void> {
    for (;;) {
      const now = this.#waiting.monotonic();
      const millis = Math.min(this.#free, until) - now;
      if (millis <= 0) return;
      await this.#waiting.wait(millis);
    }
  }
}
