// Runs executions from their beginning to their end. What is between, the states say; whoever asks for something asks the interpreter.
import type { Clock } from '../clock.ts';
import { createExecution, type StartRequest } from './create-execution.ts';
import { describe } from './description.ts';
import { ExecutionRegister } from './execution-register.ts';
import { cancel, Cancelled, type Execution, type Status } from './execution.ts';
import { StateFailure, stateErrors } from './failure.ts';
import type { Json, JsonObject } from './json.ts';
import { limits } from './limits.ts';
import { uuidOf } from './identifiers.ts';
import type { InterpreterOptions, Surroundings } from './interpreter-options.ts';
import type { Machine } from './machine.ts';
import { reopen } from './redriving.ts';
import { type MapRun, MapRuns } from './map-run.ts';
import { LiveOutside } from './outside.ts';
import { runGraph } from './run-graph.ts';
import { append, record, type Runtime } from './runtime.ts';
import { failureOf } from './states/task-events.ts';
import { Tokens } from './tokens.ts';

export class ExecutionRunner {
  readonly register = new ExecutionRegister();
  readonly mapRuns = new MapRuns();
  readonly tokens = new Tokens();
  /** What begins to wait from now on, and what waited while an execution was played back, begins here. */
  readonly outside: LiveOutside;
  readonly #options: InterpreterOptions;
  readonly #runtime: Runtime;
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
    this.outside = new LiveOutside(options.onMessage);
    this.#runtime = {
      clock,
      infrastructure: options.infrastructure,
      outside: this.outside,
      isKept: options.onMessage !== undefined,
      work: hold === undefined ? (call) => clock.spawn(call) : (call) => holding(clock, hold, call),
      mapRuns: this.mapRuns,
      newMapRunId: (parent, machineName) =>
        `arn:aws:states:${this.#region}:${this.#account}:mapRun:${machineName}:${uuidOf(this.#runtimeOf(parent).random)}`,
      startChild: (parent, mapRun, machine, input) => this.#startChild(parent, mapRun, machine, input),
      redriveChild: (child) => this.goOn(child),
      abortChild: (child) => this.abort(child),
      random: options.random,
      runTask: options.runTask,
      tokens: this.tokens,
      region: this.#region,
      onStateEntered: onStateEntered && ((execution, state) => onStateEntered(describe(execution), state)),
      // Of the runtime that is asked, which may be one of a playback.
      runGraph(thread, graph, input, from) {
        return runGraph(this, thread, graph, input, from);
      },
      fail: (execution, failure) => this.fail(execution, failure),
      failForHistory: (execution) => {
        const cause = `The execution reached the maximum number of history events (${limits.historyEvents}).`;
        this.fail(execution, new StateFailure(stateErrors.runtime, cause));
      },
    };
  }

  /** The ARN that an execution of this name has, started or not. */
  executionId(machineName: string, name: string): string {
    return `arn:aws:states:${this.#region}:${this.#account}:execution:${machineName}:${name}`;
  }

  /** Its first state is entered when the clock runs next. `surroundings`: of one that is played back. */
  begin(request: StartRequest, surroundings?: Surroundings): Execution {
    const runtime =
      request.random === undefined && surroundings === undefined
        ? this.#runtime
        : { ...this.#runtime, random: request.random ?? this.#runtime.random, ...surroundings };
    return this.#begin(runtime, request);
  }

  #begin(runtime: Runtime, request: StartRequest, parent?: Parameters<typeof createExecution>[4]): Execution {
    const { machineName, name, input, roleArn = this.#roleArn } = request;
    const { clock } = runtime;
    const id = this.executionId(machineName, name);
    const machineId = `arn:aws:states:${this.#region}:${this.#account}:stateMachine:${machineName}`;
    const events = this.#options.history === 'full' ? [] : undefined;
    const execution = createExecution(request, { id, machineId, roleArn }, clock.now(), events, parent);
    this.register.add(execution);
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

  /** Ends one that runs, at once, as ABORTED. */
  abort(execution: Execution, error?: string, cause?: string): void {
    const details = failureOf(new StateFailure(error, cause));
    this.#end(execution, 'ABORTED', 'ExecutionAborted', () => details, { error, cause });
  }

  /** One that has ended runs again, from the state in which it ended. */
  goOn(execution: Execution): void {
    const runtime = this.#runtimeOf(execution);
    const { root } = execution;
    const now = runtime.clock.now();
    reopen(execution, now);
    record(runtime, root, 'ExecutionRedriven', () => ({ redriveCount: execution.redriveCount }));
    this.#limitAge(runtime, execution);
    this.#options.onRedrive?.(describe(execution));
    runtime.clock.at(now, () => this.#run(runtime, execution, root.state?.name));
  }

  /** Drops what is kept of an ended execution but its name; does nothing while it runs. */
  forget(id: string): void {
    if (this.register.forget(id)) this.mapRuns.forget(id);
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
      this.fail(execution, thrown);
    }
  }

  /** Ends one that runs, at once, as FAILED. */
  fail(execution: Execution, failure: StateFailure): void {
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
}

/** A call of its own, for whose end the clock is held. What it throws is a fault, and the clock's to report. */
function holding(clock: Clock, hold: () => () => void, call: () => Promise<void>): void {
  const release = hold();
  call().then(release, (error: unknown) => {
    release();
    clock.spawn(() => Promise.reject(error instanceof Error ? error : new Error(String(error))));
  });
}
