/**
 * Who is in which version: asked of every customer document, because there is no other place that cannot be wrong. By the index of
 * customers and not by a scan, which would read (and pay for) timelines as well.
 */
import { BatchGetItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { versionKey } from '#lib/contracts/ids.ts';
import { CUSTOMER_SHARDS } from '#lib/contracts/profiles-table.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { createCustomerList } from './customers.ts';
import { documentKey, readDocumentImage } from './document-item.ts';
import { answered, type ProfilesTable } from './table.ts';

/** Customers by version key. */
export interface CustomersByVersion {
  /** With a run in it. */
  readonly inside: ReadonlyMap<string, number>;
  /** Whose goal can still be reached: after the run, or held out. */
  readonly goals: ReadonlyMap<string, number>;
}

/** Documents that one request may ask for (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const IN_REQUEST = 100;
/** Parts read side by side: some 8,000 documents a second at half a read unit each, a third of what a new table on demand can be asked for. */
const SIDE_BY_SIDE = 4;
/** Requests for what DynamoDB has left out of its answer, before the table is taken to be out of reach. */
const MOST_REQUESTS = 10;

/**
 * Reads every document. `onShard` is told how many of all parts are done. Eventually consistent reads: they cost half, and whoever
 * entered a moment ago entered the newest version.
 * Throws the faults `TableUnavailable`, `TableRefused` and `DocumentNotUnderstood`: of a document that cannot be read nobody knows where
 * its customer is.
 */
export async function customersByVersion(
  table: ProfilesTable,
  onShard: (done: number, all: number) => void,
): Promise<CustomersByVersion> {
  const counts = { inside: new Map<string, number>(), goals: new Map<string, number>() };
  const left = [...CUSTOMER_SHARDS];
  let done = 0;
  const readNext = async (): Promise<void> => {
    for (let shard = left.shift(); shard !== undefined; shard = left.shift()) {
      await readShard(table, shard, (document) => countIn(counts, document));
      done += 1;
      onShard(done, CUSTOMER_SHARDS.length);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, readNext));
  return counts;
}

async function readShard(
  table: ProfilesTable,
  shard: string,
  read: (document: CustomerDocument) => void,
): Promise<void> {
  const list = createCustomerList(table);
  let after: string | undefined;
  do {
    const customers = await list.list(shard, after, IN_REQUEST);
    for (const item of await items(table, customers)) read(readDocumentImage(item));
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

function countIn(
  counts: { readonly inside: Map<string, number>; readonly goals: Map<string, number> },
  { runs, watched }: CustomerDocument,
): void {
  for (const key of new Set(Object.values(runs).map(keyOf))) add(counts.inside, key);
  for (const key of new Set(Object.values(watched).map(keyOf))) add(counts.goals, key);
}

function keyOf({ journey, version }: { readonly journey: string; readonly version: string }): string {
  return versionKey(journey, version);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
