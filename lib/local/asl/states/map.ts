// An inline Map: one iteration for each item, as many at a time as allowed; the result is the array of their outputs.
import { Cancelled, checkLive, fork } from '../execution.ts';
import { StateFailure, stateErrors } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import { limits } from '../limits.ts';
import type { MapState } from '../machine.ts';
import type { MapRunLimits } from '../map-run.ts';
import { record } from '../runtime.ts';
import { type Child, cutOthers, fanOut, runChild } from './fan-out.ts';
import { itemsOf, limitsOf, mapContextOf, selectItem } from './map-items.ts';
import { failureOf, type Visit } from './visit.ts';

export async function performMap(visit: Visit, state: MapState): Promise<Json> {
  const { runtime, thread } = visit;
  const list = await itemsOf(visit, state);
  const wanted = await limitsOf(visit, state);
  const concurrency = Math.min(
    wanted.maxConcurrency ?? Number.POSITIVE_INFINITY,
    limits.inlineMapConcurrency,
  );
  const tolerance = toleranceOf(wanted, list.length);
  record(runtime, thread, 'MapStateStarted', () => ({ length: list.length }));
  const iterations = new Iterations(visit, state, list, tolerance);
  if (list.length > 0) await fanOut(runtime, thread, (ends) => iterations.start(concurrency, ends));
  record(runtime, thread, 'MapStateSucceeded', undefined, 'aside');
  return iterations.outputs();
}

/** How many iterations may fail; undefined: the first failure is the Map's own. */
function toleranceOf(
  { toleratedFailureCount: count, toleratedFailurePercentage: percentage }: MapRunLimits,
  items: number,
): number | undefined {
  if (count === undefined && percentage === undefined) return undefined;
  return Math.min(
    count ?? Number.POSITIVE_INFINITY,
    percentage === undefined ? Number.POSITIVE_INFINITY : Math.floor((percentage * items) / 100),
  );
}

/** The iterations of one run of a Map state. */
class Iterations {
  readonly #visit: Visit;
  readonly #state: MapState;
  readonly #items: readonly Json[];
  readonly #tolerance: number | undefined;
  readonly #children: Child[] = [];
  readonly #outputs = new Map<number, Json>();
  #next = 0;
  #open: number;
  #failures = 0;
  #ends: { finish: () => void; fail: (failure: StateFailure) => void } | undefined;

  constructor(visit: Visit, state: MapState, items: readonly Json[], tolerance: number | undefined) {
    this.#visit = visit;
    this.#state = state;
    this.#items = items;
    this.#tolerance = tolerance;
    this.#open = items.length;
  }

  /** Outputs in order of the items; an iteration whose failure was tolerated has none. */
  outputs(): Json[] {
    return this.#items.flatMap((_, index) => {
      const output = this.#outputs.get(index);
      return output === undefined ? [] : [output];
    });
  }

  start(concurrency: number, ends: { finish: () => void; fail: (failure: StateFailure) => void }): void {
    this.#ends = ends;
    const { runtime, thread } = this.#visit;
    const from = thread.chain.last;
    runtime.clock.at(runtime.clock.now(), async () => {
      const first = Math.min(concurrency, this.#items.length);
      for (let count = 0; count < first && !thread.cancelled; count += 1) await this.#startNext(from);
    });
  }

  /** Starts the next iteration, if one is left. `from` is the event that made room for it. */
  async #startNext(from: number): Promise<void> {
    const { runtime, thread } = this.#visit;
    const index = this.#next;
    const item = this.#items[index];
    if (item === undefined) return;
    this.#next += 1;
    let input: Json;
    try {
      input = await selectItem(this.#visit, this.#state, index, item);
      checkLive(thread);
    } catch (thrown) {
      if (thrown instanceof Cancelled) return;
      // No iteration has begun, so none fails: the Map itself does.
      cutOthers(runtime, thread, this.#children, undefined, this.#describe);
      const failure = failureOf(this.#visit, thrown);
      this.#next = this.#items.length;
      this.#ends?.fail(failure);
      return;
    }
    const child: Child = { index, thread: fork(thread, from, mapContextOf(index, item)), done: false };
    this.#children.push(child);
    record(runtime, child.thread, 'MapIterationStarted', this.#named(child));
    runChild(
      runtime,
      child,
      this.#state.processor,
      input,
      (output) => this.#onEnd(child, output),
      (failure) => this.#onFailure(child, failure),
    );
  }

  async #onEnd(child: Child, output: Json): Promise<void> {
    const { chain } = child.thread;
    const from = chain.last;
    this.#outputs.set(child.index, output);
    record(this.#visit.runtime, child.thread, 'MapIterationSucceeded', this.#named(child));
    await this.#close(child, from);
  }

  async #onFailure(child: Child, failure: StateFailure): Promise<void> {
    const { runtime, thread } = this.#visit;
    this.#failures += 1;
    if (this.#tolerance !== undefined && this.#failures <= this.#tolerance) {
      const from = child.thread.chain.last;
      record(runtime, child.thread, 'MapIterationFailed', this.#named(child), 'aside');
      await this.#close(child, from);
      return;
    }
    this.#next = this.#items.length;
    cutOthers(runtime, thread, this.#children, child, this.#describe);
    this.#ends?.fail(this.#tolerance === undefined ? failure : exceeded());
  }

  async #close(child: Child, from: number): Promise<void> {
    const { thread } = this.#visit;
    thread.children.delete(child.thread);
    this.#open -= 1;
    await this.#startNext(from);
    if (this.#open > 0) return;
    thread.chain.continueFrom(Math.max(...this.#children.map((iteration) => iteration.thread.chain.last)));
    this.#ends?.finish();
  }

  readonly #describe = (child: Child, how: 'failed' | 'aborted'): void => {
    const type = how === 'failed' ? 'MapIterationFailed' : 'MapIterationAborted';
    record(this.#visit.runtime, this.#visit.thread, type, this.#named(child), 'beside');
  };

  #named(child: Child): () => JsonObject {
    return () => ({ name: this.#state.name, index: child.index });
  }
}

function exceeded(): StateFailure {
  return new StateFailure(
    stateErrors.exceedToleratedFailureThreshold,
    'The specified tolerated failure threshold was exceeded',
  );
}
