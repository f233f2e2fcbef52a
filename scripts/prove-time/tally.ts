// Counts the comparisons of the engine with the oracle and keeps the first wrong answers to show.

/** How many wrong answers are kept in words. */
const SHOWN = 20;

/** The comparisons of one function. */
export interface Count {
  cases: number;
  wrong: number;
}

/** What a proof has seen so far. */
export class Tally {
  readonly counts = new Map<string, Count>();
  readonly wrongAnswers: string[] = [];

  /**
   * Asks the engine and compares with the oracle's answer (milliseconds since 1970, undefined for "not quiet").
   * An exception of the engine is a wrong answer.
   */
  compare(
    name: string,
    input: readonly unknown[],
    ask: () => string | undefined,
    expected: number | undefined,
  ): void {
    const count = this.counts.get(name) ?? { cases: 0, wrong: 0 };
    this.counts.set(name, count);
    count.cases += 1;
    const wanted = expected === undefined ? undefined : new Date(expected).toISOString();
    const answer = answerOf(ask);
    if (answer === wanted) return;
    count.wrong += 1;
    if (this.wrongAnswers.length < SHOWN)
      this.wrongAnswers.push(`${name}(${input.map(inWords).join(', ')}) is ${answer}, should be ${wanted}`);
  }

  /** All comparisons together. */
  total(): Count {
    const counts = [...this.counts.values()];
    return {
      cases: counts.reduce((sum, count) => sum + count.cases, 0),
      wrong: counts.reduce((sum, count) => sum + count.wrong, 0),
    };
  }
}

function answerOf(ask: () => string | undefined): string | undefined {
  try {
    return ask();
  } catch (error) {
    return String(error);
  }
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
