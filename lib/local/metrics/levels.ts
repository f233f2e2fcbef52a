// What is so many at any time, such as executions that are open: told when it changes, and in between it stays as it was. A figure that is
// only written down with each change would be missing in quiet hours, and would look as if nothing were open.
import { together, type Series, type Statistics } from './metric-store.ts';

const MINUTE_MILLIS = 60_000;
/** Minutes with a change: the last day in which something changes in every minute. */
const MOST_MINUTES = 1440;

export interface LevelName {
  readonly namespace: string;
  readonly name: string;
  /** As CloudWatch names it: `Count`, `None`. */
  readonly unit: string;
}

interface Minute {
  readonly statistics: Statistics;
  /** What it was when the minute ended. */
  readonly last: number;
}

/** Without dimensions: all that the local cloud has are of the whole account. */
export class Level {
  readonly metric: LevelName;
  readonly #now: () => number;
  readonly #minutes = new Map<number, Minute>();
  #value: number | undefined;

  /** `now`: of the business, which only goes forward. */
  constructor(metric: LevelName, now: () => number) {
    this.metric = metric;
    this.#now = now;
  }

  set(value: number): void {
    const minute = Math.floor(this.#now() / MINUTE_MILLIS);
    // What it was before was so for a part of this minute.
    const before =
      this.#minutes.get(minute)?.statistics ?? (this.#value === undefined ? undefined : once(this.#value));
    const statistics = before === undefined ? once(value) : together(before, once(value));
    this.#minutes.set(minute, { statistics, last: value });
    this.#value = value;
    const [oldest] = this.#minutes.keys();
    if (this.#minutes.size > MOST_MINUTES && oldest !== undefined) this.#minutes.delete(oldest);
  }

  /** Every minute since it was first told, as far as it is before `until` and not before `from` (milliseconds since 1970). */
  series(from: number, until: number): Series {
    const minutes = new Map<number, Statistics>();
    const end = Math.min(Math.ceil(until / MINUTE_MILLIS), Math.floor(this.#now() / MINUTE_MILLIS) + 1);
    const start = Math.floor(from / MINUTE_MILLIS);
    const changes = [...this.#minutes];
    for (const [index, [minute, { statistics, last }]] of changes.entries()) {
      if (minute >= start && minute < end) minutes.set(minute, statistics);
      const next = Math.min(changes[index + 1]?.[0] ?? end, end);
      for (let quiet = Math.max(minute + 1, start); quiet < next; quiet += 1) minutes.set(quiet, once(last));
    }
    return { ...this.metric, dimensions: {}, minutes };
  }
}

function once(value: number): Statistics {
  return { count: 1, sum: value, minimum: value, maximum: value };
}
