// Puts what was decided into the order in which it happens. Decisions reach ahead (the wait behind a wait) and look back
// (a send moved to its next opening says so when it is sent): such entries carry the instant that they are about. What
// lies ahead of a run that ends first never happens.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { LOOKS_BACK_MILLIS } from '#lib/engine/budgets.ts';
import type { PausedLine } from './played-breaker.ts';

/** Something that happened to a customer. */
export interface Happening {
  readonly customer: string;
  /** The customer's number, see owners.ts. */
  readonly number: number;
  readonly entry: LogEntry;
}

/** Something that happened to a journey. */
interface JourneyHappening {
  readonly customer?: undefined;
  readonly number: number;
  readonly entry: PausedLine;
}

type Held = Happening | JourneyHappening;

/** What happens to a journey comes before what happens to its customers at the same instant. */
const BEFORE_ALL = -1;

/** Entries are handed on in batches; moving each one on its own would cost more than all else here. */
const BATCH = 512;

const ENDINGS: ReadonlySet<string> = new Set(['completes', 'exits', 'fails']);

/**
 * Hands entries to `tell` in the order of their instants; those of one instant by the number of their customer, and each
 * customer's in the order in which they were decided. Holds only those of the last days.
 */
export class Chronicle {
  readonly #tell: (happening: Happening) => void;
  readonly #tellPaused: (line: PausedLine) => void;
  readonly #numberOf: (customer: string) => number;
  /** Ordered by instant, then by customer, then by decision. */
  #held: Held[] = [];
  /** Run → entries that were decided ahead. Most runs have none. */
  readonly #ahead = new Map<string, Happening[]>();
  /** Entries that lay ahead of the end of their run. */
  readonly #dropped = new Set<Held>();

  constructor(
    tell: (happening: Happening) => void,
    numberOf: (customer: string) => number,
    tellPaused: (line: PausedLine) => void = () => {},
  ) {
    this.#tell = tell;
    this.#tellPaused = tellPaused;
    this.#numberOf = numberOf;
  }

  /**
   * Takes an entry that was decided at `now`; entries come in the order of decision, and `now` never goes back. What looks
   * further back than decisions do is told of `now`: what lies around its own instant has been told already.
   */
  add(customer: string, decided: LogEntry, now: Instant): void {
    // Asked of those alone that look back at all: texts are compared faster than reckoned.
    const isTooFar = decided.at < now && decided.at < addMillis(now, -LOOKS_BACK_MILLIS);
    const entry = isTooFar ? { ...decided, at: now } : decided;
    const happening: Happening = { customer, number: this.#numberOf(customer), entry };
    this.#hold(happening);
    const { run } = entry;
    if (run !== undefined && entry.at > now)
      this.#ahead.set(run, [...(this.#ahead.get(run) ?? []), happening]);
    if (run !== undefined && ENDINGS.has(entry.kind)) this.#dropAhead(run, entry.at);
    if (this.#held.length % BATCH === 0) this.#tellUntil(addMillis(now, -LOOKS_BACK_MILLIS));
  }

  /** Takes what happens to a journey at this very instant. */
  addPaused(entry: PausedLine): void {
    this.#hold({ number: BEFORE_ALL, entry });
  }

  /** Nothing more comes, and time ends at `now`: what lies behind has not happened. */
  finish(now: Instant): void {
    this.#tellUntil(now);
    this.#held = [];
  }

  #tellUntil(instant: Instant): void {
    const ahead = this.#held.findIndex(({ entry }) => entry.at > instant);
    for (const happening of this.#held.splice(0, ahead === -1 ? this.#held.length : ahead)) {
      if (happening.customer === undefined) this.#tellPaused(happening.entry);
      else if (!this.#dropped.delete(happening)) this.#tell(happening);
    }
  }

  #dropAhead(run: string, end: Instant): void {
    for (const happening of this.#ahead.get(run) ?? []) {
      if (happening.entry.at > end) this.#dropped.add(happening);
    }
    this.#ahead.delete(run);
  }

  #hold(happening: Held): void {
    const last = this.#held.at(-1);
    if (last === undefined || !isBefore(happening, last)) {
      this.#held.push(happening);
      return;
    }
    let low = 0;
    let high = this.#held.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(happening, this.#held[middle] ?? happening)) high = middle;
      else low = middle + 1;
    }
    this.#held.splice(low, 0, happening);
  }
}

function isBefore(a: Held, b: Held): boolean {
  return a.entry.at < b.entry.at || (a.entry.at === b.entry.at && a.number < b.number);
}
