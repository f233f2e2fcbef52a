// Everything that matters of the tables, for a snapshot of the journal, while they are worked with.
import type { Json } from '../asl/json.ts';
import type { Commits } from './commits.ts';
import { keysOf, type Item } from './item.ts';
import type { LocalTable } from './local-table.ts';
import type { Locks } from './locks.ts';
import type { RestoredTables } from './restored-tables.ts';
import type { TableRegister } from './table-register.ts';
import { asJson } from './tables-journal.ts';
import type { Transactions } from './transactions.ts';

export async function* tablesSnapshot(
  register: TableRegister,
  commits: Commits,
  transactions: Transactions,
  restored: RestoredTables,
  locks: Locks,
): AsyncGenerator<Json, void> {
  yield asJson({ kind: 'sequence', last: commits.last });
  for (const token of transactions.tokens()) yield asJson({ kind: 'written', at: 0, items: [], token });
  // First those that are not in the database yet: one that gets there meanwhile is told twice, and not missed.
  for (const { table, images } of restored.all()) {
    yield* settingsOf(table);
    for (const image of images) yield imageRecord(table, image);
  }
  for (const table of register.all()) {
    yield* settingsOf(table);
    // Each page is read between two pieces of work, so that nothing of it is a write that has been taken back since.
    const pages = register.pages(table.name);
    for (let page = await locks.shared(() => pages.next()); page.done !== true;) {
      await locks.written();
      for (const image of page.value) yield imageRecord(table, image);
      page = await locks.shared(() => pages.next());
    }
  }
}

/** Of one moment. */
function settingsOf({ definition, name, stream }: LocalTable): readonly Json[] {
  return [
    asJson({ kind: 'table', definition }),
    asJson({ kind: 'trimmed', table: name, through: stream?.trimmed ?? 0 }),
    ...(stream?.kept() ?? []).map(({ number, change }) =>
      asJson({ kind: 'streamed', table: name, number, change }),
    ),
  ];
}

function imageRecord({ name, keyNames }: LocalTable, image: Item): Json {
  return asJson({
    kind: 'written',
    at: 0,
    items: [{ table: name, keys: keysOf(image, keyNames), image }],
  });
}
