/**
 * Business time, readable from other threads of this process without asking: functions run in threads of their own and call `Date.now()`
 * in the midst of their work. The clock writes where it stands and how fast it goes; a reader reckons the present from that. Both sides
 * measure with `process.hrtime`, which is one clock for all threads.
 */

/** Where a clock stands, and business milliseconds for each real one from there on; 0 while it stands still. */
export interface DateReading {
  readonly instant: number;
  readonly pace: number;
}

/** Memory that threads share: what is handed to them, and read with `sharedDateReader`. */
export interface BusinessDate {
  readonly buffer: SharedArrayBuffer;
}

/** One counter, which is odd while numbers are being written, and behind it three numbers: instant, pace, real time of the writing. */
const NUMBERS_AT = 8;
const NUMBERS = 3;

export class SharedDate implements BusinessDate {
  readonly buffer = new SharedArrayBuffer(NUMBERS_AT + NUMBERS * Float64Array.BYTES_PER_ELEMENT);
  readonly #counter = new Int32Array(this.buffer, 0, 1);
  readonly #numbers = new Float64Array(this.buffer, NUMBERS_AT, NUMBERS);

  constructor(reading: DateReading) {
    this.show(reading);
  }

  /** Call it whenever the clock's pace changes or it has jumped: `clock.onChange((reading) => date.show(reading))`. One writer only. */
  show({ instant, pace }: DateReading): void {
    Atomics.add(this.#counter, 0, 1);
    this.#numbers.set([instant, pace, realMillis()]);
    Atomics.add(this.#counter, 0, 1);
  }
}

/** What `Date.now()` is to answer: whole milliseconds of business time. */
export function sharedDateReader(buffer: SharedArrayBuffer): () => number {
  const counter = new Int32Array(buffer, 0, 1);
  const numbers = new Float64Array(buffer, NUMBERS_AT, NUMBERS);
  return () => {
    for (;;) {
      const before = Atomics.load(counter, 0);
      const [instant = 0, pace = 0, writtenAt = 0] = numbers;
      // Written meanwhile: the three may not belong together.
      if (before % 2 === 0 && before === Atomics.load(counter, 0))
        return pace === 0 ? instant : Math.floor(instant + Math.max(0, realMillis() - writtenAt) * pace);
    }
  };
}

function realMillis(): number {
  const [seconds, nanos] = process.hrtime();
  return seconds * 1e3 + nanos / 1e6;
}
