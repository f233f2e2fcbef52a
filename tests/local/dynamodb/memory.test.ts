// What the database keeps in memory is about what was written: a laptop runs for days.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { openDynalite } from '#lib/local/dynamodb/embedded-dynalite.ts';
import { succeed } from '#lib/local/dynamodb/embedded.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const MEGABYTE = 1024 * 1024;

function heldBytes(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function openTable() {
  const embedded = openDynalite();
  await succeed(embedded, 'CreateTable', {
    TableName: 'things',
    AttributeDefinitions: ['id', 'part'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'id', KeyType: 'HASH' },
      { AttributeName: 'part', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  for (let status = ''; status !== 'ACTIVE';) {
    const answer = (await succeed(embedded, 'DescribeTable', { TableName: 'things' })) as {
      readonly Table: { readonly TableStatus: string };
    };
    status = answer.Table.TableStatus;
  }
  return {
    put: (id: string, text: string) =>
      succeed(embedded, 'PutItem', {
        TableName: 'things',
        Item: { id: { S: id }, part: { S: 'one' }, text: { S: text } },
      }),
    query: (id: string) =>
      succeed(embedded, 'Query', {
        TableName: 'things',
        KeyConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': { S: id } },
      }),
  };
}

/** Small buffers that live for a moment, as every request of HTTP has them. */
function passing(): void {
  for (let one = 0; one < 20; one += 1) Buffer.from('x'.repeat(3000));
}

describe('memory of the database', () => {
  it('is about what the items have, also while a process does other things between two writes', async () => {
    const { put } = await openTable();
    const before = heldBytes();
    for (let item = 0; item < 1000; item += 1) {
      await put(`item-${item}`, 'x'.repeat(300));
      passing();
    }
    // 0.3 MB of texts, and the keys and trees around them. Slices of common blocks would be 64 MB.
    expect(heldBytes() - before).toBeLessThan(8 * MEGABYTE);
  });

  it('has nothing of a query that is over, nor of what the item was then', async () => {
    const { put, query } = await openTable();
    const before = heldBytes();
    for (let version = 0; version < 100; version += 1) {
      await put('item', `${version}`.padEnd(200_000, 'x'));
      await query('item');
    }
    // One version is 0.2 MB, all of them 20 MB.
    expect(heldBytes() - before).toBeLessThan(8 * MEGABYTE);
  });
});
