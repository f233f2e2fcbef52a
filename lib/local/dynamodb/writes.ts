// Operations that write items: the database behind the front decides and writes; here the images before and after are learnt.
import { isObject, type JsonObject } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Commits, ItemChange } from './commits.ts';
import { succeed, type Embedded, type EmbeddedAnswer } from './embedded.ts';
import { isStoredVerbatim, keysOf, requestedKeyText, type Item } from './item.ts';
import type { LocalTable } from './local-table.ts';
import type { Locks } from './locks.ts';

export type WriteOperation = 'PutItem' | 'UpdateItem' | 'DeleteItem';

export interface Written {
  readonly answer: EmbeddedAnswer;
  /** Missing: it was refused. */
  readonly change?: ItemChange;
}

/** @param requested the item, or its key, as a client wrote it. @returns undefined: it is no key of the table. */
export function lockName(table: LocalTable, requested: unknown): string | undefined {
  const key = requestedKeyText(requested, table.keyNames);
  return key === undefined ? undefined : `${table.name} ${key}`;
}

/** The item as it is stored. */
export async function storedItem(
  embedded: Embedded,
  table: LocalTable,
  key: Item,
): Promise<Item | undefined> {
  const found = await succeed(embedded, 'GetItem', {
    TableName: table.name,
    Key: keysOf(key, table.keyNames),
    ConsistentRead: true,
  });
  return (found as { readonly Item?: Item }).Item;
}

/** PutItem, UpdateItem, DeleteItem: one item, alone. */
export class Writes {
  readonly #embedded: Embedded;
  readonly #locks: Locks;
  readonly #commits: Commits;

  constructor(embedded: Embedded, locks: Locks, commits: Commits) {
    this.#embedded = embedded;
    this.#locks = locks;
    this.#commits = commits;
  }

  /** @param table undefined: there is none of this name, which the database will say. */
  async write(
    operation: WriteOperation,
    input: JsonObject,
    table: LocalTable | undefined,
  ): Promise<EmbeddedAnswer> {
    const showsItem = showsItemOnFailure(input);
    const key = input[operation === 'PutItem' ? 'Item' : 'Key'];
    const lock = table && lockName(table, key);
    if (table === undefined || lock === undefined) return this.refused(operation, input);
    return this.#locks.shared(() =>
      this.#locks.onItems([lock], async () => {
        const { answer, change } = await this.perform(operation, input, table);
        if (change !== undefined) this.#commits.commit([change]);
        else if (showsItem && isConditionFailure(answer)) {
          const item = await storedItem(this.#embedded, table, key as Item);
          if (item !== undefined)
            return {
              ...answer,
              body: JSON.stringify({ ...(JSON.parse(answer.body) as object), Item: item }),
            };
        }
        return answer;
      }),
    );
  }

  /** Deletes an item because it has expired, if it still has. */
  async expire(table: LocalTable, keys: Item, now: number): Promise<void> {
    const lock = lockName(table, keys);
    if (lock === undefined) return;
    await this.#locks.shared(() =>
      this.#locks.onItems([lock], async () => {
        const item = await storedItem(this.#embedded, table, keys);
        if (item === undefined || table.expiry?.isExpired(item, now) !== true) return;
        const { change } = await this.perform('DeleteItem', { TableName: table.name, Key: keys }, table);
        if (change !== undefined) this.#commits.commit([{ ...change, isExpiry: true }]);
      }),
    );
  }

  /** Writes, without locks and without a commit: for whoever has both. */
  async perform(operation: WriteOperation, input: JsonObject, table: LocalTable): Promise<Written> {
    return operation === 'UpdateItem' ? this.#update(input, table) : this.#replace(operation, input, table);
  }

  /** What names no table or no item can only be refused; the database has the words for it. */
  async refused(operation: string, input: JsonObject): Promise<EmbeddedAnswer> {
    const answer = await this.#embedded.call(operation, input);
    if (answer.status === 200)
      throw new Error(`${operation} was carried out for an item whose key was not understood.`);
    return answer;
  }

  /** The database tells what was there before; what is there now is what was asked for. */
  async #replace(
    operation: 'PutItem' | 'DeleteItem',
    input: JsonObject,
    table: LocalTable,
  ): Promise<Written> {
    const asked = input['ReturnValues'] ?? 'NONE';
    const isOurs = asked === 'NONE' || asked === 'ALL_OLD';
    const answer = await this.#embedded.call(
      operation,
      isOurs ? { ...input, ReturnValues: 'ALL_OLD' } : input,
    );
    if (answer.status !== 200) return { answer };
    const { Attributes: oldImage, ...rest } = JSON.parse(answer.body) as { readonly Attributes?: Item };
    const newImage = operation === 'PutItem' ? await this.#stored(input['Item'] as Item, table) : undefined;
    return {
      answer: asked === 'ALL_OLD' ? answer : { status: 200, body: JSON.stringify(rest) },
      change: {
        table,
        keys: keysOf(newImage ?? oldImage ?? (input['Key'] as Item), table.keyNames),
        oldImage,
        newImage,
      },
    };
  }

  async #update(input: JsonObject, table: LocalTable): Promise<Written> {
    const oldImage = await this.#before(input['Key'] as Item, table);
    const asked = input['ReturnValues'] ?? 'NONE';
    const answer = await this.#embedded.call(
      'UpdateItem',
      asked === 'NONE' ? { ...input, ReturnValues: 'ALL_NEW' } : input,
    );
    if (answer.status !== 200) return { answer };
    const { Attributes: attributes, ...rest } = JSON.parse(answer.body) as { readonly Attributes?: Item };
    const newImage =
      asked === 'NONE' || asked === 'ALL_NEW'
        ? attributes
        : await storedItem(this.#embedded, table, input['Key'] as Item);
    if (newImage === undefined) throw new Error('An update has left no item.');
    return {
      answer: asked === 'NONE' ? { status: 200, body: JSON.stringify(rest) } : answer,
      change: { table, keys: keysOf(newImage, table.keyNames), oldImage, newImage },
    };
  }

  /** undefined as well where the key is none of this table: the update itself will say so. */
  async #before(key: Item, table: LocalTable): Promise<Item | undefined> {
    const { status, body } = await this.#embedded.call('GetItem', { TableName: table.name, Key: key });
    return status === 200 ? (JSON.parse(body) as { readonly Item?: Item }).Item : undefined;
  }

  #stored(item: Item, table: LocalTable): Promise<Item | undefined> | Item {
    return isStoredVerbatim(item) ? item : storedItem(this.#embedded, table, item);
  }
}

/** @throws ServiceError ValidationException. */
export function showsItemOnFailure({
  ReturnValuesOnConditionCheckFailure: asked = 'NONE',
}: JsonObject): boolean {
  if (asked === 'NONE' || asked === null) return false;
  if (asked === 'ALL_OLD') return true;
  throw new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${JSON.stringify(asked)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
  );
}

/** Name and message of a refusal. */
export function refusalOf({ body }: EmbeddedAnswer): { readonly name: string; readonly message: string } {
  const parsed: unknown = JSON.parse(body);
  const { __type: type = '', message = '', Message: other = '' } = isObject(parsed) ? parsed : {};
  return { name: String(type).split('#').at(-1) ?? '', message: String(message || other) };
}

function isConditionFailure(answer: EmbeddedAnswer): boolean {
  return answer.status !== 200 && refusalOf(answer).name === 'ConditionalCheckFailedException';
}
