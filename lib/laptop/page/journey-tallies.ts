// How many have entered, completed, left and failed in each journey, and by which names customers are found: added up over the documents,
// which only change one at a time.
import type { CustomerDocument, Tally } from '#lib/engine/document.ts';
import type { Cancel } from '#lib/local/clock.ts';
import type { RunningCloud } from '../running-cloud.ts';

export interface JourneyTally {
  entered: number;
  completed: number;
  exited: number;
  failed: number;
  heldOut: number;
  converted: number;
  /** Messages that providers have taken. */
  sent: number;
}

/** What of a customer lists show and searches look through. */
export interface CustomerCard {
  readonly email: string | undefined;
  readonly name: string | undefined;
}

interface Known extends CustomerCard {
  readonly tallies: Readonly<Record<string, Tally>>;
}

/** So many at a time: more would be in the way of the functions, whose calls wait meanwhile. */
const READS_AT_A_TIME = 8;

export class JourneyTallies {
  readonly #cloud: RunningCloud;
  readonly #customers = new Map<string, Known>();
  readonly #totals = new Map<string, JourneyTally>();
  readonly #seenMessages = new Set<string>();
  /** Customers whose documents have changed since they were added up: under load nobody looks at most of what is written. */
  readonly #changed = new Set<string>();
  readonly #endings: readonly Cancel[];
  #reading: Promise<void> = Promise.resolve();

  constructor(cloud: RunningCloud) {
    this.#cloud = cloud;
    this.#endings = [
      cloud.customers.onChange((id) => void this.#changed.add(id)),
      cloud.outbox.onChange((id) => this.#count(id)),
    ];
    for (const { id } of cloud.outbox.messages()) this.#count(id);
    for (const { id } of cloud.customers.all()) this.#changed.add(id);
  }

  /** Adds up what has changed until now. Whoever shows something asks for it first. Rejects as the reading of a document does. */
  current(): Promise<void> {
    const reading = this.#reading.catch(() => undefined).then(() => this.#read());
    this.#reading = reading;
    return reading;
  }

  /** As of the last `current`, as `card` is. */
  of(journey: string): Readonly<JourneyTally> {
    return this.#total(journey);
  }

  card(customer: string): CustomerCard | undefined {
    return this.#customers.get(customer);
  }

  close(): void {
    for (const end of this.#endings) end();
  }

  #count(id: string): void {
    if (this.#seenMessages.has(id)) return;
    const message = this.#cloud.outbox.get(id);
    if (message === undefined) return;
    this.#seenMessages.add(id);
    if (message.journey !== undefined) this.#total(message.journey).sent += 1;
  }

  async #read(): Promise<void> {
    const ids = [...this.#changed];
    for (let first = 0; first < ids.length; first += READS_AT_A_TIME) {
      const part = ids.slice(first, first + READS_AT_A_TIME);
      // What changes while it is read has to be read again.
      for (const id of part) this.#changed.delete(id);
      const documents = await Promise.all(part.map((id) => this.#cloud.customers.document(id)));
      for (const [index, id] of part.entries()) this.#take(id, documents[index]);
    }
  }

  #take(id: string, document: CustomerDocument | undefined): void {
    const before = this.#customers.get(id);
    if (before !== undefined) this.#add(before.tallies, -1);
    if (document === undefined) {
      this.#customers.delete(id);
      return;
    }
    const { traits, tallies } = document;
    this.#customers.set(id, { email: textOf(traits['email']), name: nameOf(traits), tallies });
    this.#add(tallies, 1);
  }

  #add(tallies: Readonly<Record<string, Tally>>, times: 1 | -1): void {
    for (const [journey, { exited, ...tally }] of Object.entries(tallies)) {
      const total = this.#total(journey);
      for (const name of ['entered', 'completed', 'failed', 'heldOut', 'converted'] as const)
        total[name] += times * tally[name];
      for (const number of Object.values(exited)) total.exited += times * number;
    }
  }

  #total(journey: string): JourneyTally {
    const known = this.#totals.get(journey);
    if (known !== undefined) return known;
    const total = { entered: 0, completed: 0, exited: 0, failed: 0, heldOut: 0, converted: 0, sent: 0 };
    this.#totals.set(journey, total);
    return total;
  }
}

function nameOf(traits: CustomerDocument['traits']): string | undefined {
  const parts = [textOf(traits['firstName']), textOf(traits['lastName'])].filter(
    (part) => part !== undefined,
  );
  return parts.length > 0 ? parts.join(' ') : textOf(traits['name']);
}

function textOf(trait: { readonly value?: unknown } | undefined): string | undefined {
  return typeof trait?.value === 'string' && trait.value !== '' ? trait.value : undefined;
}
