// What the journal tells of tables at the start: it is put together here, and becomes tables of the database when all of it is known.
import type { Json, JsonObject } from '../asl/json.ts';
import { addToStream, type Commits } from './commits.ts';
import { keyText, type Item } from './item.ts';
import type { LocalTable } from './local-table.ts';
import type { TableRegister } from './table-register.ts';
import { tablesRecord } from './tables-journal.ts';
import type { TableDefinition } from './table-definition.ts';
import type { Transactions } from './transactions.ts';

interface Restored {
  readonly table: LocalTable;
  readonly images: Map<string, Item>;
}

export class RestoredTables {
  readonly #register: TableRegister;
  readonly #commits: Commits;
  readonly #transactions: Transactions;
  readonly #tables = new Map<string, Restored>();

  constructor(register: TableRegister, commits: Commits, transactions: Transactions) {
    this.#register = register;
    this.#commits = commits;
    this.#transactions = transactions;
  }

  get isEmpty(): boolean {
    return this.#tables.size === 0;
  }

  /** Those that are not in the database yet. */
  all(): readonly { readonly table: LocalTable; readonly images: Iterable<Item> }[] {
    return [...this.#tables.values()].map(({ table, images }) => ({ table, images: images.values() }));
  }

  /** A record of the journal; one that was told before changes nothing. */
  take(json: Json): void {
    const record = tablesRecord.parse(json);
    switch (record.kind) {
      case 'table': {
        const { definition } = record;
        const known = this.#tables.get(definition.name);
        if (known !== undefined) known.table.define(definition);
        else
          this.#tables.set(definition.name, { table: this.#register.declare(definition), images: new Map() });
        return;
      }
      case 'dropped':
        this.#tables.delete(record.table);
        return;
      case 'written':
        for (const written of record.items) {
          this.#commits.reached(written.streamed?.number ?? 0);
          const restored = this.#tables.get(written.table);
          if (restored === undefined) continue;
          const { table, images } = restored;
          const key = keyText(written.keys, table.keyNames) ?? '';
          if (written.image === undefined) images.delete(key);
          else images.set(key, written.image);
          if (table.stream !== undefined) addToStream(table.stream, written, record.at);
        }
        if (record.token !== undefined) this.#transactions.remember(record.token);
        return;
      case 'trimmed':
        this.#tables.get(record.table)?.table.stream?.forget(record.through);
        return;
      case 'streamed':
        this.#tables.get(record.table)?.table.stream?.add(record.number, record.change);
        return;
      case 'sequence':
        this.#commits.reached(record.last);
        return;
    }
  }

  /** Makes the table of the journal, as the template has it by now. @returns undefined: the journal knows none of this name. */
  async become(definition: TableDefinition): Promise<LocalTable | undefined> {
    const restored = this.#tables.get(definition.name);
    if (restored === undefined) return undefined;
    this.#tables.delete(definition.name);
    const { table, images } = restored;
    const before = table.definition;
    if (keysIn(before) !== keysIn(definition))
      throw new Error(
        `The kept table "${definition.name}" has the keys ${keysIn(before)}, and the template gives it ${keysIn(definition)}: its items do not fit. Start with another folder.`,
      );
    const sameStream = before.streamViewType === definition.streamViewType;
    const { streamSince: _, ...rest } = definition;
    const since = sameStream ? before.streamSince : definition.streamSince;
    const merged = {
      ...rest,
      ...(since !== undefined && { streamSince: since }),
      createdAt: before.createdAt,
      tags: { ...before.tags, ...definition.tags },
    };
    if (JSON.stringify(merged) !== JSON.stringify(before)) this.#register.redefine(table, merged);
    await this.#register.load(table, images.values());
    return table;
  }

  /** Makes all tables that nobody has asked for: those that clients have created. */
  async becomeAll(): Promise<void> {
    const all = [...this.#tables.values()];
    this.#tables.clear();
    for (const { table, images } of all) await this.#register.load(table, images.values());
  }
}

/** `pk ("S"), sk ("S")` */
function keysIn({ keyNames, input }: TableDefinition): string {
  const attributes = (input['AttributeDefinitions'] ?? []) as readonly JsonObject[];
  const typeOf = (name: string) =>
    attributes.find(({ AttributeName: one }) => one === name)?.['AttributeType'];
  return keyNames.map((name) => `${name} (${JSON.stringify(typeOf(name))})`).join(', ');
}
