/** Every customer document of a table, one part of the customers after the other. */
import { BatchGetItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { CUSTOMER_SHARDS } from '#lib/contracts/profiles-table.ts';
import { createCustomerList } from './customers.ts';
import { documentKey } from './document-item.ts';
import { answered, type ProfilesTable } from './table.ts';

/** Documents that one request may ask for (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const IN_REQUEST = 100;
/** Parts read side by side: some 8,000 documents a second at half a read unit each, a third of what a new table on demand can be asked for. */
const SIDE_BY_SIDE = 4;
/** Requests for what DynamoDB has left out of its answer, before the table is taken to be out of reach. */
const MOST_REQUESTS = 10;

/**
 * Hands on every document, as it is stored. `onShard` is told how many of all parts are done. Throws the faults `TableUnavailable` and
 * `TableRefused`, and whatever `read` throws.
 */
export async function readEveryDocument(
  table: ProfilesTable,
  read: (item: Record<string, AttributeValue>) => void,
  onShard: (done: number, all: number) => void,
): Promise<void> {
  const left = [...CUSTOMER_SHARDS];
  let done = 0;
  const readNext = async (): Promise<void> => {
    for (let shard = left.shift(); shard !== undefined; shard = left.shift()) {
      await readShard(table, shard, read);
      done += 1;
      onShard(done, CUSTOMER_SHARDS.length);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, readNext));
}

async function readShard(
  table: ProfilesTable,
  shard: string,
  read: (item: Record<string, AttributeValue>) => void,
): Promise<void> {
  const list = createCustomerList(table);
  let after: string | undefined;
  do {
    const customers = await list.list(shard, after, IN_REQUEST);
    for (const item of await items(table, customers)) read(item);
    after = customers.length < IN_REQUEST ? undefined : customers.at(-1);
  } while (after !== undefined);
}

async function items(
  { client, name }: ProfilesTable,
  customers: readonly string[],
): Promise<readonly Record<string, AttributeValue>[]> {
  const found: Record<string, AttributeValue>[] = [];
  let keys = customers.map(documentKey);
  for (let request = 0; keys.length > 0; request += 1) {
    if (request === MOST_REQUESTS) throw new Error('DynamoDB leaves out documents again and again');
    const { Responses: responses, UnprocessedKeys: unprocessed } = await answered(
      client.send(new BatchGetItemCommand({ RequestItems: { [name]: { Keys: keys } } })),
    );
    found.push(...(responses?.[name] ?? []));
    keys = unprocessed?.[name]?.Keys ?? [];
  }
  return found;
}
