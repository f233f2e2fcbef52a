// Which executions run, and in which states they are. Cheap to ask again and again: only those that have moved since are looked at.
import type { Interpreter } from '../asl/interpreter.ts';
import type { Json } from '../asl/json.ts';
import type { State } from '../asl/machine.ts';

interface StateOfExecution {
  readonly name: string;
  readonly type: State['type'];
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface RunningExecution {
  /** The ARN. */
  readonly id: string;
  readonly name: string;
  readonly machineName: string;
  readonly input: Json;
  /** Milliseconds since 1970. */
  readonly startDate: number;
  /** One for each line of execution: more inside a Parallel or a Map. */
  readonly states: readonly StateOfExecution[];
}

export class RunningExecutions {
  readonly #interpreter: Interpreter;
  readonly #running = new Map<string, RunningExecution>();
  /** Name of the machine → name of the state → how many lines of execution are in it. */
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #changed = new Set<string>();

  constructor(interpreter: Interpreter) {
    this.#interpreter = interpreter;
  }

  /** It has started, has entered a state, or has ended. */
  changed(id: string): void {
    this.#changed.add(id);
  }

  /** Name of the machine → name of the state → how many are in it; machines without a running execution are not there. */
  counts(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    this.#look();
    return this.#counts;
  }

  /** In order of their start. */
  all(): ReadonlyMap<string, RunningExecution> {
    this.#look();
    return this.#running;
  }

  #look(): void {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const id of changed) {
      const before = this.#running.get(id);
      const after = this.#read(id);
      if (before !== undefined) this.#count(before, -1);
      if (after === undefined) {
        this.#running.delete(id);
        continue;
      }
      this.#running.set(id, after);
      this.#count(after, 1);
      // A line that ends while others go on says nothing.
      if (after.states.length > 1) this.#changed.add(id);
    }
  }

  #read(id: string): RunningExecution | undefined {
    if (!this.#interpreter.has(id)) return undefined;
    const { name, machineName, input, startDate, status } = this.#interpreter.describe(id);
    if (status !== 'RUNNING') return undefined;
    const states = [...this.#interpreter.places(id)].map(({ state, since }) => ({
      name: state.name,
      type: state.type,
      since,
    }));
    return { id, name, machineName, input, startDate, states };
  }

  #count({ machineName, states }: RunningExecution, by: 1 | -1): void {
    const counts = this.#counts.get(machineName) ?? new Map<string, number>();
    this.#counts.set(machineName, counts);
    for (const { name } of states) {
      const count = (counts.get(name) ?? 0) + by;
      if (count === 0) counts.delete(name);
      else counts.set(name, count);
    }
    if (counts.size === 0) this.#counts.delete(machineName);
  }
}
