// The clocks of a zone as the oracle sees them: readings of Intl.DateTimeFormat and nothing else. It shares no code with
// the engine, which learns the rules from Temporal; agreeing by a common mistake is what a proof must exclude.

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const QUARTER = 15 * MINUTE;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The years whose changes are proven, and the days read around them for waits that begin or end outside. */
const PROVEN_FROM = Date.UTC(2024, 0, 1);
export const PROVEN_UNTIL = Date.UTC(2041, 0, 1);
const MARGIN = 450 * DAY;

/**
 * From `start` on (milliseconds since 1970) the clocks are `ahead` milliseconds ahead of UTC. Both are whole quarters of
 * an hour in the proven years, which the constructor makes sure of.
 */
export interface Stretch {
  readonly start: number;
  readonly ahead: number;
}

/** One change of the clocks: at `at` they go from `before` to `after` milliseconds ahead of UTC. */
export interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** The clocks of one zone, over the proven years and a margin of 450 days on both sides. */
export class OracleClock {
  readonly zone: string;
  readonly stretches: readonly Stretch[];
  readonly #format: Intl.DateTimeFormat;
  #lastIndex = 0;

  constructor(zone: string) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    this.stretches = this.#readThrough(PROVEN_FROM - MARGIN, PROVEN_UNTIL + MARGIN);
  }

  /** The changes inside the proven years. */
  changes(): Change[] {
    return this.stretches
      .map((stretch, index) => ({
        at: stretch.start,
        before: this.stretches[index - 1]?.ahead ?? stretch.ahead,
        after: stretch.ahead,
      }))
      .filter(
        (change) => change.at >= PROVEN_FROM && change.at < PROVEN_UNTIL && change.before !== change.after,
      );
  }

  /** The index of the stretch around a moment. Throws outside the years that were read. */
  stretchAt(millis: number): number {
    const { stretches } = this;
    if (millis < PROVEN_FROM - MARGIN || millis >= PROVEN_UNTIL + MARGIN)
      throw new Error(`the oracle has not read ${this.zone} at ${new Date(millis).toISOString()}`);
    // Scans ask for one minute after the other: begin where the last question ended.
    let index = this.#lastIndex;
    while ((stretches[index]?.start ?? 0) > millis) index -= 1;
    while ((stretches[index + 1]?.start ?? Infinity) <= millis) index += 1;
    this.#lastIndex = index;
    return index;
  }

  /** What the clocks show, as the milliseconds that this date and time would have in UTC. */
  shows(millis: number): number {
    return millis + (this.stretches[this.stretchAt(millis)]?.ahead ?? 0);
  }

  /** Straight from Intl: what the clocks show at a moment that is a full second. */
  read(millis: number): number {
    // en-US with these fields prints "03/29/2026, 01:59:59".
    const text = this.#format.format(millis);
    const [month, day, year, hour, minute, second] = text.split(/\D+/).map(Number);
    return Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0);
  }

  /** Reads the clocks once a day and, where they have moved since the day before, searches the second of the change. */
  #readThrough(from: number, until: number): Stretch[] {
    const found: Stretch[] = [{ start: from, ahead: this.#ahead(from) }];
    for (let at = from; at < until; at += DAY) {
      const ahead = this.#ahead(at + DAY);
      if (ahead !== found.at(-1)?.ahead) found.push({ start: this.#search(at, at + DAY), ahead });
    }
    const odd = found.find((stretch) => stretch.ahead % QUARTER !== 0 || stretch.start % QUARTER !== 0);
    if (odd !== undefined)
      throw new Error(`${this.zone}: the oracle looks at quarters of hours, this one changes between`);
    return found;
  }

  #search(before: number, after: number): number {
    const old = this.#ahead(before);
    let low = before;
    let high = after;
    while (high - low > SECOND) {
      const middle = low + Math.floor((high - low) / 2 / SECOND) * SECOND;
      if (this.#ahead(middle) === old) low = middle;
      else high = middle;
    }
    return high;
  }

  #ahead(millis: number): number {
    return this.read(millis) - millis;
  }
}
