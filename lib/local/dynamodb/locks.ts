// Who may work on the tables at the same time. A transaction works alone, so nobody sees half of it; writes to one item follow each other;
// everything else goes side by side.

export class Locks {
  /** Ends of the writes under way, by item. */
  readonly #items = new Map<string, Promise<void>>();
  #shared = 0;
  /** End of the last work that was asked to be done alone. */
  #alone: Promise<void> | undefined;
  #whenNobodyShares: (() => void) | undefined;

  /** Work beside others. */
  async shared<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone !== undefined) await this.#alone;
    this.#shared += 1;
    try {
      return await work();
    } finally {
      this.#shared -= 1;
      if (this.#shared === 0) this.#whenNobodyShares?.();
    }
  }

  /** Work while nothing else is done; what comes later waits. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#alone;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (before ?? Promise.resolve()).then(() => promise);
    this.#alone = end;
    try {
      await before;
      if (this.#shared > 0)
        await new Promise<void>((free) => {
          this.#whenNobodyShares = free;
        });
      this.#whenNobodyShares = undefined;
      return await work();
    } finally {
      resolve();
      if (this.#alone === end) this.#alone = undefined;
    }
  }

  /** Work on items, within `shared`: after whatever was begun earlier on one of them. All are asked for at once, so nobody waits in a circle. */
  async onItems<T>(items: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = items.flatMap((item) => this.#items.get(item) ?? []);
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const item of items) this.#items.set(item, promise);
    try {
      if (before.length > 0) await Promise.all(before);
      return await work();
    } finally {
      for (const item of items) if (this.#items.get(item) === promise) this.#items.delete(item);
      resolve();
    }
  }

  /**
   * After a read: until the writes under way are over, of which it may have seen what is not in the journal yet.
   * @param item all of them, if not given.
   */
  async written(item?: string): Promise<void> {
    if (this.#items.size === 0) return;
    await (item === undefined ? Promise.all(this.#items.values()) : this.#items.get(item));
  }
}
