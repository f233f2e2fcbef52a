// The local Step Functions: starts, stops and answers executions of parsed machines in virtual time.
import type { Clock } from '../clock.ts';
import { createExecution, type StartRequest } from './create-execution.ts';
import { describe, type ExecutionDescription } from './description.ts';
import { cancel, Cancelled, type Execution, type Status, type Thread } from './execution.ts';
import { Refusal, StateFailure, stateErrors } from './failure.ts';
import type { HistoryEvent } from './history.ts';
import { fits, type Json, type JsonObject } from './json.ts';
import { limits } from './limits.ts';
import { isName, uuidOf } from './identifiers.ts';
import type { InterpreterOptions, Surroundings } from './interpreter-options.ts';
import type { Graph, Machine, State } from './machine.ts';
import { placesOf } from './places.ts';
import { redriveProblem, reopen } from './redriving.ts';
import { type MapRun, type MapRunLimits, MapRuns } from './map-run.ts';
import { LiveOutside } from './outside.ts';
import { append, record, type Runtime } from './runtime.ts';
import { runState } from './states/run-state.ts';
import { failureOf } from './states/task-events.ts';
import { Tokens } from './tokens.ts';

export type { ExecutionDescription } from './description.ts';
export type { InterpreterOptions } from './interpreter-options.ts';

export class Interpreter {
  readonly #options: InterpreterOptions;
  readonly #runtime: Runtime;
  readonly #executions = new Map<string, Execution>();
  readonly #forgotten = new Set<string>();
  readonly #mapRuns = new MapRuns();
  readonly #live: LiveOutside;
  /** What each execution runs on; those that were played back keep the clock on which they were. */
  readonly #runtimes = new WeakMap<Execution, Runtime>();
  readonly #region: string;
  readonly #account: string;
  readonly #roleArn: string;

  constructor(options: InterpreterOptions) {
    this.#options = options;
    this.#region = options.region ?? 'us-east-1';
    this.#account = options.account ?? '000000000000';
    this.#roleArn = options.roleArn ?? `arn:aws:iam::${this.#account}:role/state-machine`;
    const { onStateEntered, clock, hold } = options;
    this.#live = new LiveOutside(options.onMessage);
    this.#runtime = {
      clock,
      infrastructure: options.infrastructure,
      outside: this.#live,
      isKept: options.onMessage !== undefined,
      work: hold === undefined ? (call) => clock.spawn(call) : (call) => holding(clock, hold, call),
      mapRuns: this.#mapRuns,
      newMapRunId: (parent, machineName) =>
        `arn:aws:states:${this.#region}:${this.#account}:mapRun:${machineName}:${uuidOf(this.#runtimeOf(parent).random)}`,
      startChild: (parent, mapRun, machine, input) => this.#startChild(parent, mapRun, machine, input),
      redriveChild: (child) => this.#goOn(child),
      abortChild: (child) => this.#abort(child),
      random: options.random,
      runTask: options.runTask,
      tokens: new Tokens(),
      region: this.#region,
      onStateEntered: onStateEntered && ((execution, state) => onStateEntered(describe(execution), state)),
      runGraph,
      fail: (execution, failure) => this.#fail(execution, failure),
      failForHistory: (execution) => {
        const cause = `The execution reached the maximum number of history events (${limits.historyEvents}).`;
        this.#fail(execution, new StateFailure(stateErrors.runtime, cause));
      },
    };
  }

  /** The ARN that an execution of this name has, started or not. */
  executionId(machineName: string, name: string): string {
    return `arn:aws:states:${this.#region}:${this.#account}:execution:${machineName}:${name}`;
  }

  /**
   * Starts an execution; its first state is entered when the clock runs next. The same name and input while it runs is
   * the same execution. Throws Refusal: ExecutionAlreadyExists, InvalidName, InvalidExecutionInput.
   */
  start(request: StartRequest, surroundings?: Surroundings): ExecutionDescription {
    const { machineName, name, input } = request;
    const id = this.executionId(machineName, name);
    const present = this.#executions.get(id);
    if (present?.status === 'RUNNING' && JSON.stringify(present.input) === JSON.stringify(input))
      return describe(present);
    if (present !== undefined || this.#forgotten.has(id)) {
      throw new Refusal('ExecutionAlreadyExists', `Execution Already Exists: '${id}'`);
    }
    if (!isName(name)) throw new Refusal('InvalidName', `Invalid Name: '${name}'`);
    if (!fits(input, limits.payloadBytes)) {
      throw new Refusal('InvalidExecutionInput', `The input is larger than ${limits.payloadBytes} bytes.`);
    }
    const runtime =
      request.random === undefined && surroundings === undefined
        ? this.#runtime
        : { ...this.#runtime, random: request.random ?? this.#runtime.random, ...surroundings };
    return describe(this.#begin(runtime, request));
  }

  #begin(runtime: Runtime, request: StartRequest, parent?: Parameters<typeof createExecution>[4]): Execution {
    const { machineName, name, input, roleArn = this.#roleArn } = request;
    const { clock } = runtime;
    const id = this.executionId(machineName, name);
    const machineId = `arn:aws:states:${this.#region}:${this.#account}:stateMachine:${machineName}`;
    const events = this.#options.history === 'full' ? [] : undefined;
    const execution = createExecution(request, { id, machineId, roleArn }, clock.now(), events, parent);
    this.#executions.set(id, execution);
    this.#runtimes.set(execution, runtime);
    append(runtime, execution, { id: 1, previousEventId: 0, type: 'ExecutionStarted' }, () => ({
      input: JSON.stringify(input),
      inputDetails: { truncated: false },
      roleArn,
    }));
    execution.eventCount = 1;
    execution.family.events += 1;
    this.#limitAge(runtime, execution);
    clock.at(clock.now(), () => this.#run(runtime, execution));
    return execution;
  }

  #limitAge({ clock }: Runtime, execution: Execution): void {
    const { timeoutSeconds = Number.POSITIVE_INFINITY } = execution.machine;
    const age = Math.min(timeoutSeconds * 1000, limits.executionAge);
    execution.cancelDeadline = clock.at(clock.now() + age, () => this.#timeOut(execution));
  }

  #startChild(parent: Execution, mapRun: MapRun, machine: Machine, input: Json): Execution {
    const runtime = this.#runtimeOf(parent);
    const roleArn = parent.context.Execution['RoleArn'] as string;
    const child = this.#begin(
      runtime,
      {
        machine,
        machineName: mapRun.machineName,
        name: uuidOf(runtime.random),
        input,
        origin: { mapRunArn: mapRun.id, definition: parent.origin.definition },
        roleArn,
      },
      { family: parent.family, onEnd: () => mapRun.onChange?.() },
    );
    this.#options.onChild?.(describe(child));
    return child;
  }

  #runtimeOf(execution: Execution): Runtime {
    return this.#runtimes.get(execution) ?? this.#runtime;
  }

  /** Ends an execution as ABORTED, at once; one that has ended stays as it is. Throws Refusal: ExecutionDoesNotExist. */
  stop(id: string, error?: string, cause?: string): void {
    if (this.#forgotten.has(id)) return;
    const execution = this.#find(id);
    if (execution.status !== 'RUNNING') return;
    this.#options.onMessage?.(execution, 0, { command: 'stop', error: error ?? null, cause: cause ?? null });
    this.#abort(execution, error, cause);
  }

  #abort(execution: Execution, error?: string, cause?: string): void {
    const details = failureOf(new StateFailure(error, cause));
    this.#end(execution, 'ABORTED', 'ExecutionAborted', () => details, { error, cause });
  }

  /**
   * Lets an execution that has failed, timed out or was stopped go on in the state in which it did.
   * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
   * Throws Refusal: ExecutionDoesNotExist, ExecutionNotRedrivable.
   */
  redrive(id: string): ExecutionDescription {
    const execution = this.#find(id);
    const problem = redriveProblem(execution);
    if (problem !== undefined) throw new Refusal('ExecutionNotRedrivable', problem);
    this.#options.onMessage?.(execution, 0, { command: 'redrive' });
    this.#goOn(execution);
    return describe(execution);
  }

  #goOn(execution: Execution): void {
    const runtime = this.#runtimeOf(execution);
    const { root } = execution;
    const now = runtime.clock.now();
    reopen(execution, now);
    record(runtime, root, 'ExecutionRedriven', () => ({ redriveCount: execution.redriveCount }));
    this.#limitAge(runtime, execution);
    this.#options.onRedrive?.(describe(execution));
    runtime.clock.at(now, () => this.#run(runtime, execution, root.state?.name));
  }

  /** How many children of a Map Run may run and fail from now on. Throws Refusal: ResourceNotFound. */
  limitMapRun(id: string, wanted: { readonly [limit in keyof MapRunLimits]?: number }): void {
    const run = this.#mapRuns.find(id);
    const execution = run && this.#executions.get(run.executionId);
    if (run === undefined || execution === undefined)
      throw new Refusal('ResourceNotFound', `Resource not found: '${id}'`);
    this.#options.onMessage?.(execution, 0, { command: 'limit', mapRun: id, ...(wanted as JsonObject) });
    Object.assign(run.limits, wanted);
    run.onChange?.();
  }

  /** A command that was given before, to an execution that is played back: what `onMessage` was told with the number 0. */
  repeat(id: string, message: Json): void {
    const execution = this.#find(id);
    const { command, error, cause, mapRun, ...wanted } = message as JsonObject;
    if (command === 'redrive') this.#goOn(execution);
    else if (command === 'stop')
      this.#abort(
        execution,
        (error ?? undefined) as string | undefined,
        (cause ?? undefined) as string | undefined,
      );
    else Object.assign(this.#mapRuns.find(mapRun as string)?.limits ?? {}, wanted);
  }

  mapRun(id: string): MapRun | undefined {
    return this.#mapRuns.find(id);
  }

  /** The Map Runs of an execution, in order of their start. */
  mapRunsOf(executionId: string): readonly MapRun[] {
    return this.#mapRuns.of(executionId);
  }

  /** Ends an execution that cannot be brought back to where it was. */
  abandon(id: string, cause: string): void {
    this.#fail(this.#find(id), new StateFailure(stateErrors.runtime, cause));
  }

  /** How far an execution that was started by name has come, with its children; see `Family`. */
  progress(id: string): number {
    return this.#find(id).family.events;
  }

  /** What begins to wait from now on, and what waited while an execution was played back, begins here. */
  get outside(): LiveOutside {
    return this.#live;
  }

  /** Whether an execution of this ARN is here, with its history. */
  has(id: string): boolean {
    return this.#executions.has(id);
  }

  /** The states that an execution is in: one in each line of execution. */
  *places(id: string): Generator<{ readonly state: State; readonly since: number }> {
    const execution = this.#executions.get(id);
    if (execution?.status === 'RUNNING') yield* placesOf(execution.root);
  }

  /** Throws Refusal: InvalidToken, TaskDoesNotExist, TaskTimedOut, InvalidOutput. */
  succeedTask(token: string, output: Json): void {
    const waiting = this.#runtime.tokens.find(token, (id) => this.#isKnown(id));
    if (!fits(output, limits.payloadBytes)) {
      throw new Refusal('InvalidOutput', `The output is larger than ${limits.payloadBytes} bytes.`);
    }
    waiting.succeed(output);
  }

  /** Throws Refusal: InvalidToken, TaskDoesNotExist, TaskTimedOut. */
  failTask(token: string, error?: string, cause?: string): void {
    this.#runtime.tokens.find(token, (id) => this.#isKnown(id)).fail(error, cause);
  }

  /** Tells that a callback task is being worked on. Throws Refusal: InvalidToken, TaskDoesNotExist, TaskTimedOut. */
  heartbeat(token: string): void {
    this.#runtime.tokens.find(token, (id) => this.#isKnown(id)).beat();
  }

  /** Throws Refusal: ExecutionDoesNotExist. */
  describe(id: string): ExecutionDescription {
    return describe(this.#find(id));
  }

  /** The events so far; none when histories are only counted. Throws Refusal: ExecutionDoesNotExist. */
  history(id: string): readonly HistoryEvent[] {
    return this.#find(id).events ?? [];
  }

  /** The executions still known, in order of their start. */
  *executions(): Generator<ExecutionDescription> {
    for (const execution of this.#executions.values()) yield describe(execution);
  }

  /** Drops what is kept of an ended execution but its name; does nothing while it runs. */
  forget(id: string): void {
    if (this.#executions.get(id)?.status === 'RUNNING' || !this.#executions.delete(id)) return;
    this.#forgotten.add(id);
    this.#mapRuns.forget(id);
  }

  /** Its name is taken, though nothing is known of it here any more. */
  reserve(id: string): void {
    this.#forgotten.add(id);
  }

  /** The name of a forgotten execution is free again. */
  release(id: string): void {
    this.#forgotten.delete(id);
  }

  async #run(runtime: Runtime, execution: Execution, from?: string): Promise<void> {
    if (execution.status !== 'RUNNING') return;
    const { root, machine } = execution;
    const input = from === undefined ? execution.input : (root.entered?.input ?? null);
    try {
      const output = await runtime.runGraph(root, machine.graph, input, from);
      const details = (): JsonObject => ({
        output: JSON.stringify(output),
        outputDetails: { truncated: false },
      });
      this.#end(execution, 'SUCCEEDED', 'ExecutionSucceeded', details, { output });
    } catch (thrown) {
      if (thrown instanceof Cancelled) return;
      if (!(thrown instanceof StateFailure)) throw thrown;
      this.#fail(execution, thrown);
    }
  }

  #fail(execution: Execution, failure: StateFailure): void {
    const { error, reason: cause } = failure;
    this.#end(execution, 'FAILED', 'ExecutionFailed', () => failureOf(failure), { error, cause });
  }

  /** AWS links this event to nothing, and leaves error and cause out of the description. */
  #timeOut(execution: Execution): void {
    execution.root.chain.continueFrom(0);
    this.#end(execution, 'TIMED_OUT', 'ExecutionTimedOut', () => ({ error: stateErrors.timeout }), {});
  }

  #end(
    execution: Execution,
    status: Status,
    type: string,
    details: () => JsonObject,
    outcome: { output?: Json; error?: string | undefined; cause?: string | undefined },
  ): void {
    if (execution.status !== 'RUNNING') return;
    const id = (execution.eventCount += 1);
    execution.family.events += 1;
    append(
      this.#runtimeOf(execution),
      execution,
      { id, previousEventId: execution.root.chain.tail, type },
      details,
    );
    execution.status = status;
    execution.stopDate = this.#runtimeOf(execution).clock.now();
    execution.output = outcome.output;
    execution.error = outcome.error;
    execution.cause = outcome.cause;
    execution.cancelDeadline();
    cancel(execution.root);
    if (this.#options.forgetEnded === true) this.forget(execution.id);
    this.#options.onEnd?.(describe(execution));
    execution.onEnd?.();
  }

  #find(id: string): Execution {
    const execution = this.#executions.get(id);
    if (execution === undefined)
      throw new Refusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${id}'`);
    return execution;
  }

  #isKnown(id: string): boolean {
    return this.#executions.has(id) || this.#forgotten.has(id);
  }
}

async function runGraph(
  this: Runtime,
  thread: Thread,
  graph: Graph,
  input: Json,
  from?: string,
): Promise<Json> {
  let name: string | undefined = from ?? graph.startAt;
  let value = input;
  let isRedriven = from !== undefined;
  while (name !== undefined) {
    const state = graph.states.get(name);
    if (state === undefined) throw new Error(`No state '${name}' in a machine that was parsed.`);
    const exit = await runState(this, thread, state, value, isRedriven);
    isRedriven = false;
    value = exit.output;
    name = exit.next;
  }
  return value;
}

/** A call of its own, for whose end the clock is held. What it throws is a fault, and the clock's to report. */
function holding(clock: Clock, hold: () => () => void, call: () => Promise<void>): void {
  const release = hold();
  call().then(release, (error: unknown) => {
    release();
    clock.spawn(() => Promise.reject(error instanceof Error ? error : new Error(String(error))));
  });
}
