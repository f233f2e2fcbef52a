// What an item of the table costs to write, by the rules of DynamoDB's price list.
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, type INDEXES } from '#lib/contracts/profiles-table.ts';

export type StoredItem = Readonly<Record<string, AttributeValue>>;

/**
 * Bytes of an item: names and values.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: StoredItem): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

function valueBytes({ S: text, N: number, B: bytes, M: map, L: list }: AttributeValue): number {
  if (text !== undefined) return Buffer.byteLength(text);
  // Two digits a byte, and one for the number itself.
  if (number !== undefined) return Math.ceil(number.length / 2) + 1;
  if (bytes !== undefined) return bytes.length;
  // Three for a map or list, and one for each of its elements.
  if (map !== undefined) return 3 + Object.keys(map).length + itemBytes(map);
  if (list !== undefined) return list.reduce((sum, value) => sum + 1 + valueBytes(value), 3);
  // Null and the truth values.
  return 1;
}

/** One unit for each KB, or part of one. */
export function writeUnits(item: StoredItem): number {
  return Math.ceil(itemBytes(item) / 1024);
}

/** Partition and sort attribute of each index. Both hold keys only, so that an entry is less than a KB. */
const INDEX_KEYS: Readonly<Record<keyof typeof INDEXES, readonly [string, string]>> = {
  look: [ATTRIBUTES.lookShard, ATTRIBUTES.lookAt],
  customers: [ATTRIBUTES.shard, ATTRIBUTES.partition],
};

/**
 * Writes of indexes that a write of the table brings with it: one for an entry that comes or goes, two for one that moves.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations
 */
export function indexWrites(before: StoredItem | undefined, after: StoredItem): number {
  let writes = 0;
  for (const [partition, sort] of Object.values(INDEX_KEYS)) {
    const entry = (item: StoredItem | undefined) =>
      item?.[partition]?.S === undefined ? undefined : `${item[partition].S} ${item[sort]?.S}`;
    const [was, is] = [entry(before), entry(after)];
    if (was === is) continue;
    writes += was === undefined || is === undefined ? 1 : 2;
  }
  return writes;
}
