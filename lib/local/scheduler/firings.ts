// Fires when a recurrence is due, by the business's clock. Firings of one schedule do not overlap: what comes due meanwhile happens once,
// afterwards.
import type { Cancel, Clock } from '../clock.ts';
import type { Recurrence } from './schedule-expression.ts';

export interface FiringsOptions {
  readonly clock: Clock;
  readonly recurrence: Recurrence;
  /** Firings are after this instant. */
  readonly after: number;
  /** Whether a firing would find nothing to do, and can be passed over. */
  readonly skip: (instant: number) => boolean;
  /** Done when the firing is over. `instant`: for when it was meant. Never rejects. */
  readonly fire: (instant: number) => Promise<void>;
  /** The last firing is over. */
  readonly onEnd: () => void;
}

/** Returns what ends it; a firing in progress goes on. */
export function startFirings(options: FiringsOptions): Cancel {
  const firings = new Firings(options);
  firings.arm(options.after);
  return () => firings.end();
}

class Firings {
  readonly #options: FiringsOptions;
  #cancel: Cancel | undefined;
  #isEnded = false;
  #isExhausted = false;
  #isFiring = false;
  /** Came due while another was in progress: the latest. */
  #missed: number | undefined;

  constructor(options: FiringsOptions) {
    this.#options = options;
  }

  arm(previous: number): void {
    const { clock, recurrence, skip } = this.#options;
    const instant = recurrence.after(previous);
    if (instant === undefined) {
      this.#isExhausted = true;
      return;
    }
    this.#cancel = clock.at(instant, () => {
      if (this.#isFiring) this.#missed = instant;
      else if (!skip(instant)) clock.spawn(() => this.#run(instant));
      // From now, where the clock has come late: what lies between is this firing.
      this.arm(Math.max(instant, clock.now()));
    });
  }

  end(): void {
    this.#isEnded = true;
    this.#cancel?.();
  }

  async #run(instant: number): Promise<void> {
    this.#isFiring = true;
    for (let due: number | undefined = instant; due !== undefined && !this.#isEnded; due = this.#missed) {
      this.#missed = undefined;
      // The first was asked when it came due.
      if (due === instant || !this.#options.skip(due)) await this.#options.fire(due);
    }
    this.#isFiring = false;
    if (this.#isExhausted && !this.#isEnded) this.#options.onEnd();
  }
}
