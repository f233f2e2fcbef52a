// Real time that can be gone through faster while nothing is in progress: half an hour in which messages of a queue come back and Tasks
// are tried again need not be waited for.
import type { Cancel } from '#lib/local/clock.ts';
import { SYSTEM_TIMERS, type Timers } from '#lib/local/time/timers.ts';

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

export class SkippingTimers implements Timers {
  readonly #alarms = new Set<Alarm>();
  #skipped = 0;

  now(): number {
    return SYSTEM_TIMERS.now() + this.#skipped;
  }

  after(millis: number, action: () => void): Cancel {
    const end = (): void => {
      this.#alarms.delete(alarm);
      cancel();
    };
    const alarm: Alarm = {
      at: this.now() + millis,
      ring: () => {
        end();
        action();
      },
    };
    const cancel = SYSTEM_TIMERS.after(millis, alarm.ring);
    this.#alarms.add(alarm);
    return end;
  }

  /** Goes on by so many milliseconds, from alarm to alarm; `rest` waits until nothing is in progress. */
  async skip(millis: number, rest: () => Promise<void>): Promise<void> {
    const end = this.now() + millis;
    for (;;) {
      await rest();
      const [next] = [...this.#alarms].toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#skipped += Math.max(0, next.at - this.now());
      next.ring();
    }
    this.#skipped += Math.max(0, end - this.now());
  }
}
