// Timers of one local cloud: when it is closed, nothing of it rings any more, and nothing keeps the process waiting for a retry in an hour.
import type { Cancel } from '../clock.ts';
import type { Timers } from './timers.ts';

export interface ClosableTimers extends Timers {
  /** Cancels what has not rung; what is asked for later never rings. */
  close(): void;
}

export function closableTimers(timers: Timers): ClosableTimers {
  const open = new Set<Cancel>();
  let isClosed = false;
  return {
    now: () => timers.now(),
    after(millis, action) {
      if (isClosed) return () => undefined;
      const cancel = timers.after(millis, () => {
        open.delete(cancel);
        action();
      });
      open.add(cancel);
      return () => {
        open.delete(cancel);
        cancel();
      };
    },
    close() {
      isClosed = true;
      for (const cancel of open) cancel();
      open.clear();
    },
  };
}
