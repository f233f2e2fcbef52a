// All executions: those that run, in the interpreter, and what is still known of those that have ended; what they tell the bus and the journal.
import { Refusal } from '../asl/failure.ts';
import type { HistoryEvent } from '../asl/history.ts';
import { type ExecutionDescription, Interpreter } from '../asl/interpreter.ts';
import type { Json } from '../asl/json.ts';
import type { Machine } from '../asl/machine.ts';
import type { RunTask } from '../asl/task-call.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { EndedExecutions } from './ended-executions.ts';
import type { ExecutionJournal, KeptFamily, KeptStart } from './execution-journal.ts';
import { playBack } from './playback.ts';
import { RunningExecutions } from './running-executions.ts';
import { seeded } from './seeded.ts';
import type { Revision } from './state-machine-store.ts';
import { statusEvent, type StatusEvent } from './status-event.ts';

export interface ExecutionsOptions {
  readonly time: CloudTime;
  readonly place: Place;
  readonly journal: () => ExecutionJournal;
  readonly runTask: RunTask;
  readonly random: () => number;
  readonly onStatus: (event: StatusEvent) => void;
  /** After an end; name of the machine. */
  readonly onEnd: (machineName: string) => void;
}

export interface Listed {
  /** Grows with each start. */
  readonly order: number;
  readonly execution: ExecutionDescription;
}

export class Executions {
  readonly interpreter: Interpreter;
  readonly ended: EndedExecutions;
  readonly running: RunningExecutions;
  readonly #options: ExecutionsOptions;
  /** Name of the machine → ARN → order of its start. */
  readonly #byMachine = new Map<string, Map<string, number>>();
  #order = 0;
  /** ARN of what is being played back: nobody is told of what was told before. */
  #played: string | undefined;

  constructor(options: ExecutionsOptions) {
    this.#options = options;
    const { time, place, journal } = options;
    const now = (): number => time.business.now();
    this.interpreter = new Interpreter({
      clock: time.business,
      infrastructure: time.infrastructure,
      hold: () => time.hold(),
      runTask: options.runTask,
      random: options.random,
      history: 'full',
      onMessage: (execution, number, message) => journal().heard(execution, number, message, now()),
      onStateEntered: ({ id }) => this.running.changed(id),
      onChild: (child) => this.#begun(child),
      onRedrive: (execution) => {
        this.ended.delete(execution.id);
        this.running.changed(execution.id);
        this.#tell(execution);
      },
      onEnd: (execution) => this.#end(execution),
      region: place.region,
      account: place.account,
    });
    this.running = new RunningExecutions(this.interpreter);
    this.ended = new EndedExecutions(this.interpreter, now, ({ machineName, id }) => {
      this.#byMachine.get(machineName)?.delete(id);
    });
  }

  /**
   * Starts an execution, and writes it down. The same name and input while it runs is the same execution. Throws ServiceError:
   * ExecutionAlreadyExists, InvalidName, InvalidExecutionInput.
   */
  start(given: Omit<KeptStart, 'id' | 'at'>, revision: Revision): ExecutionDescription {
    const id = this.interpreter.executionId(given.machineName, given.name);
    const isThere = this.interpreter.has(id);
    const started = refusing(() => this.interpreter.start(requestOf(given, revision)));
    // Nothing was done: it runs already.
    if (isThere) return started;
    this.#options.journal().started({ ...given, id, at: started.startDate }, revision);
    this.#begun(started);
    return started;
  }

  /** Brings one back that ran, or that has failed and may go on, when it was written down last. */
  async restore({ start, messages, end }: KeptFamily, revision: Revision): Promise<void> {
    const { time } = this.#options;
    const live = { clock: time.business, hold: () => time.hold() };
    this.#played = start.id;
    try {
      await playBack(this.interpreter, { request: requestOf(start, revision), at: start.at, messages }, live);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.interpreter.abandon(start.id, reason);
    }
    this.#played = undefined;
    const execution = this.interpreter.describe(start.id);
    this.#list(execution);
    this.running.changed(start.id);
    // It has ended, and the end was not written down.
    if (execution.status !== 'RUNNING' && end === undefined) this.#conclude(execution);
  }

  /** Of one that had ended before a restart: its place among the others. */
  restoreEnded(execution: ExecutionDescription): void {
    this.#list(execution);
  }

  /** Throws ServiceError ExecutionDoesNotExist. */
  describe(id: string): ExecutionDescription {
    const found = this.find(id);
    if (found === undefined)
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${id}'`);
    return found;
  }

  find(id: string): ExecutionDescription | undefined {
    return this.interpreter.has(id) ? this.interpreter.describe(id) : this.ended.describe(id);
  }

  /** Throws ServiceError ExecutionDoesNotExist, also where an old history is no longer kept. */
  history(id: string): readonly HistoryEvent[] {
    this.describe(id);
    if (this.interpreter.has(id)) return this.interpreter.history(id);
    throw new ServiceError(
      'ExecutionDoesNotExist',
      `Execution Does Not Exist: '${id}'. It has ended, and the local cloud no longer keeps its history; DescribeExecution tells what it does keep.`,
    );
  }

  /** Of the machine, newest first. */
  *of(machineName: string): Generator<Listed> {
    const newestFirst = [...(this.#byMachine.get(machineName) ?? [])].toReversed();
    for (const [id, order] of newestFirst) {
      const execution = this.find(id);
      if (execution !== undefined) yield { order, execution };
    }
  }

  #list({ id, machineName }: ExecutionDescription): void {
    const present = this.#byMachine.get(machineName);
    const ids = present ?? new Map<string, number>();
    if (present === undefined) this.#byMachine.set(machineName, ids);
    if (!ids.has(id)) ids.set(id, (this.#order += 1));
  }

  #begun(execution: ExecutionDescription): void {
    this.#list(execution);
    this.running.changed(execution.id);
    this.#tell(execution);
  }

  #end(execution: ExecutionDescription): void {
    this.running.changed(execution.id);
    for (const id of this.ended.add(execution.id)) this.#options.journal().forget(id);
    if (this.#played === undefined) this.#conclude(execution);
  }

  #conclude(execution: ExecutionDescription): void {
    if (execution.id === execution.root) this.#options.journal().ended(execution);
    this.#tell(execution);
    this.#options.onEnd(execution.machineName);
  }

  #tell(execution: ExecutionDescription): void {
    if (this.#played === undefined) this.#options.onStatus(statusEvent(execution, this.#options.place));
  }
}

function requestOf(
  { machineName, name, input, origin, seed }: Omit<KeptStart, 'id' | 'at'>,
  { machine, roleArn }: { readonly machine: Machine; readonly roleArn: string },
) {
  return { machine, machineName, name, input, origin, roleArn, random: seeded(seed) };
}

/** What the interpreter refuses is an error of the service. */
export function refusing<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof Refusal ? new ServiceError(error.name, error.message) : error;
  }
}

export function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
