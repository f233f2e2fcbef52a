// The local Step Functions: starts, stops and answers executions of parsed machines in virtual time.
import type { Clock } from '../clock.ts';
import { createExecution, type StartRequest } from './create-execution.ts';
import { describe, type ExecutionDescription } from './description.ts';
import { cancel, Cancelled, type Execution, type Status, type Thread } from './execution.ts';
import { Refusal, StateFailure, stateErrors } from './failure.ts';
import type { HistoryEvent } from './history.ts';
import { fits, type Json, type JsonObject } from './json.ts';
import { limits } from './limits.ts';
import type { Graph, State } from './machine.ts';
import { append, type Runtime } from './runtime.ts';
import { runState } from './states/run-state.ts';
import { failureOf } from './states/task-events.ts';
import type { RunTask } from './task-call.ts';
import { Tokens } from './tokens.ts';

export type { ExecutionDescription } from './description.ts';

export interface InterpreterOptions {
  readonly clock: Clock;
  readonly runTask: RunTask;
  /** Uniform in [0, 1): jitter, `$random`, `$uuid`. A seeded source makes runs repeat exactly. */
  readonly random: () => number;
  /** `count`: no events are kept, but AWS's limit on their number holds. */
  readonly history: 'full' | 'count';
  /** Called when an execution has ended, after its last event. */
  readonly onEnd?: (execution: ExecutionDescription) => void;
  /** Called at every state entered, retries apart. */
  readonly onStateEntered?: (
    execution: ExecutionDescription,
    state: { name: string; type: State['type'] },
  ) => void;
  /** Drops all but the names of ended executions, for runs of many; their ids then answer ExecutionDoesNotExist. */
  readonly forgetEnded?: boolean;
  readonly region?: string;
  readonly account?: string;
  readonly roleArn?: string;
}

export class Interpreter {
  readonly #options: InterpreterOptions;
  readonly #runtime: Runtime;
  readonly #executions = new Map<string, Execution>();
  readonly #forgotten = new Set<string>();
  readonly #region: string;
  readonly #account: string;
  readonly #roleArn: string;

  constructor(options: InterpreterOptions) {
    this.#options = options;
    this.#region = options.region ?? 'us-east-1';
    this.#account = options.account ?? '000000000000';
    this.#roleArn = options.roleArn ?? `arn:aws:iam::${this.#account}:role/state-machine`;
    const { onStateEntered } = options;
    this.#runtime = {
      clock: options.clock,
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
  start(request: StartRequest): ExecutionDescription {
    const { machine, machineName, name, input } = request;
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
    const { clock, history } = this.#options;
    const machineId = `arn:aws:states:${this.#region}:${this.#account}:stateMachine:${machineName}`;
    const identity = { id, machineId, roleArn: this.#roleArn };
    const execution = createExecution(request, identity, clock.now(), history === 'full' ? [] : undefined);
    this.#executions.set(id, execution);
    append(this.#runtime, execution, { id: 1, previousEventId: 0, type: 'ExecutionStarted' }, () => ({
      input: JSON.stringify(input),
      inputDetails: { truncated: false },
      roleArn: this.#roleArn,
    }));
    execution.eventCount = 1;
    const age = Math.min((machine.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000, limits.executionAge);
    execution.cancelDeadline = clock.at(clock.now() + age, () => this.#timeOut(execution));
    clock.at(clock.now(), () => this.#run(execution));
    return describe(execution);
  }

  /** Ends an execution as ABORTED, at once; one that has ended stays as it is. Throws Refusal: ExecutionDoesNotExist. */
  stop(id: string, error?: string, cause?: string): void {
    if (this.#forgotten.has(id)) return;
    const execution = this.#find(id);
    const details = failureOf(new StateFailure(error, cause));
    this.#end(execution, 'ABORTED', 'ExecutionAborted', () => details, { error, cause });
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
  }

  async #run(execution: Execution): Promise<void> {
    if (execution.status !== 'RUNNING') return;
    try {
      const output = await this.#runtime.runGraph(execution.root, execution.machine.graph, execution.input);
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
    append(this.#runtime, execution, { id, previousEventId: execution.root.chain.tail, type }, details);
    execution.status = status;
    execution.stopDate = this.#options.clock.now();
    execution.output = outcome.output;
    execution.error = outcome.error;
    execution.cause = outcome.cause;
    execution.cancelDeadline();
    cancel(execution.root);
    if (this.#options.forgetEnded === true) this.forget(execution.id);
    this.#options.onEnd?.(describe(execution));
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

async function runGraph(this: Runtime, thread: Thread, graph: Graph, input: Json): Promise<Json> {
  let name: string | undefined = graph.startAt;
  let value = input;
  while (name !== undefined) {
    const state = graph.states.get(name);
    if (state === undefined) throw new Error(`No state '${name}' in a machine that was parsed.`);
    const exit = await runState(this, thread, state, value);
    value = exit.output;
    name = exit.next;
  }
  return value;
}

/** 1 to 80 characters without white space, brackets, wildcards, control and special characters. */
function isName(name: string): boolean {
  return /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name);
}
