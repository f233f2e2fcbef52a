/** The clock of the machine that a function runs on; AWS keeps it within milliseconds of the true time. */
import { fromMillis, type Instant } from '#lib/contracts/time.ts';

/** Fulfils the port `Clock`; either function may be handed on by itself. */
export const systemClock: { readonly now: () => Instant; readonly monotonic: () => number } = {
  now: () => fromMillis(Date.now()),
  // Goes on growing where the wall clock is set back; Lambda freezes the process between calls, and claims do not live that long.
  monotonic: () => performance.now(),
};
