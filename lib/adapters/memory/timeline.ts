// The customers' timelines in memory: what was decided, in the order in which the relay told it.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { Timeline, ToldRevision } from '#lib/engine/ports.ts';

/** Hands every entry to `sink` with its customer; what is kept of it is up to the sink. */
export class MemoryTimeline implements Timeline {
  readonly #sink: (customer: string, entry: LogEntry) => void;

  constructor(sink: (customer: string, entry: LogEntry) => void) {
    this.#sink = sink;
  }

  append({ customer, log }: ToldRevision): Promise<void> {
    for (const entry of log) this.#sink(customer, entry);
    return Promise.resolve();
  }
}
