/** What the readers of queues and streams are put together with. */
import type { Cancel } from '../clock.ts';
import type { Chaos } from '../chaos.ts';
import type { Functions } from '../functions/functions.ts';
import type { CloudTime } from '../time/cloud-time.ts';

export interface ReadingParts {
  readonly time: CloudTime;
  readonly chaos: Chaos;
  readonly functions: Functions;
  readonly region: string;
  /** Business time is made to pass faster than real time: nobody waits for others to fill a batch. */
  readonly isHurried: () => boolean;
  /** Tells when it begins to be. Returns what ends the telling. */
  readonly onHurry: (listener: () => void) => Cancel;
  /** A fault of ours in a reader. */
  readonly onFault: (error: unknown) => void;
}

/** One that reads for a function. */
export interface Reader {
  /** As Lambda words it: `OK`, `No records processed`, `PROBLEM: Function call failed`. */
  readonly lastResult: string;
  start(): void;
  /** What it is doing goes on to its end. */
  stop(): void;
}

/** Lambda calls a function with at most 6 MB; records travel in JSON with some bytes of their own. */
const MOST_BATCH_BYTES = 6 * 1024 * 1024 - 4096;

/** How many of the records, from the first on, fit into one call; at least one. */
export function fittingRecords(records: readonly unknown[]): number {
  let bytes = 0;
  for (const [index, record] of records.entries()) {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes > MOST_BATCH_BYTES) return Math.max(1, index);
  }
  return records.length;
}

/** Milliseconds before another attempt: a second, then twice as long each time, at most a minute. */
export function backoffMillis(failures: number): number {
  return Math.min(1000 * 2 ** Math.max(0, failures - 1), 60_000);
}
