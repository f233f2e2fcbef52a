// Real time that passes when a test says so.
import { VirtualClock } from '#lib/local/clock.ts';
import type { Timers } from '#lib/local/time/timers.ts';

export interface TestTimers extends Timers {
  pass(millis: number): Promise<void>;
}

export function createTestTimers(): TestTimers {
  const clock = new VirtualClock(0);
  return {
    now: () => clock.now(),
    after: (millis, action) =>
      clock.at(clock.now() + millis, async () => {
        action();
        // What the action has set going may arm the next timer.
        await new Promise((resolve) => setImmediate(resolve));
      }),
    pass: (millis) => clock.runUntil(clock.now() + millis),
  };
}
