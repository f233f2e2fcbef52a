// Time of the infrastructure that passes when a test says so.
import type { Cancel } from '#lib/local/clock.ts';
import type { Timers } from '#lib/local/time/timers.ts';

export class TestTimers implements Timers {
  #now = 0;
  readonly #armed = new Set<{ readonly at: number; readonly action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(millis: number, action: () => void): Cancel {
    const timer = { at: this.#now + Math.max(0, millis), action };
    this.#armed.add(timer);
    return () => this.#armed.delete(timer);
  }

  /** Milliseconds until the next; undefined: nothing is armed. */
  get next(): number | undefined {
    return this.#armed.size === 0 ? undefined : this.#earliest().at - this.#now;
  }

  /** Lets so many milliseconds pass. */
  pass(millis: number): void {
    const until = this.#now + millis;
    while (this.#armed.size > 0 && this.#earliest().at <= until) {
      const timer = this.#earliest();
      this.#armed.delete(timer);
      this.#now = timer.at;
      timer.action();
    }
    this.#now = until;
  }

  #earliest(): { readonly at: number; readonly action: () => void } {
    return [...this.#armed].reduce((first, timer) => (timer.at < first.at ? timer : first));
  }
}
