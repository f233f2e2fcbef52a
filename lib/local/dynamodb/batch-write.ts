// BatchWriteItem: several puts and deletions, each by itself, asked for at once.
import { isObject, type JsonObject } from '../asl/json.ts';
import type { Commits, ItemChange } from './commits.ts';
import type { Embedded, EmbeddedAnswer } from './embedded.ts';
import { keysOf, type Item } from './item.ts';
import type { LocalTable } from './local-table.ts';
import type { Locks } from './locks.ts';
import { lockName, storedItem, type Writes } from './writes.ts';

export interface BatchWritePorts {
  readonly embedded: Embedded;
  readonly locks: Locks;
  readonly commits: Commits;
  readonly writes: Writes;
  readonly find: (table: string) => LocalTable | undefined;
}

interface Request {
  readonly table: LocalTable;
  readonly lock: string;
  /** The item, or its key. */
  readonly item: Item;
  readonly isPut: boolean;
}

export async function batchWrite(
  { embedded, locks, commits, writes, find }: BatchWritePorts,
  input: JsonObject,
): Promise<EmbeddedAnswer> {
  const requests = requestsOf(input, find);
  if (requests === undefined) return writes.refused('BatchWriteItem', input);
  return locks.shared(() =>
    locks.onItems([...new Set(requests.map(({ lock }) => lock))], async () => {
      const before = await Promise.all(requests.map((request) => present(embedded, request)));
      const answer = await embedded.call('BatchWriteItem', input);
      if (answer.status !== 200) return answer;
      const changes = requests.map(async ({ table, item, isPut }, index): Promise<ItemChange> => {
        const newImage = isPut ? await storedItem(embedded, table, item) : undefined;
        const oldImage = before[index];
        return { table, keys: keysOf(newImage ?? oldImage ?? item, table.keyNames), oldImage, newImage };
      });
      commits.commit(await Promise.all(changes));
      return answer;
    }),
  );
}

/** undefined: some of it can only be refused, and with it all. */
function requestsOf(
  { RequestItems: byTable }: JsonObject,
  find: (table: string) => LocalTable | undefined,
): readonly Request[] | undefined {
  if (!isObject(byTable)) return undefined;
  const all: Request[] = [];
  for (const [name, requests] of Object.entries(byTable)) {
    const table = find(name);
    if (table === undefined || !Array.isArray(requests)) return undefined;
    for (const request of requests as readonly unknown[]) {
      if (!isObject(request)) return undefined;
      const { PutRequest: put, DeleteRequest: deletion } = request;
      const item = isObject(put) ? put['Item'] : isObject(deletion) ? deletion['Key'] : undefined;
      const lock = lockName(table, item);
      if (lock === undefined) return undefined;
      all.push({ table, lock, item: item as Item, isPut: isObject(put) });
    }
  }
  return all.length === 0 ? undefined : all;
}

/** undefined as well where the key is none of this table: the batch itself will be refused. */
async function present(embedded: Embedded, { table, item }: Request): Promise<Item | undefined> {
  const { status, body } = await embedded.call('GetItem', {
    TableName: table.name,
    Key: keysOf(item, table.keyNames),
  });
  return status === 200 ? (JSON.parse(body) as { readonly Item?: Item }).Item : undefined;
}
