// The consent ledger in memory.
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { ConsentLedger } from '#lib/engine/ports.ts';

export class MemoryConsentLedger implements ConsentLedger {
  /** Customer → when and id → entry. */
  readonly #entries = new Map<string, Map<string, LedgerEntry>>();

  append(customer: string, entries: readonly LedgerEntry[]): Promise<void> {
    const known = this.#entries.get(customer) ?? new Map<string, LedgerEntry>();
    this.#entries.set(customer, known);
    for (const entry of entries) {
      const key = `${entry.at}#${entry.id}`;
      if (!known.has(key)) known.set(key, entry);
    }
    return Promise.resolve();
  }

  read(customer: string): Promise<readonly LedgerEntry[]> {
    const known = [...(this.#entries.get(customer) ?? [])];
    return Promise.resolve(known.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry));
  }
}
