// A Distributed Map: one child execution for each item, with a history of its own, as many at a time as allowed.
// https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
import { Cancelled, checkLive, live } from '../execution.ts';
import { StateFailure, stateErrors } from '../failure.ts';
import type { Json } from '../json.ts';
import type { DistributedMapState } from '../machine.ts';
import { MapRun } from '../map-run.ts';
import { record } from '../runtime.ts';
import { itemsOf, limitsOf, selectItem } from './map-items.ts';
import { failureOf, type Visit } from './visit.ts';

export async function performDistributedMap(visit: Visit, state: DistributedMapState): Promise<Json> {
  const { runtime, thread } = visit;
  const items = await itemsOf(visit, state);
  const failed = visit.isRedriven ? failedRun(visit) : undefined;
  const run = failed ?? (await newRun(visit, state, items.length));
  if (failed === undefined) record(runtime, thread, 'MapRunStarted', () => ({ mapRunArn: run.id }));
  else redrive(visit, failed);

  const waiting = runtime.clock.park<StateFailure | undefined>((resume) => {
    const children = new Children(visit, state, run, items, resume);
    thread.release = () => children.abort('ABORTED');
    children.start();
  });
  const failure = await live(thread, waiting);
  thread.release = undefined;
  if (failure !== undefined) {
    const { error, reason } = failure;
    record(runtime, thread, 'MapRunFailed', () => ({
      ...(error === undefined ? {} : { error }),
      ...(reason === undefined ? {} : { cause: reason }),
    }));
    throw failure;
  }
  record(runtime, thread, 'MapRunSucceeded');
  record(runtime, thread, 'MapStateSucceeded', undefined, 'aside');
  return run.children.flatMap((child) => (child?.output === undefined ? [] : [child.output]));
}

async function newRun(visit: Visit, state: DistributedMapState, items: number): Promise<MapRun> {
  const { runtime, thread } = visit;
  const limits = await limitsOf(visit, state);
  record(runtime, thread, 'MapStateStarted', () => ({ length: items }));
  const { execution } = thread;
  const machineName = `${execution.machineName}/${state.distributed.label}`;
  const run = new MapRun(
    {
      id: runtime.newMapRunId(execution, machineName),
      executionId: execution.id,
      state: state.name,
      machineName,
      startDate: runtime.clock.now(),
      limits,
    },
    items,
  );
  runtime.mapRuns.add(run);
  return run;
}

function failedRun({ runtime, thread, state }: Visit): MapRun | undefined {
  return runtime.mapRuns
    .of(thread.execution.id)
    .findLast((run) => run.state === state.name && run.status !== 'SUCCEEDED');
}

function redrive({ runtime, thread }: Visit, run: MapRun): void {
  run.status = 'RUNNING';
  run.stopDate = undefined;
  run.redriveCount += 1;
  run.redriveDate = runtime.clock.now();
  record(runtime, thread, 'MapRunRedriven', () => ({ mapRunArn: run.id, redriveCount: run.redriveCount }));
}

/** The child executions while the Map is in its state. */
class Children {
  readonly #visit: Visit;
  readonly #state: DistributedMapState;
  readonly #run: MapRun;
  readonly #items: readonly Json[];
  readonly #resume: (failure: StateFailure | undefined) => void;
  /** Items whose child is to be started, or to be redriven, first to last. */
  readonly #ahead: number[];
  #isStarting = false;
  #isOver = false;

  constructor(
    visit: Visit,
    state: DistributedMapState,
    run: MapRun,
    items: readonly Json[],
    resume: (failure: StateFailure | undefined) => void,
  ) {
    this.#visit = visit;
    this.#state = state;
    this.#run = run;
    this.#items = items;
    this.#resume = resume;
    this.#ahead = [...items.keys()].filter((index) => run.children[index]?.status !== 'SUCCEEDED');
    run.onChange = () => this.#check();
  }

  start(): void {
    this.#check();
  }

  /** Ends the run and the children that still run. */
  abort(status: 'FAILED' | 'ABORTED'): void {
    this.#end(status);
    for (const child of this.#run.children)
      if (child?.status === 'RUNNING') this.#visit.runtime.abortChild(child);
  }

  #end(status: MapRun['status']): void {
    this.#isOver = true;
    this.#run.onChange = undefined;
    this.#run.status = status;
    this.#run.stopDate = this.#visit.runtime.clock.now();
  }

  #fail(failure: StateFailure): void {
    this.abort('FAILED');
    this.#resume(failure);
  }

  /** After each change: is it over, is there room for more? */
  #check(): void {
    if (this.#isOver || this.#isStarting) return;
    if (this.#ended().length > 0 && this.#run.isExceeded() && !this.#redrivesFailed())
      return this.#fail(exceeded());
    if (this.#running() === 0 && this.#ahead.length === 0) {
      this.#end('SUCCEEDED');
      return this.#resume(undefined);
    }
    const { clock } = this.#visit.runtime;
    this.#isStarting = true;
    clock.at(clock.now(), () => this.#startMore());
  }

  /** A redrive begins with as many failures as there were; they count again when their children fail again. */
  #redrivesFailed(): boolean {
    return this.#ahead.some((index) => this.#run.children[index] !== undefined);
  }

  #ended(): unknown[] {
    return this.#run.children.filter((child) => child !== undefined && child.status !== 'RUNNING');
  }

  #running(): number {
    return this.#run.counts().RUNNING;
  }

  async #startMore(): Promise<void> {
    const { thread, runtime } = this.#visit;
    try {
      while (!thread.cancelled && this.#running() < (this.#run.limits.maxConcurrency ?? Infinity)) {
        const index = this.#ahead.shift();
        const item = index === undefined ? undefined : this.#items[index];
        if (index === undefined || item === undefined) break;
        const present = this.#run.children[index];
        if (present !== undefined) {
          runtime.redriveChild(present);
          continue;
        }
        const input = await selectItem(this.#visit, this.#state, index, item);
        checkLive(thread);
        const { distributed } = this.#state;
        this.#run.children[index] = runtime.startChild(
          thread.execution,
          this.#run,
          distributed.machine,
          input,
        );
      }
      this.#isStarting = false;
      if (this.#running() === 0) this.#check();
    } catch (thrown) {
      if (thrown instanceof Cancelled) return;
      this.#isStarting = false;
      this.#fail(failureOf(this.#visit, thrown));
    }
  }
}

function exceeded(): StateFailure {
  return new StateFailure(
    stateErrors.exceedToleratedFailureThreshold,
    'The specified tolerated failure threshold was exceeded',
  );
}
