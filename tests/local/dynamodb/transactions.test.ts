// Transactions: all or nothing, for those who write and for those who read meanwhile.
import {
  BatchGetItemCommand,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  TransactionCanceledException,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TableStream } from '#lib/local/dynamodb/change-stream.ts';
import { openLocalTables, profilesTable, type LocalTables } from './local-tables.ts';

let local: LocalTables;
let stream: TableStream;

beforeEach(async () => {
  local = await openLocalTables();
  stream = local.tables.stream(await local.tables.add(profilesTable()));
});

afterEach(async () => {
  await local[Symbol.asyncDispose]();
});

const TableName = 'profiles';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'DOC' } });
const item = (pk: string, count: number) => ({ ...key(pk), count: { N: String(count) } });

const put = (pk: string, count: number): TransactWriteItem => ({ Put: { TableName, Item: item(pk, count) } });
const remove = (pk: string): TransactWriteItem => ({ Delete: { TableName, Key: key(pk) } });
const add = (pk: string, more: number): TransactWriteItem => ({
  Update: {
    TableName,
    Key: key(pk),
    UpdateExpression: 'ADD #count :more',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':more': { N: String(more) } },
  },
});
const check = (pk: string, exists: boolean): TransactWriteItem => ({
  ConditionCheck: {
    TableName,
    Key: key(pk),
    ConditionExpression: exists ? 'attribute_exists(pk)' : 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const write = (...TransactItems: TransactWriteItem[]) =>
  local.client.send(new TransactWriteItemsCommand({ TransactItems }));

async function counts(): Promise<Record<string, number>> {
  const { Items: items = [] } = await local.client.send(new ScanCommand({ TableName }));
  return Object.fromEntries(items.map(({ pk, count }) => [pk?.S ?? '', Number(count?.N)]));
}

const told = () =>
  stream.read(undefined, 1000).map(({ eventName, dynamodb }) => [eventName, dynamodb.Keys['pk']?.['S']]);

test('the four kinds take effect together, and the stream tells of each write', async () => {
  await write(put('old', 1), put('gone', 1));
  await write(put('new', 7), add('old', 2), remove('gone'), check('nobody', false));
  expect(await counts()).toEqual({ new: 7, old: 3 });
  expect(told().slice(2)).toEqual([
    ['INSERT', 'new'],
    ['MODIFY', 'old'],
    ['REMOVE', 'gone'],
  ]);
});

test('one condition that does not hold leaves everything as it was, and each action has its reason', async () => {
  await write(put('a', 1), put('b', 2));
  const before = stream.read(undefined, 100).length;
  const refused = write(put('a', 5), remove('b'), put('c', 3), check('d', true), check('b2', false));
  await expect(refused).rejects.toThrow(TransactionCanceledException);
  await expect(refused).rejects.toMatchObject({
    message:
      'Transaction cancelled, please refer cancellation reasons for specific reasons [None, None, None, ConditionalCheckFailed, None]',
  });
  expect(await counts()).toEqual({ a: 1, b: 2 });
  expect(stream.read(undefined, 100)).toHaveLength(before);
});

test('a failed condition shows the item to whoever asks for it, as it was before the transaction', async () => {
  await write(put('a', 1), put('b', 2));
  await expect(write(put('b', 9), check('a', false))).rejects.toMatchObject({
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed', Item: item('a', 1) },
    ],
  });
});

describe('what is refused', () => {
  test('an item that is named twice', async () => {
    await expect(write(put('a', 1), check('a', false))).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
  });

  test('more than a hundred actions', async () => {
    const actions = Array.from({ length: 101 }, (_, index) => put(`p${index}`, index));
    await expect(write(...actions)).rejects.toMatchObject({ name: 'ValidationException' });
    await write(...actions.slice(1));
    expect(Object.keys(await counts())).toHaveLength(100);
  });

  test('a table that is not there', async () => {
    await expect(
      write(put('a', 1), { Put: { TableName: 'nobody', Item: item('a', 1) } }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await counts()).toEqual({});
  });

  test('an expression that is none, at once', async () => {
    const wrong = { Delete: { TableName, Key: key('b'), ConditionExpression: 'pk ==' } };
    await expect(write(put('a', 1), wrong)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await counts()).toEqual({});
  });

  test('what only the item shows, as a reason', async () => {
    await write(put('a', 1));
    const wrong: TransactWriteItem = {
      Update: {
        TableName,
        Key: key('a'),
        UpdateExpression: 'SET #new = nothing',
        ExpressionAttributeNames: { '#new': 'new' },
      },
    };
    await expect(write(put('b', 1), wrong)).rejects.toMatchObject({
      CancellationReasons: [
        { Code: 'None' },
        {
          Code: 'ValidationError',
          Message: 'The provided expression refers to an attribute that does not exist in the item',
        },
      ],
    });
  });

  test('a key of another type as a reason, an empty one at once', async () => {
    await expect(
      write({ Delete: { TableName, Key: { ...key('a'), pk: { N: '1' } } } }),
    ).rejects.toMatchObject({
      CancellationReasons: [
        { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
      ],
    });
    await expect(write(put('', 1))).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

const withToken = (token: string, ...TransactItems: TransactWriteItem[]) =>
  local.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: token }));

describe('a token', () => {
  test('has a transaction take place once', async () => {
    await withToken('t', add('a', 1));
    await withToken('t', add('a', 1));
    await withToken('u', add('a', 1));
    expect(await counts()).toEqual({ a: 2 });
  });

  test('is refused for another transaction', async () => {
    await withToken('t', add('a', 1));
    await expect(withToken('t', add('a', 2))).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
  });

  test('of a transaction that was cancelled can be used again', async () => {
    await expect(withToken('t', check('a', true), put('b', 1))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
    await write(put('a', 1));
    await withToken('t', check('a', true), put('b', 1));
    expect(await counts()).toEqual({ a: 1, b: 1 });
  });
});

test('TransactGetItems answers in order, and with nothing for what is not there', async () => {
  await write(put('a', 1), put('b', 2));
  const { Responses: responses, ConsumedCapacity: capacity } = await local.client.send(
    new TransactGetItemsCommand({
      TransactItems: [
        { Get: { TableName, Key: key('b'), ProjectionExpression: 'pk' } },
        { Get: { TableName, Key: key('nobody') } },
        { Get: { TableName, Key: key('a') } },
      ],
      ReturnConsumedCapacity: 'TOTAL',
    }),
  );
  expect(responses).toEqual([{ Item: { pk: { S: 'b' } } }, {}, { Item: item('a', 1) }]);
  expect(capacity).toEqual([{ TableName, CapacityUnits: 6 }]);
});

test('nobody sees half of a transaction, whether it takes place or not', async () => {
  const accounts = ['a', 'b', 'c', 'd'];
  await write(...accounts.map((pk) => put(pk, 100)));
  const read = {
    scan: async () => Object.values(await counts()),
    batch: async () => {
      const asked = new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: accounts.map(key) } } });
      const { Responses: responses } = await local.client.send(asked);
      return (responses?.[TableName] ?? []).map(({ count }) => Number(count?.N));
    },
    transaction: async () => {
      const gets = accounts.map((pk) => ({ Get: { TableName, Key: key(pk) } }));
      const asked = new TransactGetItemsCommand({ TransactItems: gets });
      const { Responses: responses = [] } = await local.client.send(asked);
      return responses.map(({ Item: found }) => Number(found?.['count']?.N));
    },
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          from: fc.constantFrom(...accounts),
          to: fc.constantFrom(...accounts),
          amount: fc.integer({ min: 1, max: 50 }),
          fails: fc.boolean(),
          reader: fc.constantFrom(...(Object.keys(read) as (keyof typeof read)[])),
        }),
        { minLength: 5, maxLength: 15 },
      ),
      async (transfers) => {
        const seen: Promise<number[]>[] = [];
        const moved = transfers
          .filter(({ from, to }) => from !== to)
          .map(({ from, to, amount, fails, reader }) => {
            const transfer = write(add(from, -amount), add(to, amount), check('nobody', fails));
            seen.push(read[reader]());
            return transfer.then(
              () => expect(fails).toBe(false),
              () => expect(fails).toBe(true),
            );
          });
        await Promise.all(moved);
        for (const found of await Promise.all(seen))
          expect(found.reduce((sum, one) => sum + one, 0)).toBe(400);
      },
    ),
    { numRuns: 15 },
  );
});

test('single writes go on beside transactions, and none is lost', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0
        ? write(add('a', 1), add(`b${index}`, 1))
        : local.client.send(new PutItemCommand({ TableName, Item: item(`c${index}`, 1) })),
    ),
  );
  const { Item: found } = await local.client.send(new GetItemCommand({ TableName, Key: key('a') }));
  expect(found?.['count']?.N).toBe('20');
  expect(Object.keys(await counts())).toHaveLength(41);
  expect(told()).toHaveLength(60);
});
