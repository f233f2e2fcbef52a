// One execution while it runs, and the lines of execution inside it.
import { Chain, type HistoryEvent } from './history.ts';
import type { Json, JsonObject } from './json.ts';
import type { Machine, State } from './machine.ts';
import { Variables } from './variables.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface Execution {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly machineName: string;
  readonly machine: Machine;
  readonly input: Json;
  /** Milliseconds since 1970. */
  readonly startDate: number;
  stopDate: number | undefined;
  status: Status;
  output: Json | undefined;
  error: string | undefined;
  cause: string | undefined;
  /** States entered and retries: what AWS bills as state transitions. */
  transitions: number;
  /** Events so far; they are kept only when the interpreter keeps histories. */
  eventCount: number;
  readonly events: HistoryEvent[] | undefined;
  tokens: number;
  readonly root: Thread;
  /** The members of the context object that stay the same: Execution and StateMachine. */
  readonly context: { readonly Execution: JsonObject; readonly StateMachine: JsonObject };
  cancelDeadline: () => void;
}

/** A line of execution: the machine's own, one branch, one iteration. */
export interface Thread {
  readonly execution: Execution;
  readonly chain: Chain;
  readonly variables: Variables;
  /** `Map` of the context object, inside a Map state. */
  readonly mapContext: JsonObject | undefined;
  readonly children: Set<Thread>;
  cancelled: boolean;
  /** The state it is in, between its entered and its exited event. */
  state: State | undefined;
  /** Undoes what the thread waits for: timers, its task token. */
  release: (() => void) | undefined;
}

/** A thread under another one; its variables see the outer ones. */
export function fork(parent: Thread, from: number, mapContext = parent.mapContext): Thread {
  const child: Thread = {
    execution: parent.execution,
    chain: new Chain(from),
    variables: new Variables(parent.variables),
    mapContext,
    children: new Set(),
    cancelled: parent.cancelled,
    state: undefined,
    release: undefined,
  };
  parent.children.add(child);
  return child;
}

/** Ends what the thread and all threads under it wait for; whatever still runs on their behalf goes unheard. */
export function cancel(thread: Thread): void {
  thread.cancelled = true;
  thread.release?.();
  thread.release = undefined;
  for (const child of thread.children) cancel(child);
  thread.children.clear();
}

/** Thrown inside a thread that was cancelled while it awaited something; nobody but the thread's start catches it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

export function checkLive(thread: Thread): void {
  if (thread.cancelled) throw new Cancelled();
}

/** Awaits on behalf of a thread, which may be cancelled meanwhile. */
export async function live<T>(thread: Thread, promise: Promise<T>): Promise<T> {
  const value = await promise;
  checkLive(thread);
  return value;
}
