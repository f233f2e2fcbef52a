// Writes and what they leave in the stream, through a real client.
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TableStream } from '#lib/local/dynamodb/change-stream.ts';
import { openLocalTables, profilesTable, START, type LocalTables } from './local-tables.ts';

let local: LocalTables;
let stream: TableStream;

beforeEach(async () => {
  local = await openLocalTables();
  stream = local.tables.stream(await local.tables.add(profilesTable()));
});

afterEach(async () => {
  await local[Symbol.asyncDispose]();
});

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'DOC' } });

function put(pk: string, rest: Record<string, AttributeValue> = {}, options: object = {}) {
  return local.client.send(
    new PutItemCommand({ TableName: 'profiles', Item: { ...key(pk), ...rest }, ...options }),
  );
}

async function stored(pk: string) {
  return (await local.client.send(new GetItemCommand({ TableName: 'profiles', Key: key(pk) }))).Item;
}

/** What the stream tells, briefly. */
const told = () =>
  stream.read(undefined, 100).map(({ eventName, dynamodb }) => [eventName, dynamodb.Keys['pk']?.['S']]);

describe('a conditional write', () => {
  test('is refused by name, and shows the present item to whoever asks', async () => {
    await put('a', { revision: { N: '1' } });
    const again = put('a', {}, { ConditionExpression: 'attribute_not_exists(pk)' });
    await expect(again).rejects.toThrow(ConditionalCheckFailedException);
    await expect(again).rejects.toMatchObject({ Item: undefined });
    const shown = local.client.send(
      new UpdateItemCommand({
        TableName: 'profiles',
        Key: key('a'),
        UpdateExpression: 'SET revision = :new',
        ConditionExpression: 'revision = :old',
        ExpressionAttributeValues: { ':new': { N: '3' }, ':old': { N: '2' } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    await expect(shown).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { ...key('a'), revision: { N: '1' } },
    });
    expect(told()).toEqual([['INSERT', 'a']]);
  });

  test('of many at once is won by exactly one', async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, who) =>
        put('a', { who: { N: String(who) } }, { ConditionExpression: 'attribute_not_exists(pk)' }),
      ),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(told()).toEqual([['INSERT', 'a']]);
  });
});

describe('the stream', () => {
  test('tells of each change once and in order, and not of what changes nothing', async () => {
    await put('a', { count: { N: '1' }, tags: { SS: ['x', 'y'] } });
    await put('a', { tags: { SS: ['y', 'x'] }, count: { N: '1.0' } });
    await local.client.send(
      new UpdateItemCommand({
        TableName: 'profiles',
        Key: key('a'),
        UpdateExpression: 'SET #count = :one',
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
    await local.client.send(new DeleteItemCommand({ TableName: 'profiles', Key: key('nobody') }));
    await put('a', { count: { N: '2' } });
    await local.client.send(new DeleteItemCommand({ TableName: 'profiles', Key: key('a') }));
    expect(told()).toEqual([
      ['INSERT', 'a'],
      ['MODIFY', 'a'],
      ['REMOVE', 'a'],
    ]);
  });

  test('has the records that Lambda passes on', async () => {
    await put('a', { document: { B: Uint8Array.from([1, 2, 3]) }, revision: { N: '007.50' } });
    expect(stream.read(undefined, 1)).toEqual([
      {
        eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: 'eu-central-1',
        dynamodb: {
          ApproximateCreationDateTime: START / 1000,
          Keys: key('a'),
          NewImage: { ...key('a'), document: { B: 'AQID' }, revision: { N: '7.5' } },
          SequenceNumber: '100000000000000000001',
          // pk 2 + 1, sk 2 + 3, twice; document 8 + 3; revision 8 + 2.
          SizeBytes: 8 + 8 + 11 + 10,
          StreamViewType: 'NEW_IMAGE',
        },
        eventSourceARN:
          'arn:aws:dynamodb:eu-central-1:123456789012:table/profiles/stream/2026-03-02T08:00:00.000',
      },
    ]);
  });

  test.each([
    ['KEYS_ONLY', {}],
    ['OLD_IMAGE', { OldImage: { ...key('a'), count: { N: '1' } } }],
    ['NEW_IMAGE', { NewImage: { ...key('a'), count: { N: '2' } } }],
    [
      'NEW_AND_OLD_IMAGES',
      { OldImage: { ...key('a'), count: { N: '1' } }, NewImage: { ...key('a'), count: { N: '2' } } },
    ],
  ] as const)('shows of a change what %s says', async (viewType, images) => {
    const arn = await local.tables.add(
      profilesTable({ TableName: 'others', StreamSpecification: { StreamViewType: viewType } }),
    );
    for (const count of ['1', '2']) await put('a', { count: { N: count } }, { TableName: 'others' });
    const [, { dynamodb } = { dynamodb: {} }] = local.tables.stream(arn).read(undefined, 2);
    const { OldImage, NewImage } = dynamodb as { OldImage?: unknown; NewImage?: unknown };
    expect({
      ...(OldImage !== undefined && { OldImage }),
      ...(NewImage !== undefined && { NewImage }),
    }).toEqual(images);
  });

  test('is read on from a record, and forgets what was worked off', async () => {
    let heard = 0;
    const end = stream.onRecords(() => (heard += 1));
    for (const pk of ['a', 'b', 'c']) await put(pk);
    end();
    await put('d');
    expect(heard).toBe(3);
    const [first, second] = stream.read(undefined, 2);
    expect(stream.read(first?.dynamodb.SequenceNumber, 1)).toEqual([second]);
    stream.trim(second?.dynamodb.SequenceNumber ?? '');
    expect(told()).toEqual([
      ['INSERT', 'c'],
      ['INSERT', 'd'],
    ]);
  });

  test('tells every change of what many write at once, for each item in the order of its writes', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, count) =>
        local.client.send(
          new UpdateItemCommand({
            TableName: 'profiles',
            Key: key(`p${count % 3}`),
            UpdateExpression: 'ADD #count :one',
            ExpressionAttributeNames: { '#count': 'count' },
            ExpressionAttributeValues: { ':one': { N: '1' } },
          }),
        ),
      ),
    );
    const records = stream.read(undefined, 100);
    for (const pk of ['p0', 'p1', 'p2'])
      expect(
        records
          .filter(({ dynamodb }) => dynamodb.Keys['pk']?.['S'] === pk)
          .map(({ dynamodb }) => Number(dynamodb.NewImage?.['count']?.['N'])),
      ).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});

test('listeners hear of each change with both images', async () => {
  const heard: unknown[] = [];
  local.tables.onChange((change) => heard.push(change));
  await put('a', { count: { N: '1' } });
  await local.client.send(new DeleteItemCommand({ TableName: 'profiles', Key: key('a') }));
  const image = { ...key('a'), count: { N: '1' } };
  expect(heard).toEqual([
    { table: 'profiles', keys: key('a'), newImage: image },
    { table: 'profiles', keys: key('a'), oldImage: image },
  ]);
});

test.each([
  ['NONE', undefined],
  ['ALL_OLD', { ...key('a'), count: { N: '1' } }],
  ['UPDATED_NEW', { count: { N: '2' } }],
  ['ALL_NEW', { ...key('a'), count: { N: '2' } }],
] as const)('an update answers with %s, and the stream has the new image', async (ReturnValues, expected) => {
  await put('a', { count: { N: '1' } });
  const { Attributes: attributes } = await local.client.send(
    new UpdateItemCommand({
      TableName: 'profiles',
      Key: key('a'),
      UpdateExpression: 'ADD #count :one',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues,
    }),
  );
  expect(attributes).toEqual(expected);
  expect(stream.read(undefined, 2)[1]?.dynamodb.NewImage).toEqual({ ...key('a'), count: { N: '2' } });
});

describe('a batch', () => {
  test('writes and deletes, and the stream tells of each', async () => {
    await put('old');
    await local.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          profiles: [
            { PutRequest: { Item: { ...key('new'), count: { N: '01' } } } },
            { DeleteRequest: { Key: key('old') } },
            { DeleteRequest: { Key: key('nobody') } },
          ],
        },
      }),
    );
    expect(await stored('new')).toEqual({ ...key('new'), count: { N: '1' } });
    expect(told()).toEqual([
      ['INSERT', 'old'],
      ['INSERT', 'new'],
      ['REMOVE', 'old'],
    ]);
  });

  test('that names an item twice is refused as a whole', async () => {
    const twice = [{ PutRequest: { Item: key('a') } }, { DeleteRequest: { Key: key('a') } }];
    const batch = new BatchWriteItemCommand({ RequestItems: { profiles: twice } });
    await expect(local.client.send(batch)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(told()).toEqual([]);
  });
});

test('indexes and pages are read', async () => {
  for (const [pk, lookAt] of [
    ['a', '2026-03'],
    ['b', '2026-01'],
    ['c', '2026-02'],
  ] as const)
    await put(pk, { lookShard: { S: '0' }, lookAt: { S: lookAt } });
  const look = { TableName: 'profiles', IndexName: 'look', Limit: 2 };
  const asked = {
    ...look,
    KeyConditionExpression: 'lookShard = :shard',
    ExpressionAttributeValues: { ':shard': { S: '0' } },
  };
  const first = await local.client.send(new QueryCommand(asked));
  const next = await local.client.send(
    new QueryCommand({ ...asked, ExclusiveStartKey: first.LastEvaluatedKey }),
  );
  expect([...(first.Items ?? []), ...(next.Items ?? [])].map(({ pk }) => pk?.S)).toEqual(['b', 'c', 'a']);
  expect((await local.client.send(new ScanCommand({ TableName: 'profiles' }))).Count).toBe(3);
});

describe('bad input', () => {
  test.each([
    ['no such table', { TableName: 'nobody', Item: key('a') }, 'ResourceNotFoundException'],
    ['no key', { TableName: 'profiles', Item: { pk: { S: 'a' } } }, 'ValidationException'],
    [
      'a key of another type',
      { TableName: 'profiles', Item: { ...key('a'), pk: { N: '1' } } },
      'ValidationException',
    ],
    [
      'an expression that is none',
      { TableName: 'profiles', Item: key('a'), ConditionExpression: 'pk ==' },
      'ValidationException',
    ],
    [
      'an option that is not carried out',
      { TableName: 'profiles', Item: key('a'), ReturnItemCollectionMetrics: 'SIZE' as const },
      'NotImplemented',
    ],
  ])('%s is refused', async (_, input, name) => {
    await expect(local.client.send(new PutItemCommand(input))).rejects.toMatchObject({ name });
    expect(told()).toEqual([]);
  });
});

const putIf = (ConditionExpression: string) =>
  put(
    'a',
    { seen: { S: '2' } },
    {
      ConditionExpression,
      ...(ConditionExpression.includes(':') && { ExpressionAttributeValues: { ':v': { S: '2' } } }),
    },
  );

const update = (UpdateExpression: string) =>
  local.client.send(
    new UpdateItemCommand({
      TableName: 'profiles',
      Key: key('a'),
      UpdateExpression,
      ...(UpdateExpression.includes('#') && { ExpressionAttributeNames: { '#m': 'box' } }),
      ExpressionAttributeValues: { ':v': { N: '1' } },
    }),
  );

describe('an expression on which the database would stumble', () => {
  test.each([
    'begins_with(pk, absent)',
    'begins_with(pk, absent.deeper[0])',
    'pk BETWEEN absent AND :v',
    'pk between :v and absent',
    'pk IN (:v, absent)',
    'NOT pk IN (absent)',
  ])('is refused, and nobody else notices: %s', async (expression) => {
    await put('a', { seen: { S: '1' } });
    await expect(putIf(expression)).rejects.toMatchObject({ name: 'NotImplemented' });
    expect(await stored('a')).toMatchObject({ seen: { S: '1' } });
  });

  test.each([
    'begins_with(seen, :v) OR attribute_exists(pk)',
    '#when BETWEEN :v AND :v OR size(pk) BETWEEN :n AND :n',
    'pk IN (:v, :n) OR seen IN (:v) OR attribute_exists(pk)',
    'seen = absent OR contains(seen, absent) OR seen < absent OR seen = :v',
  ])('is not taken for another: %s', async (expression) => {
    await put('a', { seen: { S: '2' } });
    await put(
      'a',
      { seen: { S: '3' } },
      {
        ConditionExpression: expression,
        ...(expression.includes('#when') && { ExpressionAttributeNames: { '#when': 'seen' } }),
        ExpressionAttributeValues: {
          ':v': { S: '2' },
          ...(expression.includes(':n') && { ':n': expression.includes('size') ? { N: '1' } : { S: '1' } }),
        },
      },
    );
    expect(await stored('a')).toMatchObject({ seen: { S: '3' } });
  });

  test.each([
    'SET one = :v, box.inner = box',
    'SET #m.inner = box, one = :v',
    'SET box.inner = if_not_exists(#m, :v) REMOVE two',
  ])('is refused where a map would get into itself: %s', async (expression) => {
    await put('a', { box: { M: {} } });
    await expect(update(expression)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test.each([
    'SET box.clicks = box.clicks + :v, copied = box',
    'SET #m.clicks = if_not_exists(#m.another, :v), #m.further = box.clicks',
  ])('is not taken for an update of a part: %s', async (expression) => {
    await put('a', { box: { M: { clicks: { N: '1' } } } });
    await expect(update(expression)).resolves.toBeDefined();
  });
});

test('what cannot be read is refused as such', async () => {
  const answer = await fetch(local.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.BatchWriteItem',
      authorization: 'AWS4-HMAC-SHA256 Credential=a/20260302/eu-central-1/dynamodb/aws4_request',
    },
    body: JSON.stringify({ RequestItems: { profiles: [{ PutRequest: { Item: key('a') } }, null] } }),
  });
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { __type: expect.stringContaining('SerializationException') },
  ]);
  expect(told()).toEqual([]);
});
