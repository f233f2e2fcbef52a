// A journal in memory, from which another cloud begins as after a kill.
import type { Json } from '#lib/local/asl/json.ts';
import type { Journal, JournalPart } from '#lib/local/journal/journal.ts';

export class MemoryJournal implements Journal {
  readonly #parts = new Map<string, JournalPart>();
  readonly #records: { readonly part: string; readonly text: string }[] = [];

  register(part: JournalPart): void {
    this.#parts.set(part.name, part);
  }

  append(part: string, record: Json): void {
    this.#records.push({ part, text: JSON.stringify(record) });
  }

  /** Tells another journal's parts everything; every record twice, because a snapshot may contain it already. */
  async restoreInto(other: MemoryJournal): Promise<void> {
    for (const { part, text } of this.#records)
      for (const once of [text, text]) {
        await other.#parts.get(part)?.restore(JSON.parse(once) as Json);
      }
    other.#records.push(...this.#records);
  }

  /** As after a snapshot that has taken the place of all records. */
  async snapshotInto(other: MemoryJournal): Promise<void> {
    for (const [name, part] of this.#parts)
      for await (const record of part.snapshot()) {
        await other.#parts.get(name)?.restore(JSON.parse(JSON.stringify(record)) as Json);
      }
  }
}
