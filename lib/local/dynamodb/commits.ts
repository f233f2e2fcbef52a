// What every write comes to in the end: it is written down, then it is told to the streams, to the sweep and to whoever listens.
import type { Journal } from '../journal/journal.ts';
import type { Clock } from '../clock.ts';
import type { ChangeStream, StreamedChange } from './change-stream.ts';
import { isSameItem, keyText, type Item } from './item.ts';
import type { LocalTable } from './local-table.ts';
import { asJson, type WrittenItem } from './tables-journal.ts';

/** Name of the tables' part of the journal. */
export const PART = 'tables';

export interface ItemChange {
  readonly table: LocalTable;
  readonly keys: Item;
  readonly oldImage: Item | undefined;
  readonly newImage: Item | undefined;
  readonly isExpiry?: boolean;
}

export interface TableChange {
  readonly table: string;
  readonly keys: Item;
  readonly oldImage?: Item;
  readonly newImage?: Item;
}

/** Of a transaction: its token, and what it asked for. */
export interface TransactionToken {
  readonly text: string;
  readonly fingerprint: string;
}

export class Commits {
  readonly #journal: Journal;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #listeners = new Set<(change: TableChange) => void>();
  readonly #onCommit: () => void;
  /** The number that a stream has given last; all streams share the count, so that it never goes back. */
  #last = 0;

  constructor(journal: Journal, clock: Pick<Clock, 'now'>, onCommit: () => void) {
    this.#journal = journal;
    this.#clock = clock;
    this.#onCommit = onCommit;
  }

  get last(): number {
    return this.#last;
  }

  reached(number: number): void {
    this.#last = Math.max(this.#last, number);
  }

  onChange(listener: (change: TableChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Changes that were made together. A write that changes nothing leaves no trace, as on AWS.
   * @throws what the journal throws; the change must not be acknowledged then.
   */
  commit(changes: readonly ItemChange[], token?: TransactionToken): void {
    const real = changes.filter(({ oldImage, newImage }) => !isSameItem(oldImage, newImage));
    if (real.length === 0 && token === undefined) return;
    const at = Math.floor(this.#clock.now() / 1000);
    const items = real.map((change): WrittenItem => {
      const { table, keys, newImage } = change;
      const { stream } = table;
      return {
        table: table.name,
        keys,
        ...(newImage && { image: newImage }),
        ...(stream && { streamed: this.#streamed(change, stream) }),
      };
    });
    this.#journal.append(PART, asJson({ kind: 'written', at, items, ...(token && { token }) }));
    const streams = new Set<ChangeStream>();
    for (const [index, change] of real.entries()) {
      const written = items[index];
      const { table, keys, oldImage, newImage } = change;
      table.note(keyText(keys, table.keyNames) ?? '', keys, oldImage, newImage);
      if (table.stream === undefined || written === undefined) continue;
      addToStream(table.stream, written, at);
      streams.add(table.stream);
    }
    for (const stream of streams) stream.announce();
    for (const { table, keys, oldImage, newImage } of real)
      for (const listener of this.#listeners)
        listener({
          table: table.name,
          keys,
          ...(oldImage && { oldImage }),
          ...(newImage && { newImage }),
        });
    this.#onCommit();
  }

  #streamed(
    { oldImage, newImage, isExpiry = false }: ItemChange,
    stream: ChangeStream,
  ): NonNullable<WrittenItem['streamed']> {
    this.#last += 1;
    return {
      number: this.#last,
      eventName: oldImage === undefined ? 'INSERT' : newImage === undefined ? 'REMOVE' : 'MODIFY',
      ...(oldImage && stream.shows('OLD') && { old: oldImage }),
      isExpiry,
    };
  }
}

/** Adds what was written to the table's stream; once, however often it is told. */
export function addToStream(stream: ChangeStream, { keys, image, streamed }: WrittenItem, at: number): void {
  if (streamed === undefined) return;
  const { number, eventName, old, isExpiry } = streamed;
  const change: StreamedChange = {
    eventName,
    keys,
    ...(image && stream.shows('NEW') && { newImage: image }),
    ...(old && { oldImage: old }),
    isExpiry,
    at,
  };
  stream.add(number, change);
}
