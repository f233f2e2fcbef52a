// Counts what a client asks of the table, and what it costs: for the page of costs, and for tests that hold the counts to their
// promise. It listens to the client's own calls; nothing of it is in what is deployed.
import type { AttributeValue, ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES } from '#lib/contracts/profiles-table.ts';
import { indexWrites, type StoredItem } from './item-size.ts';

export interface TableOperations {
  /** `GetItem DOC` → how often: the operation, and the sort key up to its first `#`, or the index. */
  readonly calls: Readonly<Record<string, number>>;
  /** Conditional writes that were refused; they are in `calls` too. */
  readonly refuted: number;
  readonly readUnits: number;
  /** Of the table. A write that was refused costs at least one as well, and is not in it. */
  readonly writeUnits: number;
  /** Of both indexes, as far as items are put whole. */
  readonly indexUnits: number;
}

/** As the client's calls have fields for it; all are plain requests. */
interface Request {
  ReturnConsumedCapacity?: string;
  readonly IndexName?: string;
  readonly Item?: StoredItem;
  readonly Key?: StoredItem;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys?: readonly StoredItem[] }>>;
}

/** Counts from now on. The answer of the function is what was counted since the last time it was asked. */
export function countOperations(client: DynamoDBClient): () => TableOperations {
  let counted = nothing();
  const items = new Map<string, StoredItem>();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const request = args.input as Request;
      request.ReturnConsumedCapacity = 'TOTAL';
      const operation = (context['commandName'] ?? '').replace(/Command$/, '');
      const name = `${operation} ${subjectOf(request)}`;
      counted.calls[name] = (counted.calls[name] ?? 0) + 1;
      try {
        const answer = await next(args);
        const units = unitsOf(answer.output as { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] });
        if (operation === 'PutItem' || operation === 'UpdateItem') counted.writeUnits += units;
        else counted.readUnits += units;
        if (request.Item !== undefined) {
          const key = keyOf(request.Item);
          counted.indexUnits += indexWrites(items.get(key), request.Item);
          items.set(key, request.Item);
        }
        return answer;
      } catch (error) {
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException') counted.refuted += 1;
        throw error;
      }
    },
    { step: 'initialize', name: 'countOperations' },
  );
  return () => {
    const before = counted;
    counted = nothing();
    return before;
  };
}

function nothing() {
  return { calls: {} as Record<string, number>, refuted: 0, readUnits: 0, writeUnits: 0, indexUnits: 0 };
}

function unitsOf({
  ConsumedCapacity: consumed = [],
}: {
  ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
}) {
  const all = Array.isArray(consumed) ? consumed : [consumed];
  return all.reduce((sum, { CapacityUnits: units = 0 }) => sum + units, 0);
}

function subjectOf({
  IndexName: index,
  Item,
  Key,
  RequestItems,
  ExpressionAttributeValues,
}: Request): string {
  if (index !== undefined) return index;
  const [batch] = Object.values(RequestItems ?? {});
  const sort = (Item ?? Key ?? batch?.Keys?.[0])?.[ATTRIBUTES.sort]?.S;
  // A query names its sort key in a value: `T#` of the timeline, `SWITCH#` of the switches.
  const asked = Object.values(ExpressionAttributeValues ?? {}).find(({ S: text }) => text?.endsWith('#'))?.S;
  return (sort ?? asked ?? '').split('#')[0] ?? '';
}

function keyOf(item: StoredItem): string {
  return `${item[ATTRIBUTES.partition]?.S} ${item[ATTRIBUTES.sort]?.S}`;
}
