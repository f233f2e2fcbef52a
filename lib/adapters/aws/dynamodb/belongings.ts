/**
 * What the table keeps of a customer beside the document: the other items of the customer's own partition, and items elsewhere that are
 * found by an id which is not theirs (a device, a provider's message id). Of each of these a pointer lies in the partition.
 */
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  QueryCommand,
  type AttributeValue,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, DOCUMENT_SORT_KEY, KEYS } from '#lib/contracts/profiles-table.ts';
import { Fault } from '#lib/contracts/faults.ts';
import type { Belongings } from '#lib/engine/ports.ts';
import { answered, unlessRefuted, type ProfilesTable } from './table.ts';

/**
 * What one request may delete.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 */
const MOST_AT_ONCE = 25;
/** DynamoDB does a part of a batch where it has no room for all; after so many parts in a row the whole is tried again later. */
const MOST_PARTS = 10;

const POINTS_TO = 'pointsTo';
/** Attribute of an item elsewhere: the customer whose it is. */
export const OWNER = 'owner';

type Item = Record<string, AttributeValue>;

/**
 * The item that lets `belongings` find one elsewhere, whose key this is. Written before it: a pointer to nothing does no harm.
 * `expires` as that item has it.
 */
export function pointerTo(customer: string, partition: string, sort: string, expires?: AttributeValue): Item {
  return {
    [ATTRIBUTES.partition]: { S: KEYS.customer(customer) },
    [ATTRIBUTES.sort]: { S: KEYS.pointer(partition) },
    [POINTS_TO]: { S: sort },
    ...(expires !== undefined && { [ATTRIBUTES.expires]: expires }),
  };
}

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createBelongings(table: ProfilesTable): Belongings {
  const { client, name } = table;

  async function removeElsewhere(customer: string, item: Item): Promise<void> {
    const partition = item[ATTRIBUTES.sort]?.S?.slice(KEYS.pointer('').length) ?? '';
    const sort = item[POINTS_TO]?.S ?? '';
    // A device may be somebody else's by now.
    await unlessRefuted(
      client.send(
        new DeleteItemCommand({
          TableName: name,
          Key: { [ATTRIBUTES.partition]: { S: partition }, [ATTRIBUTES.sort]: { S: sort } },
          ConditionExpression: '#owner = :customer',
          ExpressionAttributeNames: { '#owner': OWNER },
          ExpressionAttributeValues: { ':customer': { S: customer } },
        }),
      ),
    );
  }

  async function removeAll(items: readonly Item[]): Promise<void> {
    let left: WriteRequest[] = items.map((item) => ({ DeleteRequest: { Key: keyOf(item) } }));
    for (let part = 0; left.length > 0; part += 1) {
      if (part === MOST_PARTS)
        throw new Fault(
          'TableUnavailable',
          'DynamoDB has no room for the deletions; they should be tried again later',
        );
      const { UnprocessedItems: rest = {} } = await answered(
        client.send(new BatchWriteItemCommand({ RequestItems: { [name]: left } })),
      );
      left = rest[name] ?? [];
    }
  }

  return {
    async remove(customer) {
      let from: Item | undefined;
      do {
        const { Items: items = [], LastEvaluatedKey: last } = await answered(
          client.send(
            new QueryCommand({
              TableName: name,
              ConsistentRead: true,
              KeyConditionExpression: '#pk = :customer',
              ProjectionExpression: '#pk, #sk, #to',
              ExpressionAttributeNames: {
                '#pk': ATTRIBUTES.partition,
                '#sk': ATTRIBUTES.sort,
                '#to': POINTS_TO,
              },
              ExpressionAttributeValues: { ':customer': { S: KEYS.customer(customer) } },
              Limit: MOST_AT_ONCE,
              ExclusiveStartKey: from,
            }),
          ),
        );
        const others = items.filter((item) => item[ATTRIBUTES.sort]?.S !== DOCUMENT_SORT_KEY);
        for (const item of others) if (item[POINTS_TO] !== undefined) await removeElsewhere(customer, item);
        // The pointer goes last: whoever dies in between finds it again.
        await removeAll(others);
        from = last;
      } while (from !== undefined);
    },
  };
}

function keyOf(item: Item): Item {
  const { [ATTRIBUTES.partition]: partition = { S: '' }, [ATTRIBUTES.sort]: sort = { S: '' } } = item;
  return { [ATTRIBUTES.partition]: partition, [ATTRIBUTES.sort]: sort };
}
