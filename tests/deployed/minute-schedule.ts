// The schedule of every minute. Minutes in which it would find nothing are passed over: ten months have half a million of them.
import { fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { VirtualClock } from '#lib/local/clock.ts';
import type { Invoke } from './packed-function.ts';

const MINUTE_MILLIS = 60_000;

export class MinuteSchedule {
  readonly #clock: VirtualClock;
  readonly #findDue: Invoke;
  readonly #scheduledAfter: (instant: Instant) => number | undefined;
  /** Customer → when somebody should look, as the table's index has it. */
  readonly #looks = new Map<string, number>();
  readonly #arranged = new Set<number>();

  /** `scheduledAfter`: when the next schedule for everybody takes place. */
  constructor(
    clock: VirtualClock,
    findDue: Invoke,
    scheduledAfter: (instant: Instant) => number | undefined,
  ) {
    this.#clock = clock;
    this.#findDue = findDue;
    this.#scheduledAfter = scheduledAfter;
  }

  /** The first minute of a deployment. */
  begin(): void {
    this.#arrange(this.#clock.now());
  }

  noteLook(customer: string, at: Instant | undefined): void {
    if (at === undefined) this.#looks.delete(customer);
    else {
      this.#looks.set(customer, toMillis(at));
      this.#arrange(toMillis(at));
    }
  }

  #arrange(instant: number): void {
    const earliest = Math.max(instant, this.#clock.now());
    const minute = Math.ceil(earliest / MINUTE_MILLIS) * MINUTE_MILLIS;
    if (this.#arranged.has(minute)) return;
    this.#arranged.add(minute);
    this.#clock.at(minute, () => this.#pass(minute));
  }

  async #pass(minute: number): Promise<void> {
    this.#arranged.delete(minute);
    await this.#findDue({});
    const scheduled = this.#scheduledAfter(fromMillis(minute));
    if (scheduled !== undefined) this.#arrange(scheduled);
    // Whoever is still due when all have been looked at is found by the next minute.
    this.#clock.at(minute, () => {
      const isDue = [...this.#looks.values()].some((at) => at <= minute);
      if (isDue) this.#arrange(minute + 1);
    });
  }
}
