// A state from its entered event to its exited event, with Retry and Catch around what the state itself does.
import { checkLive, type Thread } from '../execution.ts';
import { type StateFailure } from '../failure.ts';
import type { Json } from '../json.ts';
import type { DistributedMapState, MapState, State } from '../machine.ts';
import { pauseForRetry, record, type Runtime } from '../runtime.ts';
import { performChoice } from './choice.ts';
import { performDistributedMap } from './distributed-map.ts';
import { performFail } from './fail.ts';
import { performMap } from './map.ts';
import { performParallel } from './parallel.ts';
import { type Attempts, errorOutput, findCatcher, nextAttempt } from './retry-and-catch.ts';
import { performTask } from './task.ts';
import { applyEffects, checkSizes, evaluate, type Exit, failureOf, leave, type Visit } from './visit.ts';
import { performWait } from './wait.ts';

/** Runs one state. Rejects with StateFailure when it fails for good, with Cancelled when its thread is cancelled. */
export async function runState(
  runtime: Runtime,
  thread: Thread,
  state: State,
  input: Json,
  isRedriven: boolean,
): Promise<Exit> {
  const visit = isRedriven ? again(runtime, thread, state, input) : enter(runtime, thread, state, input);
  const attempts: Attempts = new Map();
  for (;;) {
    try {
      const exit = await perform(visit);
      checkSizes(visit, exit);
      leave(visit, exit);
      return exit;
    } catch (thrown) {
      const failure = failureOf(visit, thrown);
      checkLive(thread);
      if (!('retry' in state) || failure.endsExecution) throw failure;
      const delay = nextAttempt(state.retry, failure, attempts, runtime.random);
      if (delay === undefined) return handle(visit, state, failure);
      await pauseForRetry(runtime, thread, delay);
      visit.retryCount += 1;
      thread.execution.transitions += 1;
    }
  }
}

function enter(runtime: Runtime, thread: Thread, state: State, input: Json): Visit {
  const { execution } = thread;
  thread.state = state;
  const eventId = record(runtime, thread, `${state.type}StateEntered`, () => ({
    name: state.name,
    input: JSON.stringify(input),
    inputDetails: { truncated: false },
  }));
  thread.entered = { input, at: runtime.clock.now(), eventId };
  checkLive(thread);
  execution.transitions += 1;
  runtime.onStateEntered?.(execution, state);
  checkLive(thread);
  return visitOf(runtime, thread, state, input, false);
}

/** The execution goes on in the state in which it has failed: it is in there already. */
function again(runtime: Runtime, thread: Thread, state: State, input: Json): Visit {
  thread.execution.transitions += 1;
  return visitOf(runtime, thread, state, input, true);
}

function visitOf(runtime: Runtime, thread: Thread, state: State, input: Json, isRedriven: boolean): Visit {
  return {
    runtime,
    thread,
    state,
    input,
    isRedriven,
    enteredEventId: thread.entered?.eventId ?? 0,
    enteredAt: thread.entered?.at ?? runtime.clock.now(),
    retryCount: 0,
    taskContext: undefined,
    context: undefined,
  };
}

async function perform(visit: Visit): Promise<Exit> {
  const { state, input } = visit;
  switch (state.type) {
    case 'Pass':
      return applyEffects(visit, state, input, state.next);
    case 'Succeed': {
      const output = state.output === undefined ? input : await evaluate(visit, state.output);
      return { output, assigned: undefined, next: undefined };
    }
    case 'Fail':
      return performFail(visit, state);
    case 'Choice':
      return performChoice(visit, state);
    case 'Wait':
      await performWait(visit, state);
      return applyEffects(visit, state, input, state.next);
    case 'Task':
    case 'Parallel':
    case 'Map': {
      const result = await performWithResult(visit, state);
      return applyEffects(visit, state, result, state.next, { result });
    }
  }
}

type StateWithResult = Extract<State, { type: 'Task' | 'Parallel' | 'Map' }>;

async function performWithResult(visit: Visit, state: StateWithResult): Promise<Json> {
  switch (state.type) {
    case 'Task':
      return performTask(visit, state);
    case 'Parallel':
      return performParallel(visit, state);
    case 'Map':
      return isDistributed(state) ? performDistributedMap(visit, state) : performMap(visit, state);
  }
}

function isDistributed(state: MapState): state is DistributedMapState {
  return state.distributed !== undefined;
}

/** After the last attempt: the first catcher that matches leaves the state; without one the failure goes on. */
async function handle(visit: Visit, state: StateWithResult, failure: StateFailure): Promise<Exit> {
  const { runtime, thread } = visit;
  const before = thread.chain.last;
  recordFailed(visit);
  const catcher = findCatcher(state.catch, failure);
  if (catcher === undefined) throw failure;
  const output = errorOutput(failure);
  try {
    const exit = await applyEffects(visit, catcher, output, catcher.next, { errorOutput: output });
    checkSizes(visit, exit);
    leave(visit, exit);
    return exit;
  } catch (thrown) {
    // AWS links a failing catcher's event past the state's own failed event, and fails the state a second time.
    if (state.type !== 'Task') thread.chain.continueFrom(before);
    const second = failureOf(visit, thrown);
    checkLive(thread);
    recordFailed(visit);
    throw second;
  }

  function recordFailed(of: Visit): void {
    if (state.type !== 'Task') record(runtime, of.thread, `${state.type}StateFailed`);
  }
}
