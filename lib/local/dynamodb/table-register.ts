// The tables that there are, in the front and in the database behind it; and what a journal has told of them before they are there.
import type { Json } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { Timers } from '../time/timers.ts';
import { PART } from './commits.ts';
import { succeed, type Embedded, type EmbeddedAnswer } from './embedded.ts';
import { keysOf, keyText, type Item } from './item.ts';
import { LocalTable } from './local-table.ts';
import type { TableDefinition } from './table-definition.ts';
import { asJson, type TablesRecord } from './tables-journal.ts';

export class TableRegister {
  readonly #tables = new Map<string, LocalTable>();
  readonly #embedded: Embedded;
  readonly #journal: Journal;
  readonly #place: Place;
  readonly #timers: Timers;

  constructor(embedded: Embedded, journal: Journal, place: Place, timers: Timers) {
    this.#embedded = embedded;
    this.#journal = journal;
    this.#place = place;
    this.#timers = timers;
  }

  all(): readonly LocalTable[] {
    return [...this.#tables.values()];
  }

  find(name: string): LocalTable | undefined {
    return this.#tables.get(name);
  }

  /** @throws ServiceError ResourceNotFoundException. */
  get(name: string): LocalTable {
    const table = this.#tables.get(name);
    if (table !== undefined) return table;
    throw new ServiceError('ResourceNotFoundException', 'Requested resource not found');
  }

  /** Makes a table; a refusal is the answer. Only while nobody else works on tables. */
  async create(definition: TableDefinition): Promise<EmbeddedAnswer> {
    const answer = await this.#embedded.call('CreateTable', definition.input);
    if (answer.status !== 200) return answer;
    await this.#until(definition.name, 'ACTIVE');
    this.#tables.set(definition.name, this.declare(definition));
    this.#append({ kind: 'table', definition });
    return answer;
  }

  /** Makes a table that the journal knows already, with its items. */
  async load(table: LocalTable, images: Iterable<Item>): Promise<void> {
    const { definition } = table;
    await succeed(this.#embedded, 'CreateTable', definition.input);
    await this.#until(definition.name, 'ACTIVE');
    let some: Item[] = [];
    let calls: Promise<unknown>[] = [];
    const put = (): void => {
      const RequestItems = { [definition.name]: some.map((Item) => ({ PutRequest: { Item } })) };
      calls.push(succeed(this.#embedded, 'BatchWriteItem', { RequestItems }));
      some = [];
    };
    for (const image of images) {
      some.push(image);
      note(table, image);
      if (some.length === IN_BATCH) put();
      if (calls.length < LOADED_AT_ONCE) continue;
      await Promise.all(calls);
      calls = [];
    }
    if (some.length > 0) put();
    await Promise.all(calls);
    this.#tables.set(definition.name, table);
  }

  /** A table of which the database knows nothing yet. */
  declare(definition: TableDefinition): LocalTable {
    return new LocalTable(definition, this.#place, this.#timers, (table, through) =>
      this.#append({ kind: 'trimmed', table, through }),
    );
  }

  redefine(table: LocalTable, definition: TableDefinition): void {
    this.#append({ kind: 'table', definition });
    table.define(definition);
  }

  /** When the database has been told to delete it. */
  async drop({ name }: LocalTable): Promise<void> {
    await this.#until(name, undefined);
    this.#tables.delete(name);
    this.#append({ kind: 'dropped', table: name });
  }

  /** All items of a table, page by page. A page may be older than the next. */
  async *pages(name: string): AsyncGenerator<readonly Item[], void> {
    for (let from: Json | undefined = null; from !== undefined;) {
      const { status, body } = await this.#embedded.call('Scan', {
        TableName: name,
        Limit: PAGE_ITEMS,
        ...(from && { ExclusiveStartKey: from }),
      });
      // It was deleted meanwhile.
      if (status !== 200) return;
      const page = JSON.parse(body) as { readonly Items: readonly Item[]; readonly LastEvaluatedKey?: Json };
      yield page.Items;
      from = page.LastEvaluatedKey;
    }
  }

  /** Looks through a table for what expires, where another attribute says so. Only while nobody else works on tables. */
  async findExpiring(table: LocalTable): Promise<void> {
    const { expiry } = table;
    if (expiry === undefined) return;
    for await (const items of this.pages(table.name))
      for (const image of items) {
        const keys = keysOf(image, table.keyNames);
        expiry.update(keyText(keys, table.keyNames) ?? '', keys, undefined, image);
      }
  }

  #append(record: TablesRecord): void {
    this.#journal.append(PART, asJson(record));
  }

  /** The database changes a table's status by a timer of its own, of no length. undefined: until it is gone. */
  async #until(name: string, status: 'ACTIVE' | undefined): Promise<void> {
    for (;;) {
      const { status: code, body } = await this.#embedded.call('DescribeTable', { TableName: name });
      const { Table: table } = JSON.parse(body) as { readonly Table?: { readonly TableStatus: string } };
      if (code === 200 ? table?.TableStatus === status : status === undefined) return;
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
    }
  }
}

/** As many as a request may have: each is parsed and checked as a whole, which takes a third less than an item at a time. */
const IN_BATCH = 25;
/** Enough to keep the database busy. */
const LOADED_AT_ONCE = 8;

/** A page takes the database a few milliseconds, and others wait for no longer. */
const PAGE_ITEMS = 200;

function note(table: LocalTable, image: Item): void {
  const keys = keysOf(image, table.keyNames);
  table.note(keyText(keys, table.keyNames) ?? '', keys, undefined, image);
}
