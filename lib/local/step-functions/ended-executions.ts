// How long ended executions are known. AWS keeps them for ninety days; here memory decides first: of the newest the whole history is kept, of
// older ones what DescribeExecution tells, and of all within ninety days the name, because it must not be used again.
import type { HistoryEvent } from '../asl/history.ts';
import type { ExecutionDescription, Interpreter } from '../asl/interpreter.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Whoever looks at a history looks at what has just happened. */
const WITH_HISTORY = 2000;
/**
 * That many of about 30 events of 400 bytes each are 24 MB. One execution may have 25,000 events of 256 KB: some of those leave the newest
 * fewer, but never none.
 */
const HISTORY_BYTES = 32 * 1024 * 1024;
/** Of an event without its texts. */
const EVENT_BYTES = 200;
/** About a kilobyte each: 20 MB. */
const WITH_DESCRIPTION = 20_000;
/** After its end an execution's name is free again. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const NAME_MILLIS = 90 * DAY;

export class EndedExecutions {
  readonly #interpreter: Interpreter;
  readonly #now: () => number;
  readonly #onForgotten: (execution: ExecutionDescription) => void;
  /** Bytes of each. In order of their end, as all three. */
  readonly #withHistory = new Map<string, number>();
  #historyBytes = 0;
  readonly #described = new Map<string, ExecutionDescription>();
  readonly #names = new Map<string, number>();

  /** `onForgotten`: nothing but the name is known from now on. */
  constructor(
    interpreter: Interpreter,
    now: () => number,
    onForgotten: (execution: ExecutionDescription) => void,
  ) {
    this.#interpreter = interpreter;
    this.#now = now;
    this.#onForgotten = onForgotten;
  }

  /** One has ended; makes room. Returns the ARNs of those whose history is dropped now. */
  add(id: string): string[] {
    this.#drop(id);
    const bytes = bytesOf(this.#interpreter.history(id));
    this.#withHistory.set(id, bytes);
    this.#historyBytes += bytes;
    const dropped: string[] = [];
    for (const oldest of this.#withHistory.keys()) {
      if (this.#withHistory.size <= WITH_HISTORY && this.#historyBytes <= HISTORY_BYTES) break;
      if (oldest === id) break;
      this.#drop(oldest);
      const description = this.#interpreter.describe(oldest);
      this.#interpreter.forget(oldest);
      dropped.push(oldest);
      this.#describeOnly(description);
    }
    this.#freeNames();
    return dropped;
  }

  /** One that has ended before a restart: its history is gone. */
  restore(description: ExecutionDescription): void {
    this.#interpreter.reserve(description.id);
    this.#describeOnly(description);
  }

  /** A name that was taken before a restart. `endedAt`, in milliseconds since 1970. */
  restoreName(id: string, endedAt: number): void {
    this.#interpreter.reserve(id);
    this.#names.set(id, endedAt);
  }

  /** It goes on: redriven. */
  delete(id: string): void {
    this.#drop(id);
  }

  describe(id: string): ExecutionDescription | undefined {
    return this.#described.get(id);
  }

  /** All that are described, oldest end first. */
  *all(): Generator<ExecutionDescription> {
    yield* this.#described.values();
    for (const id of this.#withHistory.keys()) yield this.#interpreter.describe(id);
  }

  names(): Iterable<readonly [id: string, endedAt: number]> {
    return this.#names;
  }

  #drop(id: string): void {
    this.#historyBytes -= this.#withHistory.get(id) ?? 0;
    this.#withHistory.delete(id);
  }

  #describeOnly(description: ExecutionDescription): void {
    this.#described.set(description.id, description);
    for (const [oldest, forgotten] of this.#described) {
      if (this.#described.size <= WITH_DESCRIPTION) break;
      this.#described.delete(oldest);
      this.#names.set(oldest, forgotten.stopDate ?? this.#now());
      this.#onForgotten(forgotten);
    }
  }

  #freeNames(): void {
    for (const [id, endedAt] of this.#names) {
      if (endedAt + NAME_MILLIS > this.#now()) break;
      this.#names.delete(id);
      this.#interpreter.release(id);
    }
  }
}

/** About as much as they take in memory: texts (inputs, outputs, variables, reasons) are most of it. */
function bytesOf(events: readonly HistoryEvent[]): number {
  let bytes = 0;
  for (const { details } of events) {
    bytes += EVENT_BYTES;
    for (const value of Object.values(details ?? {})) if (typeof value === 'string') bytes += value.length;
  }
  return bytes;
}
