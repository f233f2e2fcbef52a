// Looks at customers for whom time alone changes something, when it is due: what the table's index does in the cloud.
import { later, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { goesOnAt } from '#lib/engine/rules/legs.ts';
import type { VirtualClock } from '#lib/local/clock.ts';

/**
 * One look at a time is enough for each customer: where it turns out to be too early, because what was due has moved, the next
 * one is arranged then. A run that rests goes on in any case, so the clock goes on for it (`runAll`); for anything else there is
 * a look only if the clock gets there.
 */
export class DueLooks {
  readonly #clock: VirtualClock;
  readonly #passTime: (customer: string) => Promise<CustomerDocument | undefined>;
  /** Customer → for when the clock has been asked: for runs that rest, and for anything that is due. */
  readonly #runs = new Map<string, Instant>();
  readonly #all = new Map<string, Instant>();

  /** `passTime` decides what is due for a customer and gives the document as it is then. */
  constructor(clock: VirtualClock, passTime: (customer: string) => Promise<CustomerDocument | undefined>) {
    this.#clock = clock;
    this.#passTime = passTime;
  }

  /** To be told of every document that is written. */
  arrange(document: CustomerDocument): void {
    const { customer, due } = document;
    if (due === undefined) return;
    const goesOn = earliestRun(document);
    if (goesOn !== undefined) this.#arrange(this.#runs, customer, later(goesOn, due), 'at');
    if (goesOn === undefined || goesOn > due) this.#arrange(this.#all, customer, due, 'atIfReached');
  }

  #arrange(looks: Map<string, Instant>, customer: string, due: Instant, how: 'at' | 'atIfReached'): void {
    const planned = looks.get(customer);
    if (planned !== undefined && planned <= due) return;
    looks.set(customer, due);
    this.#clock[how](toMillis(due), async () => {
      if (looks.get(customer) !== due) return;
      looks.delete(customer);
      const document = await this.#passTime(customer);
      if (document !== undefined) this.arrange(document);
    });
  }
}

function earliestRun({ runs }: CustomerDocument): Instant | undefined {
  let earliest: Instant | undefined;
  for (const id in runs) {
    const run = runs[id];
    const at = run === undefined ? undefined : goesOnAt(run);
    if (at !== undefined && (earliest === undefined || at < earliest)) earliest = at;
  }
  return earliest;
}
