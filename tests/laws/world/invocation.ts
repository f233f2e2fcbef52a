// One run of a function. Each of its calls to the outside takes a moment of virtual time, in which everybody else goes on,
// and with bad luck it is the last: the function dies before or after its effect, or is given up while it still works.
import { sleepUntil, type VirtualClock } from '#lib/local/clock.ts';
import type { Dice } from './dice.ts';

/** What goes wrong, in percent of the calls to the outside. */
export interface Trouble {
  /** The function dies. */
  readonly dies: number;
  /** Whoever called the function hears of a failure, but it goes on, up to a minute later. */
  readonly abandoned: number;
  /** The call takes up to 20 seconds. */
  readonly stalls: number;
  /** The provider refuses, asks to try later, or is not heard. */
  readonly providerFails: number;
  /** A record of the stream, or the status event of an execution, never arrives. */
  readonly lost: number;
  /** What arrives, arrives twice. */
  readonly twice: number;
  /** The task of a send reaches two functions. */
  readonly doubled: number;
  /** In the ten minutes of a deployment, a function that has not been brought up to date yet. */
  readonly outdated: number;
  /** The platform has no room for another start. */
  readonly throttled: number;
}

export const NO_TROUBLE: Trouble = {
  dies: 0,
  abandoned: 0,
  stalls: 0,
  providerFails: 0,
  lost: 0,
  twice: 0,
  doubled: 0,
  outdated: 0,
  throttled: 0,
};
export const MUCH_TROUBLE: Trouble = {
  dies: 4,
  abandoned: 3,
  stalls: 4,
  providerFails: 20,
  lost: 5,
  twice: 20,
  doubled: 10,
  outdated: 40,
  throttled: 10,
};

/** The function has died, or was given up: its caller tries again or does not. */
export class Died extends Error {
  override readonly name = 'Lambda.Unknown';
}

type Outcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'error'; readonly error: unknown };

export class Invocation {
  readonly id: number;
  readonly #clock: VirtualClock;
  readonly #dice: Dice;
  readonly #trouble: () => Trouble;
  /** Milliseconds by which the function was frozen without the world's clock noticing; only the monotonic clock shows it. */
  frozen = 0;
  #giveUp: () => void = () => {};

  constructor(id: number, clock: VirtualClock, dice: Dice, trouble: () => Trouble) {
    this.id = id;
    this.#clock = clock;
    this.#dice = dice;
    this.#trouble = trouble;
  }

  monotonic(): number {
    return this.#clock.now() + this.frozen;
  }

  /** Runs the function's work. Rejects with what it throws, or with `Died`. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const outcome = await this.#clock.park<Outcome<T>>((resume) => {
      this.#giveUp = () => resume({ kind: 'error', error: new Died('the function has died') });
      this.#clock.spawn(async () => {
        try {
          resume({ kind: 'value', value: await work() });
        } catch (error) {
          resume({ kind: 'error', error });
        }
      });
    });
    if (outcome.kind === 'value') return outcome.value;
    throw outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error));
  }

  /** One call to the outside: a moment, the effect, another moment. */
  async call<T>(effect: () => T): Promise<T> {
    await this.#moment();
    const value = effect();
    await this.#moment();
    return value;
  }

  async #moment(): Promise<void> {
    const trouble = this.#trouble();
    if (this.#dice.happens(trouble.dies)) {
      this.#giveUp();
      return this.#clock.park<void>(() => {});
    }
    let delay = this.#dice.upTo(20);
    if (this.#dice.happens(trouble.stalls)) delay += this.#dice.upTo(20_000);
    if (this.#dice.happens(trouble.abandoned)) {
      this.#giveUp();
      delay += this.#dice.upTo(60_000);
    }
    return sleepUntil(this.#clock, this.#clock.now() + delay);
  }
}
