// What a world keeps of customers beside their documents: enough to see whether anything is left of whoever was erased.
import type { Belongings, ConsentLedger, Timeline } from '#lib/engine/ports.ts';
import type { Invocation } from './invocation.ts';

export class WorldBelongings implements Belongings {
  readonly #kept = new Map<string, Set<string>>();

  add(customer: string, what: string): void {
    const kept = this.#kept.get(customer) ?? new Set();
    this.#kept.set(customer, kept.add(what));
  }

  of(customer: string): readonly string[] {
    return [...(this.#kept.get(customer) ?? [])];
  }

  remove(customer: string): Promise<void> {
    this.#kept.delete(customer);
    return Promise.resolve();
  }
}

/** What an invocation writes beside documents, each write a moment in which it may die. */
export function portsBeside(
  invocation: Invocation,
  belongings: WorldBelongings,
  ledger: ConsentLedger,
): { readonly timeline: Timeline; readonly ledger: ConsentLedger; readonly belongings: Belongings } {
  return {
    timeline: {
      append: ({ customer, revision }) =>
        invocation.call(() => belongings.add(customer, `timeline ${revision}`)),
    },
    ledger: {
      append: async (customer, entries) =>
        await invocation.call(() => {
          if (entries.length > 0) belongings.add(customer, 'ledger');
          return ledger.append(customer, entries);
        }),
      read: (customer) => ledger.read(customer),
    },
    belongings: { remove: async (customer) => await invocation.call(() => belongings.remove(customer)) },
  };
}
