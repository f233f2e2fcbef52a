// Which executions there are, by their ARN, and whose names are taken though nothing else is known of them any more.
import type { Execution } from './execution.ts';
import { Refusal } from './failure.ts';

export class ExecutionRegister {
  readonly #executions = new Map<string, Execution>();
  readonly #forgotten = new Set<string>();

  add(execution: Execution): void {
    this.#executions.set(execution.id, execution);
  }

  get(id: string): Execution | undefined {
    return this.#executions.get(id);
  }

  /** Throws Refusal: ExecutionDoesNotExist. */
  find(id: string): Execution {
    const execution = this.#executions.get(id);
    if (execution === undefined)
      throw new Refusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${id}'`);
    return execution;
  }

  /** In order of their start. */
  all(): Iterable<Execution> {
    return this.#executions.values();
  }

  /** Only its name is left. */
  isForgotten(id: string): boolean {
    return this.#forgotten.has(id);
  }

  /** There, or there once. */
  isKnown(id: string): boolean {
    return this.#executions.has(id) || this.#forgotten.has(id);
  }

  /** Drops what is kept of an ended execution but its name. @returns false, and does nothing, while it runs. */
  forget(id: string): boolean {
    if (this.#executions.get(id)?.status === 'RUNNING' || !this.#executions.delete(id)) return false;
    this.#forgotten.add(id);
    return true;
  }

  /** Its name is taken, though nothing is known of it here any more. */
  reserve(id: string): void {
    this.#forgotten.add(id);
  }

  /** The name of a forgotten execution is free again. */
  release(id: string): void {
    this.#forgotten.delete(id);
  }
}
