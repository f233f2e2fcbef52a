// What functions have written, newest last, by group and stream: as much of it as somebody reads who looks for what has just happened.

export interface LogLine {
  /** Grows with each line of any group. */
  readonly sequence: number;
  /** Milliseconds since 1970, business time. */
  readonly at: number;
  readonly stream: string;
  readonly message: string;
}

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  /** As the template says it, and no more than told: lines go when there are too many. */
  readonly retentionDays: number | undefined;
  /** Oldest first. */
  readonly lines: readonly LogLine[];
}

/**
 * Of each group. A busy function writes some ten lines a second, so that this is minutes of it and days of the others; at half a kilobyte
 * a line, sixteen functions keep 16 MB at most.
 */
const MOST_LINES = 2000;
/** So many more are let in before the oldest are taken out: taking out one by one would move all others each time. */
const SLACK = 200;

interface KeptGroup extends LogGroup {
  readonly lines: LogLine[];
}

export class LogStore {
  readonly #groups = new Map<string, KeptGroup>();
  #sequence = 0;

  /** A group is there before anything is written; one of the same name is left as it is. */
  addGroup(name: string, createdAt: number, retentionDays?: number): void {
    if (!this.#groups.has(name)) this.#groups.set(name, { name, createdAt, retentionDays, lines: [] });
  }

  /** As Lambda does, a group that is not there is made. */
  append(name: string, line: Omit<LogLine, 'sequence'>): void {
    this.addGroup(name, line.at);
    const lines = this.#groups.get(name)?.lines;
    if (lines === undefined) return;
    this.#sequence += 1;
    lines.push({ ...line, sequence: this.#sequence });
    if (lines.length >= MOST_LINES + SLACK) lines.splice(0, lines.length - MOST_LINES);
  }

  find(name: string): LogGroup | undefined {
    return this.#groups.get(name);
  }

  /** By name. */
  all(): readonly LogGroup[] {
    return [...this.#groups.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }
}
