// Tables themselves: how they are described, made by clients, and how their items expire.
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ExecuteStatementCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseTable } from '#lib/local/dynamodb/table-resource.ts';
import { openLocalTables, profilesTable, START, type LocalTables } from './local-tables.ts';

const HOUR = 60 * 60 * 1000;
const ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/profiles';

let local: LocalTables;

beforeEach(async () => {
  local = await openLocalTables();
  await local.tables.add(profilesTable());
});

afterEach(async () => {
  await local[Symbol.asyncDispose]();
});

const put = (pk: string, expires?: number, TableName = 'profiles') =>
  local.client.send(
    new PutItemCommand({
      TableName,
      Item: {
        pk: { S: pk },
        sk: { S: 'DOC' },
        ...(expires !== undefined && { expires: { N: String(expires / 1000) } }),
      },
    }),
  );

async function left(TableName = 'profiles'): Promise<readonly string[]> {
  const { Items: items = [] } = await local.client.send(new ScanCommand({ TableName }));
  return items.map(({ pk }) => String(pk?.S)).toSorted();
}

const client = (name: string, options: object = {}) =>
  new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    ...options,
  });

describe('a table of the template', () => {
  test('is described as it would be on AWS', async () => {
    await put('a');
    const { Table: table } = await local.client.send(new DescribeTableCommand({ TableName: ARN }));
    expect(table).toMatchObject({
      TableName: 'profiles',
      TableArn: ARN,
      TableStatus: 'ACTIVE',
      CreationDateTime: new Date(START),
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      LatestStreamArn: `${ARN}/stream/2026-03-02T08:00:00.000`,
      LatestStreamLabel: '2026-03-02T08:00:00.000',
      DeletionProtectionEnabled: false,
      ItemCount: 1,
      TableSizeBytes: 8,
      GlobalSecondaryIndexes: [{ IndexName: 'look', IndexArn: `${ARN}/index/look`, IndexStatus: 'ACTIVE' }],
    });
  });

  test.each([
    ['BillingMode', { BillingMode: 'PROVISIONED' }],
    ['ContributorInsightsSpecification', { ContributorInsightsSpecification: { Enabled: true } }],
    ['TableName', { TableName: undefined }],
  ])('names the resource and what cannot be run of it: %s', (property, changes) => {
    expect(() => profilesTable(changes)).toThrow(/The local cloud cannot run the table Profiles: /);
    expect(() => profilesTable(changes)).toThrow(property);
  });

  test('that the database refuses is an error for the reader', async () => {
    const resource = parseTable('Other', {
      TableName: 'others',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    await expect(local.tables.add(resource)).rejects.toThrow('The table others cannot be made');
  });
});

describe('a table that a client makes', () => {
  test('is there at once, has a stream if it asks for one, and goes when it is deleted', async () => {
    const { TableDescription: made } = await local.client.send(
      client('orders', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } }),
    );
    expect(made).toMatchObject({ TableStatus: 'CREATING', LatestStreamArn: expect.any(String) });
    await waitUntilTableExists({ client: local.client, maxWaitTime: 30 }, { TableName: 'orders' });
    await put('a', undefined, 'orders');
    expect(local.tables.stream(made?.LatestStreamArn ?? '').read(undefined, 10)).toHaveLength(1);
    expect((await local.client.send(new ListTablesCommand())).TableNames).toEqual(['orders', 'profiles']);
    await put('b');
    await local.client.send(new DeleteTableCommand({ TableName: 'orders' }));
    await waitUntilTableNotExists({ client: local.client, maxWaitTime: 30 }, { TableName: 'orders' });
    expect((await local.client.send(new ListTablesCommand())).TableNames).toEqual(['profiles']);
    expect(await left()).toEqual(['b']);
    await expect(put('a', undefined, 'orders')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await local.client.send(client('orders'));
    expect(await left('orders')).toEqual([]);
  });

  test('is refused where there is one of its name', async () => {
    await expect(local.client.send(client('profiles'))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Table already exists: profiles',
    });
  });

  test('is protected against deletion until it is not', async () => {
    await local.client.send(client('orders', { DeletionProtectionEnabled: true }));
    const deletion = () => local.client.send(new DeleteTableCommand({ TableName: 'orders' }));
    await expect(deletion()).rejects.toMatchObject({ name: 'ValidationException' });
    const { TableDescription: changed } = await local.client.send(
      new UpdateTableCommand({ TableName: 'orders', DeletionProtectionEnabled: false }),
    );
    expect(changed).toMatchObject({ DeletionProtectionEnabled: false });
    await deletion();
  });

  test('keeps its tags', async () => {
    const tags = async () =>
      (await local.client.send(new ListTagsOfResourceCommand({ ResourceArn: ARN }))).Tags;
    await local.client.send(
      new TagResourceCommand({
        ResourceArn: ARN,
        Tags: [
          { Key: 'team', Value: 'growth' },
          { Key: 'stage', Value: 'test' },
        ],
      }),
    );
    await local.client.send(new UntagResourceCommand({ ResourceArn: ARN, TagKeys: ['team'] }));
    expect(await tags()).toEqual([{ Key: 'stage', Value: 'test' }]);
  });
});

describe('expiry', () => {
  test('deletes items at the full hour that follows, by the time of the business, and the stream says who has', async () => {
    await put('due', START + HOUR / 2);
    await put('later', START + 5 * HOUR);
    await put('long ago', START - 6 * 365 * 24 * HOUR);
    await put('never');
    await local.clock.runUntil(START + HOUR - 1);
    expect(await left()).toEqual(['due', 'later', 'long ago', 'never']);
    await local.clock.runUntil(START + HOUR);
    expect(await left()).toEqual(['later', 'long ago', 'never']);
    expect(local.tables.stream(ARN).read(undefined, 10).at(-1)).toMatchObject({
      eventName: 'REMOVE',
      dynamodb: { Keys: { pk: { S: 'due' } }, ApproximateCreationDateTime: (START + HOUR) / 1000 },
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
    await local.clock.runUntil(START + 100 * HOUR);
    expect(await left()).toEqual(['long ago', 'never']);
    expect(local.clock.pending).toBe(0);
  });

  test('goes by what the item says in the end', async () => {
    await put('a', START + HOUR / 2);
    await put('a', START + 3 * HOUR);
    await put('b', START + HOUR / 2);
    await put('b');
    await local.clock.runUntil(START + 2 * HOUR);
    expect(await left()).toEqual(['a', 'b']);
    await local.clock.runUntil(START + 4 * HOUR);
    expect(await left()).toEqual(['b']);
  });

  test('is switched on and off by clients, and finds what is there already', async () => {
    await local.client.send(client('orders'));
    const describeIt = async () =>
      (await local.client.send(new DescribeTimeToLiveCommand({ TableName: 'orders' }))).TimeToLiveDescription;
    const update = (Enabled: boolean) =>
      local.client.send(
        new UpdateTimeToLiveCommand({
          TableName: 'orders',
          TimeToLiveSpecification: { AttributeName: 'expires', Enabled },
        }),
      );
    await put('a', START + HOUR / 2, 'orders');
    expect(await describeIt()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await update(true);
    expect(await describeIt()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    await expect(update(true)).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'TimeToLive is already enabled',
    });
    await local.clock.runUntil(START + HOUR);
    expect(await left('orders')).toEqual([]);
    await update(false);
    await put('b', START + HOUR + 1000, 'orders');
    await local.clock.runUntil(START + 10 * HOUR);
    expect(await left('orders')).toEqual(['b']);
  });
});

test.each([
  ['PartiQL', new ExecuteStatementCommand({ Statement: 'SELECT * FROM profiles' }), 'ExecuteStatement'],
  ['backups', new DescribeContinuousBackupsCommand({ TableName: 'profiles' }), 'DescribeContinuousBackups'],
])('%s is answered with what is missing', async (_, command, operation) => {
  await expect(local.client.send(command as DescribeContinuousBackupsCommand)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: `The local cloud does not have ${operation} of Amazon DynamoDB.`,
    $metadata: { httpStatusCode: 501 },
  });
});
