// Nothing of a stream is lost without being counted: what no run could use, by reason, with the first places to look at.

/** How many places are kept for each reason. */
const PLACES_KEPT = 3;

/** Lines refused for one reason. */
export interface Refusal {
  readonly reason: string;
  readonly count: number;
  /** Numbers of the first such lines. */
  readonly lines: readonly number[];
}

/** Counts refused lines by reason. */
export class RefusedLines {
  readonly #byReason = new Map<string, { count: number; lines: number[] }>();

  add(reason: string, line: number): void {
    const known = this.#byReason.get(reason) ?? { count: 0, lines: [] };
    known.count += 1;
    if (known.lines.length < PLACES_KEPT) known.lines.push(line);
    this.#byReason.set(reason, known);
  }

  /** Most frequent first; those equally frequent by name, so that reports are the same every time. */
  all(): readonly Refusal[] {
    return [...this.#byReason]
      .map(([reason, { count, lines }]) => ({ reason, count, lines }))
      .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  }
}
