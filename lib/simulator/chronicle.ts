// Puts what was decided into the order in which it happens. Some decisions reach ahead: the wait behind a wait, a send
// moved out of quiet hours before it is reached. Those entries carry the instant that they are about, and happen only if
// the run still goes on by then.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { Instant } from '#lib/contracts/time.ts';

/** Something that happened to a customer. */
export interface Happening {
  readonly customer: string;
  readonly entry: LogEntry;
}

const ENDINGS: ReadonlySet<string> = new Set(['completes', 'exits', 'fails']);

/**
 * Hands entries to `tell` in the order of their instants; those of one instant in the order in which they were decided.
 */
export class Chronicle {
  readonly #tell: (happening: Happening) => void;
  /** Ordered by instant, then by decision. */
  #ahead: Happening[] = [];
  /** Runs that may have entries ahead. */
  readonly #runsAhead = new Set<string>();

  constructor(tell: (happening: Happening) => void) {
    this.#tell = tell;
  }

  /** Takes an entry that was decided at `now`; entries come in the order of decision. */
  add(customer: string, entry: LogEntry, now: Instant): void {
    const happening = { customer, entry };
    this.advanceTo(now);
    if (entry.at > now) this.#keep(happening);
    else this.#tell(happening);
    if (entry.run !== undefined && ENDINGS.has(entry.kind) && this.#runsAhead.delete(entry.run))
      this.#ahead = this.#ahead.filter((ahead) => ahead.entry.run !== entry.run);
  }

  /** Time has come to `now`: what lay ahead until then has happened. */
  advanceTo(now: Instant): void {
    const first = this.#ahead.findIndex(({ entry }) => entry.at > now);
    const happened = this.#ahead.splice(0, first === -1 ? this.#ahead.length : first);
    for (const happening of happened) this.#tell(happening);
  }

  #keep(happening: Happening): void {
    const { at, run } = happening.entry;
    if (run !== undefined) this.#runsAhead.add(run);
    let low = 0;
    let high = this.#ahead.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ahead[middle]?.entry.at ?? at) <= at) low = middle + 1;
      else high = middle;
    }
    this.#ahead.splice(low, 0, happening);
  }
}
