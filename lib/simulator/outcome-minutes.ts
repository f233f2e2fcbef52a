// What is told of messages in a play, minute by minute: the breaker looks at it when a minute is over, so that what it sees does not
// depend on how a play is divided.
import { fromMillis, type Instant } from '#lib/contracts/time.ts';
import type { Outcome } from '#lib/engine/use-cases/new-outcomes.ts';
import type { VirtualClock } from '#lib/local/clock.ts';

/** Everything that was told within one minute, and the instant at which that minute is over. */
export interface ToldOutcomes {
  readonly at: Instant;
  readonly outcomes: readonly Outcome[];
}

/** Deployed, a batch is counted seconds after it was told; a minute of virtual time is as good, and has the same bounds in every part. */
const MINUTE = 60_000;

/** Hands on what was told, a minute at a time; a minute in which nothing was told costs nothing. */
export class OutcomeMinutes {
  readonly #clock: VirtualClock;
  readonly #watch: (told: ToldOutcomes) => Promise<void>;
  #end = Number.NEGATIVE_INFINITY;
  #outcomes: Outcome[] = [];

  constructor(clock: VirtualClock, watch: (told: ToldOutcomes) => Promise<void>) {
    this.#clock = clock;
    this.#watch = watch;
  }

  /** Takes what an input has newly told; most inputs tell nothing. */
  add(outcomes: readonly Outcome[]): void {
    if (outcomes.length === 0) return;
    const end = (Math.floor(this.#clock.now() / MINUTE) + 1) * MINUTE;
    if (end !== this.#end) {
      const told: Outcome[] = [];
      this.#end = end;
      this.#outcomes = told;
      this.#clock.at(end, () => this.#watch({ at: fromMillis(end), outcomes: told }));
    }
    this.#outcomes.push(...outcomes);
  }
}
