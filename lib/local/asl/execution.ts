// One execution while it runs, and the lines of execution inside it.
import { Chain, type HistoryEvent } from './history.ts';
import type { Json, JsonObject } from './json.ts';
import type { Machine, State } from './machine.ts';
import { Variables } from './variables.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Where an execution comes from, beyond the name of its machine. */
export interface Origin {
  /** ARN of the version or alias by which it was started. */
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
  /** Of the Distributed Map whose child it is. */
  readonly mapRunArn?: string | undefined;
  /** Under which whoever has started it keeps the text of the definition. */
  readonly definition?: string | undefined;
}

/** An execution and the children of its Map Runs. */
export interface Family {
  /** ARN of the one that was started by name. */
  readonly root: string;
  /** Events of all of them so far: how far they have come. */
  events: number;
}

export interface Execution {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly machineName: string;
  readonly machine: Machine;
  readonly family: Family;
  readonly origin: Origin;
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
  /** What it has waited for from outside so far; see outside.ts. */
  expected: number;
  redriveCount: number;
  /** Milliseconds since 1970, of the last one. */
  redriveDate: number | undefined;
  readonly root: Thread;
  /** The members of the context object that stay the same: Execution and StateMachine. */
  context: { readonly Execution: JsonObject; readonly StateMachine: JsonObject };
  /** Told of its end, after its last event: the Map Run whose child it is. */
  readonly onEnd: (() => void) | undefined;
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
  /** The state it is in, between its entered and its exited event; one that has failed stays in the state where it did. */
  state: State | undefined;
  /** With which input it is in the state, and since when, in milliseconds since 1970. */
  entered: { readonly input: Json; readonly at: number; readonly eventId: number } | undefined;
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
    entered: undefined,
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
