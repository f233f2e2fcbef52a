// When memory grows no faster than what is kept. What it may grow by is reckoned from what has come to be kept meanwhile.
import type { Sample } from './sample.ts';

// Measured in a snapshot of the heap at rest (1,700 items of 330 bytes, 390 executions that run, 100 MB in all): the database holds 0.9 KB for
// each item, an execution 26 KB to 50 KB. The rest is there from the beginning: code, 25 MB of machines, and what has a bound of its own.
// A leak of 8 KB with each of 18,000 events, the last part of ten minutes at 50 a second, is more than the rule allows.

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** An item's bytes are in the database, and a customer's once more for the page; texts take up to two bytes a character. */
const PER_ITEM_BYTE = 6;
/** Its key in the database, in each index, in the books of expiry and of sizes. */
const PER_ITEM = 2 * KILOBYTE;
/** What it runs in, its variables, and the thirty events of its history. */
const PER_EXECUTION = 40 * KILOBYTE;
/** What the outbox keeps of a message in the end: what its reports repeat, and whose it is. */
const PER_MESSAGE = 4 * KILOBYTE;
/** Whatever has a bound of its own: histories of 2,000 executions that are over, 500 messages in full; and what comes and goes. */
const BOUNDED = 64 * MEGABYTE;
/** Threads of functions come and go, each with 30 to 40 MB, ten at the most; what was collected is not given back at once. */
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
