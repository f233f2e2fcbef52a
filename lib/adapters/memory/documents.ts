// The table `profiles` in memory: customer documents, each written only by who saw its latest revision.
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { DocumentStore } from '#lib/engine/ports.ts';

/**
 * Documents by customer. Every commit is told to `changed`, as the stream of the real table tells the relay: at once,
 * in the order of the commits, and after the document can be loaded. `changed` must not throw and does not delay the
 * commit; whoever listens queues what follows.
 */
export class MemoryDocuments implements DocumentStore {
  readonly #documents = new Map<string, CustomerDocument>();
  readonly #changed: (document: CustomerDocument) => void;

  constructor(changed: (document: CustomerDocument) => void = () => {}) {
    this.#changed = changed;
  }

  load(customer: string): Promise<CustomerDocument | undefined> {
    return Promise.resolve(this.#documents.get(customer));
  }

  commit(document: CustomerDocument): Promise<'committed' | 'conflict'> {
    const stored = this.#documents.get(document.customer)?.revision ?? 0;
    if (document.revision !== stored + 1) return Promise.resolve('conflict');
    this.#documents.set(document.customer, document);
    this.#changed(document);
    return Promise.resolve('committed');
  }

  /** Number of customers. */
  get size(): number {
    return this.#documents.size;
  }

  /** Every document, in the order in which the customers were first heard of. */
  all(): Iterable<CustomerDocument> {
    return this.#documents.values();
  }
}
