// The business's clock, as people handle it: a speed, pausing, jumps, and going on until something happens.
import type { LiveClock } from '#lib/local/time/live-clock.ts';
import type { BusinessClock } from './running-cloud.ts';

export interface BusinessClockOptions {
  readonly clock: LiveClock;
  readonly speed: number;
  readonly isPaused: boolean;
  /** Counts up with everything that somebody could see. */
  readonly happenings: () => number;
  /** When something is due next. */
  readonly next: () => number | undefined;
}

/** Where nothing happens within a month, whoever waits for it should look at what has become of the time. */
const LONGEST_GOING_ON_MILLIS = 31 * 24 * 60 * 60 * 1000;

/** `start` lets the time flow, unless it is paused: before, whoever fills the cloud leads it. */
export function createBusinessClock({
  clock,
  speed: firstSpeed,
  isPaused: begunPaused,
  happenings,
  next,
}: BusinessClockOptions): BusinessClock & { start(): void } {
  let speed = firstSpeed;
  let isPaused = begunPaused;
  let isStarted = false;
  const listeners = new Set<() => void>();
  const apply = (): void => {
    if (isStarted) clock.flow(isPaused ? 0 : speed);
    for (const listener of listeners) listener();
  };
  // Each instant of a jump would be told; whoever shows the clock reckons between two changes by itself.
  let told = '';
  const stop = clock.onChange(({ pace, jumpingTo }) => {
    const state = `${pace} ${jumpingTo ?? ''}`;
    if (state === told) return;
    told = state;
    for (const listener of listeners) listener();
  });
  void stop;
  return {
    now: () => clock.now(),
    get speed() {
      return speed;
    },
    get isPaused() {
      return isPaused;
    },
    get pace() {
      return clock.reading().pace;
    },
    get jumpingTo() {
      return clock.reading().jumpingTo;
    },
    setSpeed(wanted) {
      if (!Number.isFinite(wanted) || wanted <= 0) throw new RangeError(`Not a speed: ${wanted}`);
      speed = wanted;
      apply();
    },
    pause() {
      isPaused = true;
      apply();
    },
    resume() {
      isPaused = false;
      apply();
    },
    async jumpTo(instant) {
      await clock.jumpTo(instant);
    },
    async goOn() {
      const before = happenings();
      await clock.goOnUntil(() => happenings() > before, clock.now() + LONGEST_GOING_ON_MILLIS);
      return clock.now();
    },
    stopJump: () => clock.stopJump(),
    next,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      isStarted = true;
      apply();
    },
  };
}
