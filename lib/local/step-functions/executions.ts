// All executions: those that run, in the interpreter, and what is still known of those that have ended.
import type { ExecutionDescription, Interpreter } from '../asl/interpreter.ts';
import { Refusal } from '../asl/failure.ts';
import type { HistoryEvent } from '../asl/history.ts';
import type { Json } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { EndedExecutions } from './ended-executions.ts';

export interface Listed {
  /** Grows with each start. */
  readonly order: number;
  readonly execution: ExecutionDescription;
}

export class Executions {
  readonly #interpreter: Interpreter;
  readonly #ended: EndedExecutions;
  /** Name of the machine → ARN → order of its start. */
  readonly #byMachine = new Map<string, Map<string, number>>();
  #order = 0;

  constructor(interpreter: Interpreter, now: () => number) {
    this.#interpreter = interpreter;
    this.#ended = new EndedExecutions(interpreter, now, ({ machineName, id }) => {
      this.#byMachine.get(machineName)?.delete(id);
    });
  }

  get ended(): EndedExecutions {
    return this.#ended;
  }

  /** One has started, or has come back from the journal. */
  add({ id, machineName }: Pick<ExecutionDescription, 'id' | 'machineName'>): void {
    const present = this.#byMachine.get(machineName);
    const ids = present ?? new Map<string, number>();
    if (present === undefined) this.#byMachine.set(machineName, ids);
    if (!ids.has(id)) ids.set(id, (this.#order += 1));
  }

  /** Throws ServiceError ExecutionDoesNotExist. */
  describe(id: string): ExecutionDescription {
    const found = this.find(id);
    if (found === undefined)
      throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${id}'`);
    return found;
  }

  find(id: string): ExecutionDescription | undefined {
    return this.#interpreter.has(id) ? this.#interpreter.describe(id) : this.#ended.describe(id);
  }

  /** Throws ServiceError ExecutionDoesNotExist, also where an old history is no longer kept. */
  history(id: string): readonly HistoryEvent[] {
    this.describe(id);
    if (this.#interpreter.has(id)) return this.#interpreter.history(id);
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

  isRunning(machineName: string): boolean {
    for (const { execution } of this.of(machineName)) if (execution.status === 'RUNNING') return true;
    return false;
  }
}

/** What the interpreter refuses is an error of the service. */
export function refusing<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof Refusal ? new ServiceError(error.name, error.message) : error;
  }
}

/** Whether a value is smaller than what AWS carries is the interpreter's to say; this is for what has no place there. */
export function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
