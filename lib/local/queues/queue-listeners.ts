// Who reads a queue and who only watches it. As long as something waits for a reader, time of the business waits as well.
import type { Cancel } from '../clock.ts';

export class QueueListeners {
  readonly #listeners = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  readonly #hold: () => () => void;
  readonly #isWorkWaiting: () => boolean;
  #holding: (() => void) | undefined;

  /**
   * @param hold lets time stand until what it returns is called.
   * @param isWorkWaiting whether there is anything for a reader, or on its way.
   */
  constructor(hold: () => () => void, isWorkWaiting: () => boolean) {
    this.#hold = hold;
    this.#isWorkWaiting = isWorkWaiting;
  }

  get isRead(): boolean {
    return this.#listeners.size > 0;
  }

  /** Of a reader: is told of each message that can be received. */
  onArrival(listener: () => void): Cancel {
    const listening = (): void => listener();
    this.#listeners.add(listening);
    this.holdIfNeeded();
    return () => {
      this.#listeners.delete(listening);
      this.holdIfNeeded();
    };
  }

  onChange(listener: () => void): Cancel {
    const watching = (): void => listener();
    this.#watchers.add(watching);
    return () => void this.#watchers.delete(watching);
  }

  tellArrival(): void {
    for (const listener of this.#listeners) listener();
  }

  tellChange(): void {
    this.holdIfNeeded();
    for (const watcher of this.#watchers) watcher();
  }

  /** Nobody reads any more. */
  dropReaders(): void {
    this.#listeners.clear();
  }

  holdIfNeeded(): void {
    if (this.isRead && this.#isWorkWaiting()) this.#holding ??= this.#hold();
    else {
      this.#holding?.();
      this.#holding = undefined;
    }
  }
}
