// Tables that are named by their ARN, in every request that names one.
import * as dynamodb from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLocalTables, profilesTable, type LocalTables } from './local-tables.ts';

const ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/profiles';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'DOC' } });

let local: LocalTables;

beforeEach(async () => {
  local = await openLocalTables();
  await local.tables.add(profilesTable());
});

afterEach(async () => {
  await local[Symbol.asyncDispose]();
});

it('in requests about one item', async () => {
  await local.client.send(new dynamodb.PutItemCommand({ TableName: ARN, Item: key('a') }));
  const { Item: item } = await local.client.send(
    new dynamodb.GetItemCommand({ TableName: ARN, Key: key('a') }),
  );
  expect(item).toEqual(key('a'));
});

it('in transactions', async () => {
  await local.client.send(
    new dynamodb.TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: ARN, Item: key('a') } },
        {
          Update: {
            TableName: ARN,
            Key: key('b'),
            UpdateExpression: 'SET n = :n',
            ExpressionAttributeValues: { ':n': { N: '1' } },
          },
        },
        {
          ConditionCheck: { TableName: ARN, Key: key('c'), ConditionExpression: 'attribute_not_exists(pk)' },
        },
      ],
    }),
  );
  const { Responses: told } = await local.client.send(
    new dynamodb.TransactGetItemsCommand({
      TransactItems: [
        { Get: { TableName: ARN, Key: key('a') } },
        { Get: { TableName: 'profiles', Key: key('b') } },
      ],
    }),
  );
  expect(told).toEqual([{ Item: key('a') }, { Item: { ...key('b'), n: { N: '1' } } }]);
});

it('in batches, whose answers call them as they were asked', async () => {
  const written = await local.client.send(
    new dynamodb.BatchWriteItemCommand({ RequestItems: { [ARN]: [{ PutRequest: { Item: key('a') } }] } }),
  );
  expect(written.UnprocessedItems).toEqual({});
  const { Responses: told } = await local.client.send(
    new dynamodb.BatchGetItemCommand({ RequestItems: { [ARN]: { Keys: [key('a')] } } }),
  );
  expect(told).toEqual({ [ARN]: [key('a')] });
});

it('but no batch names one in two ways', async () => {
  const requests = { Keys: [key('a')] };
  const twice = new dynamodb.BatchGetItemCommand({ RequestItems: { [ARN]: requests, profiles: requests } });
  await expect(local.client.send(twice)).rejects.toMatchObject({ name: 'ValidationException' });
});
