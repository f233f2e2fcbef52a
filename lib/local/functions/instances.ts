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
/** A burst of one function must not take the room of those that it waits for. */
const MOST_OF_ONE = 3;
/** Longer than the pauses of somebody who is trying things out; a start costs a fifth of a second. */
const IDLE_MILLIS = 60_000;
/**
 * An instance that was used within this time will be used again: under load each function has its turn many times a second, and to end one
 * for another only to start it anew would take more time than the calls themselves, and memory that does not come back (ADR 50).
 */
const IN_USE_MILLIS = 5_000;

export interface InstancesOptions {
  readonly timers: Timers;
  /** Starts an instance of a function; `onEnd` as in InstanceOptions. */
  start(functionName: string, onEnd: () => void): Instance;
}

interface Waiting {
  readonly functionName: string;
  readonly call: WorkerCall;
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
  readonly #waiting: Waiting[] = [];
  #isClosed = false;

  constructor(options: InstancesOptions) {
    this.#options = options;
  }

  /** Never rejects; after `close` it never settles. */
  run(functionName: string, call: WorkerCall): Promise<Outcome> {
    return new Promise((settle) => {
      this.#waiting.push({ functionName, call, settle });
      this.#assign();
    });
  }

  /** Ends all of them, with what they are doing. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.length = 0;
    await Promise.all(Array.from(this.#warm, (warm) => this.#end(warm)));
  }

  #assign(): void {
    for (let index = 0; index < this.#waiting.length && !this.#isClosed;) {
      const waiting = this.#waiting[index];
      const warm = waiting && (this.#idle(waiting.functionName) ?? this.#started(waiting.functionName));
      if (waiting === undefined || warm === undefined) {
        index += 1;
        continue;
      }
      this.#waiting.splice(index, 1);
      void this.#use(warm, waiting);
    }
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
  }

  #idle(functionName: string): Warm | undefined {
    return this.#of(functionName).find(({ instance }) => instance.isIdle);
  }

  #started(functionName: string): Warm | undefined {
    const own = this.#of(functionName).length;
    if (own >= MOST_OF_ONE) return undefined;
    if (this.#warm.size >= MOST_INSTANCES) {
      const unused = this.#unused(own === 0);
      if (unused !== undefined) void this.#end(unused);
      // A function that has none may always start one: it may be what the others wait for.
      else if (own > 0) return undefined;
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

  /** One that can make room; `isFirst`: for the first instance of a function, which the further ones of another make room for. */
  #unused(isFirst: boolean): Warm | undefined {
    const since = this.#options.timers.now() - IN_USE_MILLIS;
    const idle = Array.from(this.#warm).filter(({ instance }) => instance.isIdle);
    return (
      idle.find(({ usedAt }) => usedAt < since) ??
      (isFirst ? idle.find(({ functionName }) => this.#of(functionName).length > 1) : undefined)
    );
  }

  #of(functionName: string): readonly Warm[] {
    return Array.from(this.#warm).filter((warm) => warm.functionName === functionName);
  }

  async #end(warm: Warm): Promise<void> {
    warm.cancelIdle();
    this.#warm.delete(warm);
    await warm.instance.end();
  }
}
