// The two times of the local cloud, and who lets them pass.
import type { Clock } from '../clock.ts';
import type { Timers } from './timers.ts';

export interface CloudTime {
  /** Time of the business: waits, schedules, what handlers and customers take for now. It may run fast, stand still or jump. */
  readonly business: Clock;
  /** Time of the infrastructure: real. */
  readonly infrastructure: Timers;
  /**
   * Says that work is under way that is to be over before business time moves on: a message that can be delivered, a call of a function.
   * A jump waits for it, and a fast clock does for a while. Returns what ends it; call it once. Do not hold for what waits for a retry.
   */
  hold(): () => void;
}
