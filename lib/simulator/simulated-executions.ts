// The executions of compiled journeys, run by the local interpreter: the engine's port `Executions` on one side, the
// Tasks of the state machines that call the engine's steps on the other.
import { DecisionLeaves, Fault, MOVED } from '#lib/contracts/faults.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import {
  STEP_FUNCTIONS,
  type ArmAnswer,
  type MovedAnswer,
  type RunInput,
} from '#lib/contracts/step-calls.ts';
import type { Executions } from '#lib/engine/ports.ts';
import type { StepFunction } from '#lib/engine/use-cases/call-step.ts';
import type { Status } from '#lib/local/asl/execution.ts';
import { Refusal, TaskFailure, UnsupportedResource } from '#lib/local/asl/failure.ts';
import { Interpreter, type ExecutionDescription } from '#lib/local/asl/interpreter.ts';
import { toJson, type Json } from '#lib/local/asl/json.ts';
import type { Machine } from '#lib/local/asl/machine.ts';
import type { TaskCall } from '#lib/local/asl/task-call.ts';
import type { Clock } from '#lib/local/clock.ts';

/** How an execution ended, in the engine's words. */
export type EndStatus = 'succeeded' | 'failed' | 'timed out' | 'aborted';

/** The state machines of one version: that of the first leg, and that of the later ones where there are any. */
export interface VersionMachines {
  readonly machine: Machine;
  readonly resume?: Machine | undefined;
}

/** What the executions need from the simulation that they run in. */
export interface ExecutionSurroundings {
  readonly clock: Clock;
  /** Uniform in [0, 1), seeded: jitter of retries. */
  readonly random: () => number;
  /** Version key → its machines. */
  readonly machines: ReadonlyMap<string, VersionMachines>;
  /** A Task calls one of the step functions. */
  readonly callStep: (step: StepFunction, payload: unknown) => Promise<unknown>;
  /** An execution has ended; called in the middle of things, so it must only take note. */
  readonly ended: (run: RunInput, status: EndStatus) => void;
}

/** Executions in virtual time. Names are unique for ever, as those of Step Functions are for ninety days. */
export class SimulatedExecutions implements Executions {
  readonly #interpreter: Interpreter;
  readonly #machines: ReadonlyMap<string, VersionMachines>;
  readonly #ended: ExecutionSurroundings['ended'];
  /** Executions in progress by name. */
  readonly #running = new Map<string, { readonly id: string; readonly run: RunInput }>();
  readonly #endings = new Map<string, EndStatus>();
  readonly #transitions = new Map<string, number>();

  constructor({ clock, random, machines, callStep, ended }: ExecutionSurroundings) {
    this.#machines = machines;
    this.#ended = ended;
    this.#interpreter = new Interpreter({
      clock,
      random,
      history: 'count',
      forgetEnded: true,
      runTask: (call) => runTask(call, callStep),
      onEnd: (execution) => this.#end(execution),
    });
  }

  start(name: string, input: RunInput): Promise<'started' | 'already there'> {
    if (this.#running.has(name) || this.#endings.has(name)) return Promise.resolve('already there');
    const machines = this.#machines.get(versionKey(input.journey, input.version));
    const machine = input.at === undefined ? machines?.machine : machines?.resume;
    if (machine === undefined)
      return Promise.reject(
        new Fault('UnknownVersion', `no machine for ${versionKey(input.journey, input.version)}`),
      );
    const machineName = `${input.journey}-${input.version}`;
    const { id } = this.#interpreter.start({ machine, machineName, name, input: toPlain(input) });
    this.#running.set(name, { id, run: input });
    return Promise.resolve('started');
  }

  wake(token: string, answer: ArmAnswer): Promise<'woken' | 'timed out'> {
    return this.#answer(() => this.#interpreter.succeedTask(token, toPlain(answer)));
  }

  move(token: string, answer: MovedAnswer): Promise<'woken' | 'timed out'> {
    const cause = failureCause(MOVED, JSON.stringify(answer));
    return this.#answer(() => this.#interpreter.failTask(token, MOVED, cause));
  }

  #answer(answer: () => void): Promise<'woken' | 'timed out'> {
    try {
      answer();
      return Promise.resolve('woken');
    } catch (error) {
      const over =
        error instanceof Refusal && (error.name === 'TaskTimedOut' || error.name === 'TaskDoesNotExist');
      return over ? Promise.resolve('timed out') : Promise.reject(asError(error));
    }
  }

  stop(name: string): Promise<'stopped' | 'gone'> {
    const execution = this.#running.get(name);
    if (execution === undefined) return Promise.resolve('gone');
    this.#interpreter.stop(execution.id);
    return Promise.resolve('stopped');
  }

  describe(name: string): ReturnType<Executions['describe']> {
    return Promise.resolve(this.#running.has(name) ? 'running' : (this.#endings.get(name) ?? 'unknown'));
  }

  /** State transitions by journey so far, those of running executions included. */
  transitions(): ReadonlyMap<string, number> {
    const all = new Map(this.#transitions);
    for (const { name, transitions } of this.#interpreter.executions()) {
      const execution = this.#running.get(name);
      if (execution !== undefined) add(all, execution.run.journey, transitions);
    }
    return all;
  }

  #end({ name, status, transitions }: ExecutionDescription): void {
    const execution = this.#running.get(name);
    if (execution === undefined || status === 'RUNNING') return;
    const ended = END_STATUS[status];
    this.#running.delete(name);
    this.#endings.set(name, ended);
    add(this.#transitions, execution.run.journey, transitions);
    this.#ended(execution.run, ended);
  }
}

const END_STATUS: Readonly<Record<Exclude<Status, 'RUNNING'>, EndStatus>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
};

/** The placeholders of step functions, and what each calls. */
const STEPS: ReadonlyMap<string, StepFunction> = new Map(
  (Object.keys(STEP_FUNCTIONS) as StepFunction[]).map((step) => [STEP_FUNCTIONS[step], step]),
);

/** The Task calls a Lambda function; decisions and faults come back as the errors that Lambda reports for them. */
async function runTask(call: TaskCall, callStep: ExecutionSurroundings['callStep']): Promise<unknown> {
  const { resource, arguments: given } = call;
  if (resource.kind !== 'service' || resource.service !== 'lambda' || !resource.action.startsWith('invoke'))
    throw new UnsupportedResource(resource.arn);
  const { FunctionName: name, Payload: payload } = isRecord(given) ? given : {};
  const step = typeof name === 'string' ? STEPS.get(name) : undefined;
  if (step === undefined) throw new UnsupportedResource(`${resource.arn} of ${JSON.stringify(name)}`);
  try {
    return { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: (await callStep(step, payload)) ?? null };
  } catch (error) {
    if (!(error instanceof DecisionLeaves) && !(error instanceof Fault)) throw error;
    const { name: errorType, message: errorMessage } = error;
    throw new TaskFailure(errorType, failureCause(errorType, errorMessage));
  }
}

/** An error as Lambda reports it. */
function failureCause(errorType: string, errorMessage: string): string {
  return JSON.stringify({ errorMessage, errorType, trace: [] });
}

/** Ids and plans are JSON already; the interpreter wants to be sure. */
function toPlain(value: RunInput | ArmAnswer): Json {
  return toJson(value) ?? null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
