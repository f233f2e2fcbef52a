// What an operator sees: queues and functions of the running cloud, counted while it runs.
import { DEAD_LETTER_REASON } from '#lib/contracts/event-sources.ts';
import type { FunctionMetric } from '#lib/local/functions/function-metrics.ts';
import type { FunctionLine, Functions } from '#lib/local/functions/functions.ts';
import type { Queues } from '#lib/local/queues/queues.ts';
import type { FunctionState, LogLine, Operations } from './operations.ts';

/** What fits on some screens; a function that warns with every call would fill the memory. */
const MOST_LINES = 500;

interface Counts {
  invocations: number;
  errors: number;
  throttles: number;
}

export class OperationsView {
  readonly #now: () => number;
  readonly #counts = new Map<string, Counts>();
  readonly #lines: LogLine[] = [];
  readonly #listeners = new Set<() => void>();

  /** `now`: of the business. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the line, where somebody should see it. */
  noteLine({
    functionName,
    level,
    line,
  }: Pick<FunctionLine, 'functionName' | 'level' | 'line'>): LogLine | undefined {
    if (level !== 'WARN' && level !== 'ERROR' && level !== 'FATAL') return undefined;
    const seen = { at: this.#now(), function: functionName, level, message: messageOf(line) } as const;
    this.#lines.unshift(seen);
    this.#lines.splice(MOST_LINES);
    this.#tell();
    return seen;
  }

  noteMetrics(metrics: readonly FunctionMetric[]): void {
    for (const { namespace, name, dimensions, values } of metrics) {
      const counted = COUNTED[name];
      const functionName = dimensions['FunctionName'];
      if (namespace !== 'AWS/Lambda' || counted === undefined || functionName === undefined) continue;
      const counts = this.#countsOf(functionName);
      for (const value of values) counts[counted] += value;
    }
    this.#tell();
  }

  of(queues: Pick<Queues, 'all'>, functions: Pick<Functions, 'all' | 'inProgress'>): Operations {
    const deadLetterQueues = new Set(queues.all().map(({ deadLetters }) => deadLetters?.arn));
    return {
      queues: () =>
        queues.all().map((queue) => ({
          name: queue.name,
          ...queue.counts(),
          isDeadLetterQueue: deadLetterQueues.has(queue.arn),
        })),
      deadLetters: (name, most) => {
        const queue = queues.all().find((one) => one.name === name && deadLetterQueues.has(one.arn));
        return (queue?.peek(most) ?? []).map(({ id, sentAt, body, messageAttributes: attributes }) => {
          const reason =
            attributes[DEAD_LETTER_REASON]?.StringValue ?? attributes['ERROR_MESSAGE']?.StringValue;
          return { id, at: sentAt, body, ...(reason !== undefined && { reason }) };
        });
      },
      functions: () =>
        functions.all().map(({ name }): FunctionState => ({
          name,
          ...this.#countsOf(name),
          running: functions.inProgress(name),
        })),
      log: () => this.#lines,
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  #countsOf(name: string): Counts {
    const counts = this.#counts.get(name) ?? { invocations: 0, errors: 0, throttles: 0 };
    this.#counts.set(name, counts);
    return counts;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const COUNTED: Readonly<Record<string, keyof Counts | undefined>> = {
  Invocations: 'invocations',
  Errors: 'errors',
  Throttles: 'throttles',
};

/** Functions log JSON; what is worth reading in a line is its message, what failed, and for what reasons how often. */
function messageOf(line: string): string {
  try {
    const { message, fault, reason, reasons } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const counted = Object.entries(reasons ?? {}).map(([why, times]) => `${why} (${String(times)})`);
    const parts = [message, fault, reason, counted.join(', ')];
    return parts.filter((part) => typeof part === 'string' && part !== '').join(': ') || line;
  } catch {
    return line;
  }
}
