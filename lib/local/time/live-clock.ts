/**
 * Business time of the local cloud: it flows at a speed, stands still, or jumps. A jump does what falls due on the way at its own instant
 * and lets the work that this sets going come to rest before time moves on, so that two weeks in a second decide as two weeks do.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cancel, Clock } from '../clock.ts';
import { Agenda } from './agenda.ts';
import type { CloudTime } from './cloud-time.ts';
import type { Timers } from './timers.ts';

export interface LiveClockOptions {
  /** Where it stands until it is told to go. */
  readonly start: number;
  readonly timers: Timers;
  /** An action has failed: a fault of ours, which must not stop the clock. */
  readonly onFault: (error: unknown) => void;
}

/** What the clock shows, at one moment. */
export interface ClockReading {
  readonly instant: number;
  /** Business milliseconds for each real one from this moment on; 0 while it stands, for whatever reason. */
  readonly pace: number;
  /** The pace that was asked for: 0 when it was stopped. */
  readonly speed: number;
  /** Where a jump under way leads. */
  readonly jumpingTo: number | undefined;
}

/**
 * A fast clock waits this long, in real milliseconds, for work in progress: else a call of 50 ms would take more than a minute of business
 * time at a day a minute. It does not wait longer: under steady load something is always in progress, and time would come to a halt.
 */
const PATIENCE_MILLIS = 1_000;

export class LiveClock implements Clock, CloudTime {
  readonly business = this;
  readonly infrastructure: Timers;
  readonly #onFault: (error: unknown) => void;
  readonly #agenda = new Agenda();
  readonly #listeners = new Set<(reading: ClockReading) => void>();
  /** Business and real instant from which the present is reckoned. */
  #anchor: { readonly business: number; readonly real: number };
  #speed = 0;
  /** A fast clock that waits for work. */
  #isWaiting = false;
  #isImpatient = false;
  #endPatience: Cancel | undefined;
  #busy = 0;
  readonly #whenIdle: (() => void)[] = [];
  #alarm: Cancel | undefined;
  #jump: { readonly to: number; isStopped: boolean } | undefined;

  constructor({ start, timers, onFault }: LiveClockOptions) {
    this.infrastructure = timers;
    this.#onFault = onFault;
    this.#anchor = { business: start, real: timers.now() };
  }

  now(): number {
    const { business, real } = this.#anchor;
    const pace = this.#pace();
    return pace === 0 ? business : Math.floor(business + (this.infrastructure.now() - real) * pace);
  }

  reading(): ClockReading {
    return { instant: this.now(), pace: this.#pace(), speed: this.#speed, jumpingTo: this.#jump?.to };
  }

  /** Tells each change of the pace, and each instant of a jump. Returns what ends it. */
  onChange(listener: (reading: ClockReading) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  at(instant: number, action: () => void | Promise<void>): Cancel {
    const due = Math.max(instant, this.now());
    const cancel = this.#agenda.add(due, action, true);
    if (this.#agenda.peek()?.instant === due) this.#arm();
    return () => void cancel();
  }

  spawn(work: () => Promise<void>): void {
    this.#begin();
    work()
      .catch(this.#onFault)
      .finally(() => this.#end());
  }

  park<T>(arm: (resume: (value: T) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let isResumed = false;
      try {
        arm((value) => {
          if (isResumed) return;
          isResumed = true;
          this.at(this.now(), () => {
            this.#begin();
            resolve(value);
          });
        });
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      this.#end();
    });
  }

  hold(): () => void {
    this.#begin();
    let isHeld = true;
    return () => {
      if (isHeld) this.#end();
      isHeld = false;
    };
  }

  /** Lets time pass: `speed` business milliseconds for each real one. 0: it stands still. */
  flow(speed: number): void {
    if (!Number.isFinite(speed) || speed < 0) throw new RangeError(`Not a speed: ${speed}`);
    this.#endPatience?.();
    this.#settle(() => {
      this.#speed = speed;
      this.#isWaiting = false;
      this.#isImpatient = false;
    });
    this.#waitForWork();
  }

  /** For a clock that has not been started: it stands at another instant, and nothing falls due. */
  stand(at: number): void {
    this.#settle(() => {
      this.#anchor = { business: at, real: this.infrastructure.now() };
    });
  }

  /**
   * Goes to the instant and does everything that falls due on the way; one that is past is reached at once. Afterwards time goes on as before.
   * @returns 'stopped' where `stopJump` came first. Rejects while another jump is under way.
   */
  async jumpTo(instant: number): Promise<'arrived' | 'stopped'> {
    const outcome = await this.#goThrough(instant, () => false);
    return outcome === 'stopped' ? 'stopped' : 'arrived';
  }

  /**
   * Goes from one instant at which something falls due to the next until the condition holds, at the latest to `limit`.
   * @returns whether the condition holds. Rejects while another jump is under way.
   */
  async goOnUntil(isReached: () => boolean, limit: number): Promise<boolean> {
    return (await this.#goThrough(limit, isReached)) === 'reached';
  }

  /** Ends a jump where it is; what is in progress is over before its promise is kept. */
  stopJump(): void {
    if (this.#jump !== undefined) this.#jump.isStopped = true;
  }

  /** Waits until nothing is in progress; time does not have to stand for it. */
  async idle(): Promise<void> {
    do {
      if (this.#busy > 0)
        await new Promise<void>((resolve) => {
          this.#whenIdle.push(resolve);
        });
      // What one piece of work has left to another may be a moment on its way.
      await nextTurn();
    } while (this.#busy > 0);
  }

  /** Nothing falls due any more. */
  close(): void {
    this.flow(0);
    this.#alarm?.();
    this.#endPatience?.();
    this.stopJump();
  }

  #pace(): number {
    return this.#jump !== undefined || this.#isWaiting ? 0 : this.#speed;
  }

  /** Changes what the pace depends on; the present stays what it is. */
  #settle(change: () => void): void {
    const present = this.now();
    this.#anchor = { business: present, real: this.infrastructure.now() };
    change();
    this.#tell();
    this.#arm();
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const reading = this.reading();
    for (const listener of this.#listeners) listener(reading);
  }

  /** Sets the alarm for the first entry. */
  #arm(): void {
    this.#alarm?.();
    this.#alarm = undefined;
    const pace = this.#pace();
    const next = this.#agenda.peek();
    if (next === undefined || this.#jump !== undefined) return;
    const left = next.instant - this.now();
    // What is due is done even while time stands.
    if (left > 0 && pace === 0) return;
    this.#alarm = this.infrastructure.after(left <= 0 ? 0 : Math.ceil(left / pace), () =>
      this.#doWhatIsDue(),
    );
  }

  #doWhatIsDue(): void {
    this.#alarm = undefined;
    for (let next = this.#agenda.peek(); next !== undefined; next = this.#agenda.peek()) {
      if (next.instant > this.now() || this.#jump !== undefined) break;
      this.#do();
    }
    this.#arm();
  }

  #do(): void {
    const action = this.#agenda.take();
    try {
      const outcome = action?.();
      if (outcome !== undefined) this.spawn(() => outcome);
    } catch (error) {
      this.#onFault(error);
    }
  }

  async #goThrough(limit: number, isReached: () => boolean): Promise<'arrived' | 'reached' | 'stopped'> {
    if (this.#jump !== undefined) throw new Error('A jump is under way.');
    const jump = { to: limit, isStopped: false };
    this.#settle(() => {
      this.#jump = jump;
    });
    try {
      for (;;) {
        await this.idle();
        if (jump.isStopped) return 'stopped';
        if (isReached()) return 'reached';
        const next = this.#agenda.peek();
        if (next === undefined || next.instant > limit) break;
        this.#move(next.instant);
        this.#do();
      }
      this.#move(limit);
      return 'arrived';
    } finally {
      this.#jump = undefined;
      this.#anchor = { ...this.#anchor, real: this.infrastructure.now() };
      this.#tell();
      this.#arm();
    }
  }

  #move(instant: number): void {
    if (instant <= this.#anchor.business) return;
    this.#anchor = { business: instant, real: this.infrastructure.now() };
    this.#tell();
  }

  #begin(): void {
    this.#busy += 1;
    if (this.#busy === 1) this.#waitForWork();
  }

  #end(): void {
    this.#busy -= 1;
    if (this.#busy > 0) return;
    this.#isImpatient = false;
    this.#endPatience?.();
    this.#endPatience = undefined;
    if (this.#isWaiting)
      this.#settle(() => {
        this.#isWaiting = false;
      });
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #waitForWork(): void {
    const isFast = this.#speed > 1 && this.#jump === undefined;
    if (!isFast || this.#busy === 0 || this.#isWaiting || this.#isImpatient) return;
    this.#settle(() => {
      this.#isWaiting = true;
    });
    this.#endPatience = this.infrastructure.after(PATIENCE_MILLIS, () => {
      this.#isImpatient = true;
      this.#settle(() => {
        this.#isWaiting = false;
      });
    });
  }
}
