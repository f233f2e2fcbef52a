/** The clock of the machine that a function runs on; AWS keeps it within milliseconds of the true time. */
import { fromMillis } from '#lib/contracts/time.ts';
import type { Clock } from '#lib/engine/ports.ts';

export const systemClock: Clock = {
  now: () => fromMillis(Date.now()),
  // Goes on growing where the wall clock is set back; Lambda freezes the process between calls, and claims do not live that long.
  monotonic: () => performance.now(),
};
