// The clocks of this process, as functions read them, show the virtual time. Timers and sockets stay real.
import type { VirtualClock } from '#lib/local/clock.ts';

/** Returns what puts the real clocks back. */
export function showVirtualTime(clock: VirtualClock): () => void {
  const RealDate = Date;
  const realNow = performance.now.bind(performance);
  const start = clock.now();
  globalThis.Date = class extends RealDate {
    constructor(given: number | string | Date = clock.now()) {
      super(given);
    }

    static override now(): number {
      return clock.now();
    }
  } as DateConstructor;
  // What a function waits for by real timers has to pass as well: the pace of those who ask everybody.
  performance.now = () => realNow() + clock.now() - start;
  return () => {
    globalThis.Date = RealDate;
    performance.now = realNow;
  };
}
