// Whether business time goes faster than real time: batching windows pass in real time, and are not waited for then.
import type { Cancel } from '../clock.ts';
import type { ClockReading, LiveClock } from '../time/live-clock.ts';

/** Somebody jumps through time, or has it run fast. */
export function isHurried({ speed, jumpingTo }: ClockReading): boolean {
  return jumpingTo !== undefined || speed > 1;
}

/** Calls when hurry begins. Returns what ends it. */
export function onHurry(clock: LiveClock, listener: () => void): Cancel {
  let before = isHurried(clock.reading());
  return clock.onChange((reading) => {
    const now = isHurried(reading);
    const begins = now && !before;
    before = now;
    if (begins) listener();
  });
}
