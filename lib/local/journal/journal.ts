// What the local cloud keeps over a restart: parts of it write down what has happened before they acknowledge it, and are told it again
// when they are put together anew.
import type { Json } from '../asl/json.ts';

/** One part of the cloud: `queues`, `tables`, `executions`. */
export interface JournalPart {
  readonly name: string;
  /**
   * Takes a record of its own, in the order in which they were written, before anything else happens. A record may come that the part's
   * snapshot contains already (it was written while the snapshot was): taking it twice must make no difference.
   */
  restore(record: Json): void | Promise<void>;
  /** Records from which everything that still matters can be restored; what is over and known to nobody is left out. */
  snapshot(): Iterable<Json> | AsyncIterable<Json>;
}

export interface Journal {
  /** Before the first `append` and before `restore`. Names are unique. */
  register(part: JournalPart): void;
  /** Is on disk, for a process that is killed, when it returns. Throws where the disk refuses. */
  append(part: string, record: Json): void;
}

/** Everything is in memory, and gone with the process. */
export const NO_JOURNAL: Journal = { register: () => undefined, append: () => undefined };
