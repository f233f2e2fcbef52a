// The local Step Functions: starts, stops and answers executions of parsed machines in virtual time.
import type { StartRequest } from './create-execution.ts';
import { describe, type ExecutionDescription } from './description.ts';
import { ExecutionRunner } from './execution-runner.ts';
import { Refusal, StateFailure, stateErrors } from './failure.ts';
import type { HistoryEvent } from './history.ts';
import { isName } from './identifiers.ts';
import type { InterpreterOptions, Surroundings } from './interpreter-options.ts';
import { fits, type Json, type JsonObject } from './json.ts';
import { limits } from './limits.ts';
import type { State } from './machine.ts';
import type { MapRun, MapRunLimits } from './map-run.ts';
import type { LiveOutside } from './outside.ts';
import { placesOf } from './places.ts';
import { redriveProblem } from './redriving.ts';

export type { ExecutionDescription } from './description.ts';
export type { InterpreterOptions } from './interpreter-options.ts';

export class Interpreter {
  readonly #options: InterpreterOptions;
  readonly #runner: ExecutionRunner;

  constructor(options: InterpreterOptions) {
    this.#options = options;
    this.#runner = new ExecutionRunner(options);
  }

  /** The ARN that an execution of this name has, started or not. */
  executionId(machineName: string, name: string): string {
    return this.#runner.executionId(machineName, name);
  }

  /**
   * Starts an execution; its first state is entered when the clock runs next. The same name and input while it runs is
   * the same execution. Throws Refusal: ExecutionAlreadyExists, InvalidName, InvalidExecutionInput.
   */
  start(request: StartRequest, surroundings?: Surroundings): ExecutionDescription {
    const { machineName, name, input } = request;
    const id = this.executionId(machineName, name);
    const present = this.#runner.register.get(id);
    if (present?.status === 'RUNNING' && JSON.stringify(present.input) === JSON.stringify(input))
      return describe(present);
    if (present !== undefined || this.#runner.register.isForgotten(id)) {
      throw new Refusal('ExecutionAlreadyExists', `Execution Already Exists: '${id}'`);
    }
    if (!isName(name)) throw new Refusal('InvalidName', `Invalid Name: '${name}'`);
    if (!fits(input, limits.payloadBytes)) {
      throw new Refusal('InvalidExecutionInput', `The input is larger than ${limits.payloadBytes} bytes.`);
    }
    return describe(this.#runner.begin(request, surroundings));
  }

  /** Ends an execution as ABORTED, at once; one that has ended stays as it is. Throws Refusal: ExecutionDoesNotExist. */
  stop(id: string, error?: string, cause?: string): void {
    if (this.#runner.register.isForgotten(id)) return;
    const execution = this.#runner.register.find(id);
    if (execution.status !== 'RUNNING') return;
    this.#options.onMessage?.(execution, 0, { command: 'stop', error: error ?? null, cause: cause ?? null });
    this.#runner.abort(execution, error, cause);
  }

  /**
   * Lets an execution that has failed, timed out or was stopped go on in the state in which it did.
   * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
   * Throws Refusal: ExecutionDoesNotExist, ExecutionNotRedrivable.
   */
  redrive(id: string): ExecutionDescription {
    const execution = this.#runner.register.find(id);
    const problem = redriveProblem(execution);
    if (problem !== undefined) throw new Refusal('ExecutionNotRedrivable', problem);
    this.#options.onMessage?.(execution, 0, { command: 'redrive' });
    this.#runner.goOn(execution);
    return describe(execution);
  }

  /** How many children of a Map Run may run and fail from now on. Throws Refusal: ResourceNotFound. */
  limitMapRun(id: string, wanted: { readonly [limit in keyof MapRunLimits]?: number }): void {
    const run = this.#runner.mapRuns.find(id);
    const execution = run && this.#runner.register.get(run.executionId);
    if (run === undefined || execution === undefined)
      throw new Refusal('ResourceNotFound', `Resource not found: '${id}'`);
    this.#options.onMessage?.(execution, 0, { command: 'limit', mapRun: id, ...(wanted as JsonObject) });
    Object.assign(run.limits, wanted);
    run.onChange?.();
  }

  /** A command that was given before, to an execution that is played back: what `onMessage` was told with the number 0. */
  repeat(id: string, message: Json): void {
    const execution = this.#runner.register.find(id);
    const { command, error, cause, mapRun, ...wanted } = message as JsonObject;
    if (command === 'redrive') this.#runner.goOn(execution);
    else if (command === 'stop')
      this.#runner.abort(
        execution,
        (error ?? undefined) as string | undefined,
        (cause ?? undefined) as string | undefined,
      );
    else Object.assign(this.#runner.mapRuns.find(mapRun as string)?.limits ?? {}, wanted);
  }

  mapRun(id: string): MapRun | undefined {
    return this.#runner.mapRuns.find(id);
  }

  /** The Map Runs of an execution, in order of their start. */
  mapRunsOf(executionId: string): readonly MapRun[] {
    return this.#runner.mapRuns.of(executionId);
  }

  /** Ends an execution that cannot be brought back to where it was. */
  abandon(id: string, cause: string): void {
    this.#runner.fail(this.#runner.register.find(id), new StateFailure(stateErrors.runtime, cause));
  }

  /** How far an execution that was started by name has come, with its children; see `Family`. */
  progress(id: string): number {
    return this.#runner.register.find(id).family.events;
  }

  /** What begins to wait from now on, and what waited while an execution was played back, begins here. */
  get outside(): LiveOutside {
    return this.#runner.outside;
  }

  /** Whether an execution of this ARN is here, with its history. */
  has(id: string): boolean {
    return this.#runner.register.get(id) !== undefined;
  }

  /** The states that an execution is in: one in each line of execution. */
  *places(id: string): Generator<{ readonly state: State; readonly since: number }> {
    const execution = this.#runner.register.get(id);
    if (execution?.status === 'RUNNING') yield* placesOf(execution.root);
  }

  /** Throws Refusal: InvalidToken, TaskDoesNotExist, TaskTimedOut, InvalidOutput. */
  succeedTask(token: string, output: Json): void {
    const waiting = this.#runner.tokens.find(token, (id) => this.#runner.register.isKnown(id));
    if (!fits(output, limits.payloadBytes)) {
      throw new Refusal('InvalidOutput', `The output is larger than ${limits.payloadBytes} bytes.`);
    }
    waiting.succeed(output);
  }

  /** Throws Refusal: InvalidToken, TaskDoesNotExist, TaskTimedOut. */
  failTask(token: string, error?: string, cause?: string): void {
    this.#runner.tokens.find(token, (id) => this.#runner.register.isKnown(id)).fail(error, cause);
  }

  /** Tells that a callback task is being worked on. Throws Refusal: InvalidToken, TaskDoesNotExist, TaskTimedOut. */
  heartbeat(token: string): void {
    this.#runner.tokens.find(token, (id) => this.#runner.register.isKnown(id)).beat();
  }

  /** Throws Refusal: ExecutionDoesNotExist. */
  describe(id: string): ExecutionDescription {
    return describe(this.#runner.register.find(id));
  }

  /** The events so far; none when histories are only counted. Throws Refusal: ExecutionDoesNotExist. */
  history(id: string): readonly HistoryEvent[] {
    return this.#runner.register.find(id).events ?? [];
  }

  /** The executions still known, in order of their start. */
  *executions(): Generator<ExecutionDescription> {
    for (const execution of this.#runner.register.all()) yield describe(execution);
  }

  /** Drops what is kept of an ended execution but its name; does nothing while it runs. */
  forget(id: string): void {
    this.#runner.forget(id);
  }

  /** Its name is taken, though nothing is known of it here any more. */
  reserve(id: string): void {
    this.#runner.register.reserve(id);
  }

  /** The name of a forgotten execution is free again. */
  release(id: string): void {
    this.#runner.register.release(id);
  }
}
