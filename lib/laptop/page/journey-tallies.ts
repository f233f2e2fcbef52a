// How many have entered, completed, left and failed in each journey, and by which names customers are found: added up over the documents,
// which only change one at a time.
import type { CustomerDocument, Tally } from '#lib/engine/document.ts';
import type { Cancel } from '#lib/local/clock.ts';
import type { Timers } from '#lib/local/time/timers.ts';
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

/**
 * Counts on a page may be this late; a document is read once for all changes within, which come in a burst where something happens to a
 * customer: under load reading each of them was a tenth of what the main thread did.
 */
const BATCH_MILLIS = 1000;
/** Reads of the table at a time: more would be in the way of the functions that share it. */
const READS_AT_A_TIME = 8;

export class JourneyTallies {
  readonly #cloud: RunningCloud;
  readonly #timers: Timers;
  readonly #onFault: (error: unknown) => void;
  readonly #onUpdate: () => void;
  readonly #customers = new Map<string, Known>();
  readonly #totals = new Map<string, JourneyTally>();
  readonly #seenMessages = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #endings: readonly Cancel[];
  #batch: Cancel | undefined;
  #isReading = false;

  /** `onUpdate`: counts have changed. */
  constructor(cloud: RunningCloud, timers: Timers, onFault: (error: unknown) => void, onUpdate: () => void) {
    this.#cloud = cloud;
    this.#timers = timers;
    this.#onFault = onFault;
    this.#onUpdate = onUpdate;
    this.#endings = [
      cloud.customers.onChange((id) => this.#note(id)),
      cloud.outbox.onChange((id) => this.#count(id)),
    ];
    for (const { id } of cloud.outbox.messages()) this.#count(id);
    for (const { id } of cloud.customers.all()) this.#note(id);
  }

  of(journey: string): Readonly<JourneyTally> {
    return this.#total(journey);
  }

  card(customer: string): CustomerCard | undefined {
    return this.#customers.get(customer);
  }

  close(): void {
    for (const end of this.#endings) end();
    this.#batch?.();
  }

  #count(id: string): void {
    if (this.#seenMessages.has(id)) return;
    const message = this.#cloud.outbox.get(id);
    if (message === undefined) return;
    this.#seenMessages.add(id);
    if (message.journey !== undefined) this.#total(message.journey).sent += 1;
  }

  #note(id: string): void {
    this.#changed.add(id);
    if (!this.#isReading) this.#batch ??= this.#timers.after(BATCH_MILLIS, () => void this.#read());
  }

  async #read(): Promise<void> {
    this.#batch = undefined;
    this.#isReading = true;
    const ids = [...this.#changed];
    this.#changed.clear();
    try {
      for (let first = 0; first < ids.length; first += READS_AT_A_TIME) {
        const part = ids.slice(first, first + READS_AT_A_TIME);
        const documents = await Promise.all(part.map((id) => this.#cloud.customers.document(id)));
        for (const [index, id] of part.entries()) this.#take(id, documents[index]);
      }
    } catch (error) {
      this.#onFault(error);
    }
    this.#isReading = false;
    if (ids.length > 0) this.#onUpdate();
    if (this.#changed.size > 0) this.#batch = this.#timers.after(BATCH_MILLIS, () => void this.#read());
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
