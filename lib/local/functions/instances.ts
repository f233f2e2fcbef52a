/**
 * Instances of all functions, and who gets the next one. A call takes a warm instance of its function, or starts one, or waits: a laptop
 * has room for a few, where Lambda has room for a thousand.
 */
import type { Timers } from '../time/timers.ts';
import { Instance, type Outcome } from './instance.ts';
import type { WorkerCall } from './worker/messages.ts';

/**
 * An instance that has loaded a bundle takes 30 to 40 MB (ADR 50). Ten of them leave half of 800 MB for everything else, and are
 * more than a journey calls again and again; two processors are busy with fewer: most of a call is waiting for the local cloud itself.
 */
const MOST_INSTANCES = 10;
/** For calls that would wait for seconds: by then there is load, and everybody's working memory with it. */
const MOST_UNDER_LOAD = 14;
/** A burst of one function must not take the room of those that it waits for. */
const MOST_OF_ONE = 3;
/** Longer than the pauses of somebody who is trying things out; a start costs a fifth of a second. */
const IDLE_MILLIS = 60_000;
/**
 * An instance that was used within this time will be used again: under load each function has its turn many times a second, and to end one
 * for another only to start it anew would take more time than the calls themselves, and memory that does not come back (ADR 50).
 */
const IN_USE_MILLIS = 5_000;
/**
 * Where there is more to do than time for it, whoever got instances first would keep them, and the calls of all others wait for the
 * one that each of them has. A call that has waited this long, some starts' worth, is given room by those that have more.
 */
const PATIENCE_MILLIS = 2_000;

/**
 * As many as a deployment has functions: each may have its first one beyond the others. Were there more, the further ones of those that came
 * first would stay beside the first ones of all the rest, and a cloud under load would grow to twice as many in some minutes.
 */
const MOST_IN_ALL = 16;

export interface InstancesOptions {
  readonly timers: Timers;
  /** Starts an instance of a function; `onEnd` as in InstanceOptions. */
  start(functionName: string, onEnd: () => void): Instance;
}

interface Waiting {
  readonly call: WorkerCall;
  readonly since: number;
  readonly settle: (outcome: Outcome) => void;
}

interface Warm {
  readonly functionName: string;
  readonly instance: Instance;
  /** When its last call ended. */
  usedAt: number;
  cancelIdle: () => void;
}

export class Instances {
  readonly #options: InstancesOptions;
  /** In the order in which they were last used. */
  readonly #warm = new Set<Warm>();
  /** By function, in the order in which they came; functions in the order of the first of these. */
  readonly #waiting = new Map<string, Waiting[]>();
  #isClosed = false;

  constructor(options: InstancesOptions) {
    this.#options = options;
  }

  /** Never rejects; after `close` it never settles. */
  run(functionName: string, call: WorkerCall): Promise<Outcome> {
    return new Promise((settle) => {
      const waiting = { call, since: this.#options.timers.now(), settle };
      const others = this.#waiting.get(functionName);
      if (others === undefined) this.#waiting.set(functionName, [waiting]);
      else others.push(waiting);
      this.#assign();
    });
  }

  /** Ends all of them, with what they are doing. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.clear();
    await Promise.all(Array.from(this.#warm, (warm) => this.#end(warm)));
  }

  #assign(): void {
    if (this.#isClosed) return;
    for (const [functionName, waiting] of this.#inOrder())
      for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
        const warm = this.#idle(functionName) ?? this.#started(functionName, first.since);
        if (warm === undefined) break;
        waiting.shift();
        if (waiting.length === 0) this.#waiting.delete(functionName);
        void this.#use(warm, first);
      }
  }

  /** Functions whose calls wait, the one that has waited longest first. */
  #inOrder(): readonly (readonly [string, Waiting[]])[] {
    const all = [...this.#waiting];
    return all.length < 2 ? all : all.toSorted(([, [a]], [, [b]]) => (a?.since ?? 0) - (b?.since ?? 0));
  }

  async #use(warm: Warm, { call, settle }: Waiting): Promise<void> {
    warm.cancelIdle();
    this.#warm.delete(warm);
    this.#warm.add(warm);
    const outcome = await warm.instance.call(call);
    warm.usedAt = this.#options.timers.now();
    if (!warm.instance.isOver)
      warm.cancelIdle = this.#options.timers.after(IDLE_MILLIS, () => void this.#end(warm));
    settle(outcome);
    this.#assign();
    if (warm.instance.isIdle && this.#warm.size > MOST_IN_ALL && this.#count(warm.functionName) > 1)
      void this.#end(warm);
  }

  #idle(functionName: string): Warm | undefined {
    for (const warm of this.#warm)
      if (warm.functionName === functionName && warm.instance.isIdle) return warm;
    return undefined;
  }

  /** `since`: when the call came that it is for. */
  #started(functionName: string, since: number): Warm | undefined {
    const own = this.#count(functionName);
    if (own >= MOST_OF_ONE) return undefined;
    if (this.#warm.size >= MOST_INSTANCES) {
      const isImpatient = since < this.#options.timers.now() - PATIENCE_MILLIS;
      const unused = this.#unused(own === 0, isImpatient ? own + 2 : Number.POSITIVE_INFINITY);
      if (unused !== undefined) void this.#end(unused);
      // A function that has none may always start one: it may be what the others wait for.
      else if (own > 0 && !(isImpatient && this.#warm.size < MOST_UNDER_LOAD)) return undefined;
    }
    const instance = this.#options.start(functionName, () => {
      warm.cancelIdle();
      this.#warm.delete(warm);
    });
    const usedAt = this.#options.timers.now();
    const warm: Warm = { functionName, instance, usedAt, cancelIdle: () => undefined };
    this.#warm.add(warm);
    return warm;
  }

  /**
   * One that can make room. `isFirst`: for the first instance of a function, which the further ones of another make room for.
   * `share`: one of a function that has so many makes room in any case; it has at least as many afterwards as whom it has made room for.
   */
  #unused(isFirst: boolean, share: number): Warm | undefined {
    const since = this.#options.timers.now() - IN_USE_MILLIS;
    const idle = Array.from(this.#warm).filter(({ instance }) => instance.isIdle);
    return (
      idle.find(({ usedAt }) => usedAt < since) ??
      idle.find(({ functionName }) => this.#count(functionName) >= (isFirst ? 2 : share))
    );
  }

  #count(functionName: string): number {
    let count = 0;
    for (const warm of this.#warm) if (warm.functionName === functionName) count += 1;
    return count;
  }

  async #end(warm: Warm): Promise<void> {
    warm.cancelIdle();
    this.#warm.delete(warm);
    await warm.instance.end();
  }
}
