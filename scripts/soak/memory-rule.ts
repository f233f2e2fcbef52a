// When memory grows no faster than what is kept. What it may grow by is reckoned from what has come to be kept meanwhile.
import type { Sample } from './sample.ts';

// Measured in a snapshot of the heap at rest (1,700 items of 330 bytes, 390 executions that run, 100 MB in all): the database holds 0.9 KB for
// each item, an execution 26 KB to 50 KB. The rest is there from the beginning: code, 25 MB of machines, and what has a bound of its own.
// In ten minutes at 50 events a second, 31,000 items of 240 bytes, 1,800 executions and 3,600 messages come to be kept in the part that is
// looked at, for which the rule allows 150 MB; the heap grew by 50 MB. A leak of 8 KB with each of its 18,000 events is 140 MB on top of that.

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** An item's bytes are in the database, and a customer's once more for the page; some texts take two bytes a character. */
const PER_ITEM_BYTE = 3;
/** Its key in the database, in each index, in the books of expiry and of sizes. */
const PER_ITEM = KILOBYTE / 2;
/** What it runs in, its variables, and the thirty events of its history. */
const PER_EXECUTION = 40 * KILOBYTE;
/** What the outbox keeps of a message in the end: what its reports repeat, and whose it is. */
const PER_MESSAGE = 4 * KILOBYTE;
/** What has a bound of its own and may not have reached it: histories of executions that are over, messages in full; and what comes and goes. */
const BOUNDED = 32 * MEGABYTE;
/** Threads of functions come and go, each with 30 to 40 MB; what was collected is not given back at once. */
const THREADS = 256 * MEGABYTE;

export interface MemoryVerdict {
  /** Bytes by which the heap of the main thread has grown, and by which it may have. */
  readonly grown: number;
  readonly mayGrow: number;
  readonly residentGrown: number;
  readonly residentMayGrow: number;
  readonly isKept: boolean;
}

/**
 * Compares the end with the moment at which there were no new customers any more.
 * @param samples in order, those after that moment; at each end the least of three counts, since what is under way is no leak.
 */
export function judgeMemory(samples: readonly Sample[]): MemoryVerdict {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('Nothing was measured.');
  const grownBy = (of: (sample: Sample) => number): number =>
    Math.min(...samples.slice(-3).map(of)) - Math.min(...samples.slice(0, 3).map(of));
  const newBy = (of: (sample: Sample) => number): number => Math.max(0, of(last) - of(first));
  const data =
    newBy(({ itemBytes }) => itemBytes) * PER_ITEM_BYTE +
    newBy(({ items }) => items) * PER_ITEM +
    newBy(({ executions }) => executions) * PER_EXECUTION +
    newBy(({ messages }) => messages) * PER_MESSAGE;
  const grown = grownBy(({ heap }) => heap);
  const residentGrown = grownBy(({ resident }) => resident);
  const mayGrow = data + BOUNDED;
  const residentMayGrow = mayGrow + THREADS;
  return {
    grown,
    mayGrow,
    residentGrown,
    residentMayGrow,
    isKept: grown <= mayGrow && residentGrown <= residentMayGrow,
  };
}
