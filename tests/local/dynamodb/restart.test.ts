// Tables over a restart: what was acknowledged is there again, and what the stream still has to tell.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { StreamRecord } from '#lib/local/dynamodb/change-stream.ts';
import { openJournal } from '#lib/local/journal/open-journal.ts';
import { openLocalTables, profilesTable, START, type LocalTables } from './local-tables.ts';

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Run = LocalTables & { readonly streamOf: () => readonly StreamRecord[] };

const ARN = 'arn:aws:dynamodb:eu-central-1:123456789012:table/profiles';

/** The cloud's tables from start to end; `later` is the time at which it is started. */
async function run<T>(
  folder: string,
  work: (run: Run) => Promise<T>,
  {
    changes = {},
    later = 0,
    slackBytes,
  }: { changes?: Readonly<Record<string, unknown>>; later?: number; slackBytes?: number } = {},
): Promise<T> {
  const journal = openJournal(folder, {
    onNotice: () => undefined,
    ...(slackBytes !== undefined && { slackBytes }),
  });
  const local = await openLocalTables({ journal, start: START + later });
  try {
    await journal.restore();
    await local.tables.add(profilesTable(changes));
    return await work({ ...local, streamOf: () => local.tables.stream(ARN).read(undefined, 1000) });
  } finally {
    await local[Symbol.asyncDispose]();
    await journal.close();
  }
}

const segments = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.startsWith('segment-'))
    .toSorted();

/** What a kill leaves. */
function afterKill(folder: string): string {
  const copy = newFolder();
  // A snapshot that is being written may get its name at any moment, between the listing and the copying too: as a partial file it is
  // worth nothing, and segments go only when it has its name.
  cpSync(folder, copy, { recursive: true, filter: (file) => !file.endsWith('.partial') });
  writeFileSync(join(copy, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 1 }));
  return copy;
}

const TableName = 'profiles';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'DOC' } });

function put(
  { client }: LocalTables,
  pk: string,
  rest: Record<string, AttributeValue> = {},
  name = TableName,
) {
  return client.send(new PutItemCommand({ TableName: name, Item: { ...key(pk), ...rest } }));
}

async function items({ client }: LocalTables, name = TableName): Promise<Map<string, unknown>> {
  const { Items: found = [] } = await client.send(new ScanCommand({ TableName: name }));
  return new Map(found.map((item) => [item['pk']?.S ?? '', item]));
}

describe('after a restart', () => {
  test('items, indexes, the description and what the stream has still to tell are there', async () => {
    const folder = newFolder();
    const before = await run(folder, async (local) => {
      await put(local, 'a', {
        lookShard: { S: '0' },
        lookAt: { S: '2026' },
        packed: { B: Uint8Array.of(0, 255) },
      });
      await put(local, 'b');
      await put(local, 'c');
      await local.client.send(new DeleteItemCommand({ TableName, Key: key('b') }));
      local.tables.stream(ARN).trim(local.streamOf()[0]?.dynamodb.SequenceNumber ?? '');
      const { Table: table } = await local.client.send(new DescribeTableCommand({ TableName }));
      return { items: await items(local), records: local.streamOf(), table };
    });
    expect(before.records).toHaveLength(3);
    await run(
      folder,
      async (local) => {
        expect(await items(local)).toEqual(before.items);
        expect(local.streamOf()).toEqual(before.records);
        const look = await local.client.send(
          new QueryCommand({
            TableName,
            IndexName: 'look',
            KeyConditionExpression: 'lookShard = :shard',
            ExpressionAttributeValues: { ':shard': { S: '0' } },
          }),
        );
        expect(look.Items).toEqual([{ ...key('a'), lookShard: { S: '0' }, lookAt: { S: '2026' } }]);
        const { Table: table } = await local.client.send(new DescribeTableCommand({ TableName }));
        expect({ ...table, TableId: '' }).toEqual({ ...before.table, TableId: '' });
        await put(local, 'd');
        const numbers = local.streamOf().map(({ dynamodb }) => dynamodb.SequenceNumber);
        expect(numbers).toEqual(numbers.toSorted());
        expect(new Set(numbers).size).toBe(4);
      },
      { later: 1000 },
    );
  });

  test('a table that a client has made is there, with its settings', async () => {
    const folder = newFolder();
    await run(folder, async (local) => {
      await local.client.send(
        new CreateTableCommand({
          TableName: 'orders',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          DeletionProtectionEnabled: true,
        }),
      );
      await put(local, 'a', {}, 'orders');
    });
    await run(folder, async (local) => {
      expect([...(await items(local, 'orders')).keys()]).toEqual(['a']);
      const { Table: table } = await local.client.send(new DescribeTableCommand({ TableName: 'orders' }));
      expect(table?.DeletionProtectionEnabled).toBe(true);
    });
  });

  test('a transaction that has taken place does not take place again', async () => {
    const folder = newFolder();
    const add = new TransactWriteItemsCommand({
      ClientRequestToken: 'once',
      TransactItems: [
        {
          Update: {
            TableName,
            Key: key('a'),
            UpdateExpression: 'ADD clicks :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ],
    });
    await run(folder, (local) => local.client.send(add));
    await run(folder, async (local) => {
      await local.client.send(add);
      expect(await items(local)).toEqual(new Map([['a', { ...key('a'), clicks: { N: '1' } }]]));
    });
  });

  test('what has expired meanwhile is deleted', async () => {
    const folder = newFolder();
    await run(folder, (local) => put(local, 'a', { expires: { N: String(START / 1000 + 60) } }));
    await run(
      folder,
      async (local) => {
        await local.clock.runUntil(local.clock.now() + 60 * 60 * 1000);
        expect(await items(local)).toEqual(new Map());
        expect(local.streamOf().at(-1)?.userIdentity?.type).toBe('Service');
      },
      { later: 5 * 60 * 60 * 1000 },
    );
  });
});

describe('a template that has changed', () => {
  test('has its indexes made anew over the items that are there', async () => {
    const folder = newFolder();
    await run(folder, (local) => put(local, 'a', { shard: { S: '00' } }));
    const attributes = ['pk', 'sk', 'shard'].map((name) => ({ AttributeName: name, AttributeType: 'S' }));
    const changes = {
      AttributeDefinitions: attributes,
      GlobalSecondaryIndexes: [
        {
          IndexName: 'customers',
          KeySchema: [
            { AttributeName: 'shard', KeyType: 'HASH' },
            { AttributeName: 'pk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    };
    for (let times = 0; times < 2; times += 1)
      await run(
        folder,
        async (local) => {
          const { Count: count } = await local.client.send(
            new ScanCommand({ TableName, IndexName: 'customers' }),
          );
          expect(count).toBe(1);
        },
        { changes },
      );
  });

  test('is refused where the kept items have other keys', async () => {
    const folder = newFolder();
    await run(folder, (local) => put(local, 'a'));
    const changes = {
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [],
    };
    await expect(run(folder, () => Promise.resolve(), { changes })).rejects.toThrow(
      'The kept table "profiles" has the keys',
    );
  });
});

/** The journal makes a snapshot after every few records. */
const SMALL = 300;

test('a kill at any byte leaves what was acknowledged by then, whole transactions and their records', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const operation = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), on: name, value: fc.integer() }),
    fc.record({ kind: fc.constant('delete' as const), on: name }),
    fc.record({ kind: fc.constant('add' as const), on: name }),
    fc.record({ kind: fc.constant('move' as const), on: name }),
    fc.record({ kind: fc.constant('batch' as const), on: name }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(SMALL, 1_000_000),
      async (operations, where, slackBytes) => {
        const folder = newFolder();
        const states: {
          file: string;
          bytes: number;
          items: Map<string, unknown>;
          records: readonly StreamRecord[];
        }[] = [];
        let copy = '';
        await run(
          folder,
          async (local) => {
            const keep = async (): Promise<void> => {
              const file = segments(folder).at(-1) ?? '';
              states.push({
                file,
                bytes: readFileSync(join(folder, file)).length,
                items: await items(local),
                records: local.streamOf(),
              });
            };
            await keep();
            for (const one of operations) {
              await apply(local, one);
              await keep();
            }
            copy = afterKill(folder);
          },
          { slackBytes },
        );
        const file = segments(copy).at(-1) ?? '';
        const within = states.filter((state) => state.file === file);
        const least = states.findLast((state) => state.file < file) ?? within[0];
        const from = within[0]?.bytes ?? 0;
        const length = readFileSync(join(copy, file)).length;
        // A snapshot may show what stands behind it in the segment; no kill takes that away.
        const cut = slackBytes === SMALL ? length : from + Math.floor(where * (length - from));
        truncateSync(join(copy, file), cut);
        const expected = within.findLast(({ bytes }) => bytes <= cut) ?? least;
        await run(copy, async (local) => {
          expect(await items(local)).toEqual(expected?.items);
          expect(local.streamOf()).toEqual(expected?.records);
        });
      },
    ),
    { numRuns: 40 },
  );
});

interface Operation {
  readonly kind: 'put' | 'delete' | 'add' | 'move' | 'batch';
  readonly on: string;
  readonly value?: number;
}

const add = (pk: string, more: number) => ({
  TableName,
  Key: key(pk),
  UpdateExpression: 'ADD clicks :more',
  ExpressionAttributeValues: { ':more': { N: String(more) } },
});

async function apply(local: LocalTables, { kind, on, value = 0 }: Operation): Promise<void> {
  switch (kind) {
    case 'put':
      await put(local, on, { clicks: { N: String(value) } });
      return;
    case 'delete':
      await local.client.send(new DeleteItemCommand({ TableName, Key: key(on) }));
      return;
    case 'add':
      await local.client.send(new UpdateItemCommand(add(on, 1)));
      return;
    case 'move':
      await local.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Update: add(on, -1) }, { Update: add('sum', 1) }],
        }),
      );
      return;
    case 'batch':
      await local.client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: [{ PutRequest: { Item: key(`${on} again`) } }, { DeleteRequest: { Key: key(on) } }],
          },
        }),
      );
  }
}
