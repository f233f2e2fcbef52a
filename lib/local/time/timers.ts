// Time of the infrastructure: how long a message of a queue stays invisible, how long a function may take, when somebody tries again. It
// is real time, whatever the business's clock shows, so that a fast clock does not make messages come twice.
import type { Cancel } from '../clock.ts';

export interface Timers {
  /** Milliseconds of a clock that only goes forward; no date. */
  now(): number;
  /** Runs the action after so many milliseconds; any length. */
  after(millis: number, action: () => void): Cancel;
}

/** A timer of the system ends after 24.8 days at the latest. */
const LONGEST_MILLIS = 2 ** 31 - 1;

export const SYSTEM_TIMERS: Timers = {
  now: () => performance.now(),
  after: (millis, action) => {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (left: number): void => {
      const part = Math.min(left, LONGEST_MILLIS);
      timer = setTimeout(() => (left > part ? arm(left - part) : action()), part);
    };
    arm(Math.max(0, millis));
    return () => clearTimeout(timer);
  },
};
