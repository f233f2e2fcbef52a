// What the states of all executions run on: the clock, chance, the tasks, the history.
import type { Clock } from '../clock.ts';
import type { Timers } from '../time/timers.ts';
import { type Execution, type Thread, live } from './execution.ts';
import type { StateFailure } from './failure.ts';
import { type HistoryEvent, type Link, link } from './history.ts';
import type { Json, JsonObject } from './json.ts';
import { limits } from './limits.ts';
import type { MapRun, MapRuns } from './map-run.ts';
import type { Graph, Machine, State } from './machine.ts';
import type { Outside } from './outside.ts';
import type { RunTask } from './task-call.ts';
import type { Tokens } from './tokens.ts';

export interface Runtime {
  readonly clock: Clock;
  readonly random: () => number;
  readonly runTask: RunTask;
  readonly tokens: Tokens;
  readonly region: string;
  /** Time of retries and of tasks that are no callbacks; undefined: the clock's. */
  readonly infrastructure: Timers | undefined;
  readonly outside: Outside;
  /** Whether what comes from outside is kept, so that everything has to come by `outside`. */
  readonly isKept: boolean;
  /** Runs a call that is to be over before business time moves on. */
  readonly work: (call: () => Promise<void>) => void;
  readonly onStateEntered: ((execution: Execution, state: State) => void) | undefined;
  /**
   * Runs the states of a graph to its end; rejects with StateFailure, or with Cancelled. `from`: the state in which to go on, with its
   * input, where the graph was run before.
   */
  runGraph(thread: Thread, graph: Graph, input: Json, from?: string): Promise<Json>;
  readonly mapRuns: MapRuns;
  /** ARN for a new Map Run, by the name of its children's machine. */
  newMapRunId(parent: Execution, machineName: string): string;
  /** Starts a child execution; `mapRun.onChange` is called when it has ended. */
  startChild(parent: Execution, mapRun: MapRun, machine: Machine, input: Json): Execution;
  /** Lets a child that has failed go on from where it did. */
  redriveChild(child: Execution): void;
  abortChild(child: Execution): void;
  /** Ends the whole execution as failed, from anywhere in it. */
  fail(execution: Execution, failure: StateFailure): void;
  failForHistory(execution: Execution): void;
}

/**
 * Records an event and returns its id; details are made only when histories are kept. The event that would be number
 * 25,000 ends the execution instead, as on AWS: the thread is cancelled then and finds out at its next step.
 */
export function record(
  runtime: Runtime,
  thread: Thread,
  type: string,
  details?: () => JsonObject,
  how: Link = 'follow',
): number {
  const { execution } = thread;
  if (execution.status !== 'RUNNING') return 0;
  if (execution.eventCount >= limits.historyEvents - 1) {
    runtime.failForHistory(execution);
    return 0;
  }
  const id = (execution.eventCount += 1);
  execution.family.events += 1;
  append(runtime, execution, { id, previousEventId: link(thread.chain, id, how), type }, details);
  return id;
}

/** Adds an event whose place in the history is known. */
export function append(
  runtime: Pick<Runtime, 'clock'>,
  execution: Execution,
  event: Omit<HistoryEvent, 'timestamp' | 'details'>,
  details?: () => JsonObject,
): void {
  execution.events?.push({
    ...event,
    timestamp: runtime.clock.now(),
    ...(details === undefined ? {} : { details: details() }),
  });
}

/** Lets the thread wait before it tries again: in the time of the infrastructure, if there is one. */
export async function pauseForRetry(runtime: Runtime, thread: Thread, millis: number): Promise<void> {
  const { clock, infrastructure, outside } = runtime;
  const waiting = clock.park<void>((resume) => {
    let disarm: (() => void) | undefined;
    const cancel = outside.expect(thread.execution, {
      begin: (tell) => {
        disarm =
          infrastructure === undefined
            ? clock.at(clock.now() + millis, () => tell(null))
            : infrastructure.after(millis, () => tell(null));
      },
      hear: () => {
        thread.release?.();
        resume();
      },
      isDue: () => true,
    });
    thread.release = () => {
      cancel();
      disarm?.();
    };
  });
  await live(thread, waiting);
  thread.release = undefined;
}

/** Lets the thread wait until the instant. */
export async function pause(runtime: Runtime, thread: Thread, instant: number): Promise<void> {
  const waiting = runtime.clock.park<void>((resume) => {
    thread.release = runtime.clock.at(instant, () => resume());
  });
  await live(thread, waiting);
  thread.release = undefined;
}
