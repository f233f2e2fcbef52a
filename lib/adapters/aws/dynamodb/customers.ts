/** Customers by the table's indexes: all of them in parts, and those whom somebody should look at by now. */
import { QueryCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DueLook } from '#lib/contracts/deployment-clock.ts';
import { ATTRIBUTES, INDEXES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { CustomerList, LookIndex } from '#lib/engine/ports.ts';
import { documentKey } from './document-item.ts';
import { answered, type ProfilesTable } from './table.ts';

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createCustomerList(table: ProfilesTable): CustomerList {
  return {
    async list(shard, after, most) {
      const customers: string[] = [];
      // Behind all ids of the part, or behind one of them: `C#` stands before every hex digit.
      const start = { S: KEYS.customer(after ?? '') };
      let from: Record<string, AttributeValue> | undefined;
      do {
        const { Items: items = [], LastEvaluatedKey: last } = await answered(
          table.client.send(
            new QueryCommand({
              TableName: table.name,
              IndexName: INDEXES.customers,
              KeyConditionExpression: '#shard = :shard AND #pk > :after',
              ExpressionAttributeNames: { '#shard': ATTRIBUTES.shard, '#pk': ATTRIBUTES.partition },
              ExpressionAttributeValues: { ':shard': { S: shard }, ':after': start },
              Limit: most - customers.length,
              ExclusiveStartKey: from,
            }),
          ),
        );
        customers.push(...items.map(customerOf));
        from = last;
      } while (from !== undefined && customers.length < most);
      return customers;
    },
  };
}

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createLookIndex(table: ProfilesTable): LookIndex {
  return {
    async due(shard, upTo, after, most) {
      const due: DueLook[] = [];
      let from = after === undefined ? undefined : indexKey(shard, after);
      do {
        const { Items: items = [], LastEvaluatedKey: last } = await answered(
          table.client.send(
            new QueryCommand({
              TableName: table.name,
              IndexName: INDEXES.look,
              KeyConditionExpression: '#shard = :shard AND #at <= :upTo',
              ExpressionAttributeNames: { '#shard': ATTRIBUTES.lookShard, '#at': ATTRIBUTES.lookAt },
              ExpressionAttributeValues: { ':shard': { S: shard }, ':upTo': { S: upTo } },
              Limit: most - due.length,
              ExclusiveStartKey: from,
            }),
          ),
        );
        due.push(
          ...items.map((item) => ({
            at: (item[ATTRIBUTES.lookAt]?.S ?? '') as Instant,
            customer: customerOf(item),
          })),
        );
        from = last;
      } while (from !== undefined && due.length < most);
      return due;
    },
  };
}

/** Where an index stands at a customer: its own keys and those of the table. The item itself may be gone from it by now. */
function indexKey(shard: string, { at, customer }: DueLook): Record<string, AttributeValue> {
  return {
    ...documentKey(customer),
    [ATTRIBUTES.lookShard]: { S: shard },
    [ATTRIBUTES.lookAt]: { S: at },
  };
}

function customerOf(item: Record<string, AttributeValue>): string {
  return item[ATTRIBUTES.partition]?.S?.slice(KEYS.customer('').length) ?? '';
}
