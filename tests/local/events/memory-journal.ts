// A journal that a test can look into, and give to the next process.
import type { Json } from '#lib/local/asl/json.ts';
import type { Journal, JournalPart } from '#lib/local/journal/journal.ts';

export interface JournalRecord {
  readonly part: string;
  readonly record: Json;
}

export interface MemoryJournal extends Journal {
  readonly records: readonly JournalRecord[];
  /** As after a restart: once with the records, and once again, which must make no difference. */
  restore(records: readonly JournalRecord[]): Promise<void>;
}

export function createMemoryJournal(): MemoryJournal {
  const parts = new Map<string, JournalPart>();
  const records: JournalRecord[] = [];
  return {
    register: (part) => void parts.set(part.name, part),
    // As text, which is what a disk would keep.
    append: (part, record) => void records.push({ part, record: JSON.parse(JSON.stringify(record)) as Json }),
    records,
    restore: async (given) => {
      for (const { part, record } of [...given, ...given]) await parts.get(part)?.restore(record);
    },
  };
}
