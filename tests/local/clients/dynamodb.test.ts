// Items and tables by AWS CLI 2, as somebody types it who looks for a customer or tries out a condition.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalTables, profilesTable, type LocalTables } from '../dynamodb/local-tables.ts';
import { AWS_TIMEOUT_MILLIS, aws, awsJson, hasAws } from './aws-command.ts';

const TABLE = ['--table-name', 'profiles'];

const keyOf = (pk: string, sk = 'DOC') => ({ pk: { S: pk }, sk: { S: sk } });
const json = (value: unknown) => JSON.stringify(value);

describe.skipIf(!hasAws)('aws dynamodb', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let local: LocalTables;
  beforeAll(async () => {
    local = await openLocalTables();
    await local.tables.add(profilesTable());
  });
  afterAll(() => local[Symbol.asyncDispose]());

  const dynamodb = (...args: string[]) => awsJson(local.endpoint, ['dynamodb', ...args]);
  const refused = async (...args: string[]) => {
    const { code, stderr } = await aws(local.endpoint, ['dynamodb', ...args]);
    expect(code).toBe(254);
    return stderr;
  };
  const put = (item: object, ...args: string[]) =>
    dynamodb('put-item', ...TABLE, '--item', json(item), ...args);

  it('puts an item once, gets it, and changes it', async () => {
    const ada = { ...keyOf('C#ada'), name: { S: 'Zoë & "co" 🎈' } };
    const isNew = ['--condition-expression', 'attribute_not_exists(pk)'];
    await put(ada, ...isNew);
    expect(await refused('put-item', ...TABLE, '--item', json(ada), ...isNew)).toContain(
      'An error occurred (ConditionalCheckFailedException) when calling the PutItem operation',
    );
    const get = ['get-item', ...TABLE, '--key', json(keyOf('C#ada'))];
    expect(await dynamodb(...get, '--consistent-read')).toEqual({ Item: ada });
    const changed = await dynamodb(
      'update-item',
      ...TABLE,
      '--key',
      json(keyOf('C#ada')),
      '--update-expression',
      'SET #n = if_not_exists(#n, :zero) + :one',
      '--expression-attribute-names',
      '{"#n":"count"}',
      '--expression-attribute-values',
      '{":zero":{"N":"0"},":one":{"N":"1"}}',
      '--return-values',
      'UPDATED_NEW',
    );
    expect(changed).toEqual({ Attributes: { count: { N: '1' } } });
    const projected = ['--projection-expression', '#n', '--expression-attribute-names', '{"#n":"count"}'];
    expect(await dynamodb(...get, ...projected)).toEqual({ Item: { count: { N: '1' } } });
    await dynamodb('delete-item', ...TABLE, '--key', json(keyOf('C#ada')));
    expect(await dynamodb(...get)).toEqual({});
  });

  it('queries an index, newest first', async () => {
    for (const day of ['2026-03-01', '2026-03-02', '2026-03-03'])
      await put({ ...keyOf(`C#${day}`), lookShard: { S: '7' }, lookAt: { S: day } });
    const found = await dynamodb(
      'query',
      ...TABLE,
      '--index-name',
      'look',
      '--key-condition-expression',
      'lookShard = :shard AND lookAt <= :until',
      '--expression-attribute-values',
      '{":shard":{"S":"7"},":until":{"S":"2026-03-02"}}',
      '--no-scan-index-forward',
    );
    expect(found).toMatchObject({
      Count: 2,
      Items: [{ lookAt: { S: '2026-03-02' } }, { lookAt: { S: '2026-03-01' } }],
    });
  });

  it('writes a batch, and scans it page by page', async () => {
    const items = Array.from({ length: 25 }, (_, index) => ({
      PutRequest: { Item: { ...keyOf('B', `B#${String(index).padStart(2, '0')}`), kind: { S: 'batch' } } },
    }));
    expect(await dynamodb('batch-write-item', '--request-items', json({ profiles: items }))).toEqual({
      UnprocessedItems: {},
    });
    const scan = [
      'scan',
      ...TABLE,
      '--filter-expression',
      'kind = :kind',
      '--expression-attribute-values',
      '{":kind":{"S":"batch"}}',
      '--page-size',
      '4',
    ];
    expect(await dynamodb(...scan, '--select', 'COUNT')).toMatchObject({ Count: 25 });
    const first = (await dynamodb(...scan, '--max-items', '10')) as {
      readonly Items: readonly { readonly sk: { readonly S: string } }[];
      readonly NextToken: string;
    };
    const rest = (await dynamodb(...scan, '--starting-token', first.NextToken)) as Pick<
      typeof first,
      'Items'
    >;
    expect([...first.Items, ...rest.Items].map(({ sk }) => sk.S).toSorted()).toEqual(
      items.map(({ PutRequest: { Item: item } }) => item.sk.S),
    );
    const tooMany = json({ profiles: [...items, ...items.slice(0, 1)] });
    expect(await refused('batch-write-item', '--request-items', tooMany)).toContain('(ValidationException)');
  });

  it('does all of a transaction or nothing, and says which condition was in the way', async () => {
    await put(keyOf('T#there'));
    const write = (pk: string) => [
      'transact-write-items',
      '--transact-items',
      json([
        { Put: { TableName: 'profiles', Item: keyOf('T#new') } },
        {
          ConditionCheck: {
            TableName: 'profiles',
            Key: keyOf(pk),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ]),
    ];
    expect(await refused(...write('T#there'))).toContain(
      'An error occurred (TransactionCanceledException) when calling the TransactWriteItems operation',
    );
    expect(await refused(...write('T#there'))).toContain('[None, ConditionalCheckFailed]');
    const get = { Get: { TableName: 'profiles', Key: keyOf('T#new') } };
    const read = ['transact-get-items', '--transact-items', json([get])];
    expect(await dynamodb(...read)).toEqual({ Responses: [{}] });
    await dynamodb(...write('T#absent'));
    expect(await dynamodb(...read)).toEqual({ Responses: [{ Item: keyOf('T#new') }] });
  });

  it('describes tables, makes one, and sets when items of it expire', async () => {
    expect(await dynamodb('list-tables')).toEqual({ TableNames: ['profiles'] });
    expect(await dynamodb('describe-table', ...TABLE)).toMatchObject({
      Table: {
        TableStatus: 'ACTIVE',
        TableArn: 'arn:aws:dynamodb:eu-central-1:123456789012:table/profiles',
        GlobalSecondaryIndexes: [{ IndexName: 'look', IndexStatus: 'ACTIVE' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
        LatestStreamArn: expect.stringContaining('table/profiles/stream/'),
      },
    });
    expect(await dynamodb('describe-time-to-live', ...TABLE)).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' },
    });
    const notes = ['--table-name', 'notes'];
    await dynamodb(
      'create-table',
      ...notes,
      '--attribute-definitions',
      'AttributeName=id,AttributeType=S',
      '--key-schema',
      'AttributeName=id,KeyType=HASH',
      '--billing-mode',
      'PAY_PER_REQUEST',
    );
    await dynamodb('wait', 'table-exists', ...notes);
    const expire = ['update-time-to-live', ...notes, '--time-to-live-specification'];
    await dynamodb(...expire, 'Enabled=true,AttributeName=gone');
    expect(await dynamodb('describe-time-to-live', ...notes)).toMatchObject({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'gone' },
    });
    expect(await refused(...expire, 'Enabled=true,AttributeName=gone')).toContain(
      'TimeToLive is already enabled',
    );
    await dynamodb('delete-table', ...notes);
    await dynamodb('wait', 'table-not-exists', ...notes);
  });

  it('refuses by the names of AWS, and says what is not here', async () => {
    const nowhere = ['--table-name', 'nowhere'];
    expect(await refused('get-item', ...nowhere, '--key', json(keyOf('x')))).toContain(
      'An error occurred (ResourceNotFoundException) when calling the GetItem operation',
    );
    expect(await refused('get-item', ...TABLE, '--key', '{"pk":{"S":"half a key"}}')).toContain(
      '(ValidationException)',
    );
    expect(await refused('scan', ...TABLE, '--filter-expression', 'name = = :x')).toContain(
      'Invalid FilterExpression: Syntax error',
    );
    expect(await refused('execute-statement', '--statement', 'SELECT * FROM profiles')).toContain(
      'The local cloud does not have ExecuteStatement of Amazon DynamoDB.',
    );
  });
});
