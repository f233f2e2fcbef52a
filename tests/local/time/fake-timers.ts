// Real time in the hands of a test.
import type { Timers } from '#lib/local/time/timers.ts';

export class FakeTimers implements Timers {
  #now = 0;
  readonly #alarms = new Set<{ readonly at: number; readonly action: () => void }>();

  now(): number {
    return this.#now;
  }

  after(millis: number, action: () => void): () => void {
    const alarm = { at: this.#now + millis, action };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  /** Lets so many milliseconds pass, alarm by alarm, with a turn for what each has set going. */
  async pass(millis: number): Promise<void> {
    const end = this.#now + millis;
    for (;;) {
      const [next] = [...this.#alarms].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#alarms.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
      await turn();
    }
    this.#now = end;
    await turn();
  }
}

export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve));
  });
}
