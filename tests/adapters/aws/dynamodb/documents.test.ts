// What becomes of documents where DynamoDB does not answer as wished, and of items that are none.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type AttributeValue,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentItem, readDocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { packed } from '#lib/adapters/aws/dynamodb/packing.ts';
import type { ProfilesTable } from '#lib/adapters/aws/dynamodb/table.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { newDocument, type CustomerDocument } from '#lib/engine/document.ts';
import type { EarlierDocument } from '#lib/engine/upgrade.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';

const NOW = '2026-03-02T10:00:00.000Z' as Instant;
const ADA = hashHex('ada', 32);

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

function storeOn(table: ProfilesTable, pauses: number[] = []) {
  let texts = 0;
  return createDocumentStore(table, {
    uniqueText: () => `writer ${(texts += 1)}`,
    random: () => 0.999,
    pause: (millis) => {
      pauses.push(millis);
      return Promise.resolve();
    },
  });
}

function first(name: string): CustomerDocument {
  return { ...newDocument(hashHex(name, 32), name, NOW), revision: 1 };
}

/** An error as the SDK throws it. */
function failure(name: string, attempts = 1): Error {
  const error = new Error(`the request was {"traits":"Ada Lovelace"}: ${name}`);
  error.name = name;
  return Object.assign(error, { $metadata: { attempts } });
}

/** A table whose writes are followed by `after`; what it throws is thrown although the write has taken place. */
function writing(after: () => void | Promise<void>): ProfilesTable {
  const send = async (command: PutItemCommand) => {
    const answer = await local.client.send(command);
    if (command instanceof PutItemCommand) await after();
    return answer;
  };
  return { name: local.name, client: { send } };
}

describe('a document that DynamoDB does not take', () => {
  it.each([
    ['ProvisionedThroughputExceededException', 'TableUnavailable'],
    ['ThrottlingException', 'TableUnavailable'],
    ['InternalServerError', 'TableUnavailable'],
    ['ValidationException', 'TableRefused'],
    ['AccessDeniedException', 'TableRefused'],
  ])('%s is the fault %s, without what was written', async (name, fault) => {
    const mock = mockClient(DynamoDBClient);
    mock.on(PutItemCommand).rejects(failure(name)).on(GetItemCommand).rejects(failure(name));
    const store = storeOn({ name: 'profiles', client: new DynamoDBClient({ region: 'local' }) });
    for (const call of [store.commit(first('ada')), store.load(ADA)])
      await expect(call).rejects.toMatchObject({
        name: fault,
        message: expect.not.stringContaining('Ada') as string,
      });
    mock.restore();
  });

  it('is committed where the time ran out after the write had been taken', async () => {
    const document = first('late answer');
    const store = storeOn(
      writing(() => {
        throw failure('TimeoutError');
      }),
    );
    expect(await store.commit(document)).toBe('committed');
    expect(await storeOn(local).load(document.customer)).toEqual(document);
  });

  it('is committed where the client’s own second attempt has met its first', async () => {
    const document = first('second attempt');
    const store = storeOn(
      writing(() => {
        throw failure('ConditionalCheckFailedException', 2);
      }),
    );
    expect(await store.commit(document)).toBe('committed');
  });

  it('is a conflict where somebody else was first, though with an equal document', async () => {
    const document = first('equal documents');
    await storeOn(local).commit(document);
    const mock = mockClient(DynamoDBClient);
    mock.on(PutItemCommand).rejects(failure('ConditionalCheckFailedException', 2));
    mock.on(GetItemCommand).resolves({ Item: documentItem(document, 'somebody else') as Item });
    const store = storeOn({ name: 'profiles', client: new DynamoDBClient({ region: 'local' }) });
    expect(await store.commit(document)).toBe('conflict');
    mock.restore();
  });

  it('may come again where nobody can say whether it was written', async () => {
    const mock = mockClient(DynamoDBClient);
    mock.on(PutItemCommand).rejects(failure('TimeoutError', 3)).on(GetItemCommand).resolves({});
    const store = storeOn({ name: 'profiles', client: new DynamoDBClient({ region: 'local' }) });
    await expect(store.commit(first('nobody knows'))).rejects.toMatchObject({ name: 'TableUnavailable' });
    mock.restore();
  });
});

type Item = NonNullable<PutItemCommandInput['Item']>;

describe('who comes second', () => {
  it('waits a while before the conflict is answered, longer each time and never long, until a commit succeeds', async () => {
    const pauses: number[] = [];
    const store = storeOn(local, pauses);
    const document = first('busy');
    await store.commit(document);
    for (let count = 0; count < 6; count += 1) await store.commit(document);
    expect(pauses).toEqual([19, 39, 79, 159, 249, 249]);
    await store.commit({ ...document, revision: 2 });
    await store.commit(document);
    expect(pauses.at(-1)).toBe(19);
  });
});

describe('an item of a document', () => {
  it('says what the platform reads: shard, when to look, and whether there is anything for the relay', async () => {
    const quiet = first('quiet');
    const busy = { ...quiet, look: NOW, log: [{ at: NOW, kind: 'joins', segment: 's' } as const] };
    const { customer } = quiet;
    expect(documentItem(quiet, 'w')).toMatchObject({
      pk: { S: `C#${customer}` },
      sk: { S: 'DOC' },
      shard: { S: customer.slice(0, 2) },
    });
    for (const attribute of [ATTRIBUTES.todo, ATTRIBUTES.lookAt, ATTRIBUTES.lookShard])
      expect(documentItem(quiet, 'w')).not.toHaveProperty(attribute);
    expect(documentItem(busy, 'w')).toMatchObject({
      todo: { S: '1' },
      lookShard: { S: customer[0] },
      lookAt: { S: NOW },
    });
  });

  it('is read from the stream’s record as Lambda gives it, binaries in base64', () => {
    const document = first('streamed');
    const item = documentItem(document, 'w') as Item;
    const image = JSON.parse(
      JSON.stringify(item, (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
      ),
    ) as Parameters<typeof readDocumentImage>[0];
    expect(readDocumentImage(image)).toEqual(document);
  });

  it('that an earlier engine has written is one of today when it is read', async () => {
    const path = resolve(import.meta.dirname, '../../../engine/documents/schema-1.json');
    const earlier = JSON.parse(readFileSync(path, 'utf8')) as EarlierDocument;
    const item: Item = {
      ...(documentItem(first('x'), 'w') as Item),
      pk: { S: KEYS.customer(earlier.customer) },
      doc: { B: packed(earlier) },
    };
    await local.client.send(new PutItemCommand({ TableName: local.name, Item: item }));
    expect(await storeOn(local).load(earlier.customer)).toMatchObject({ schema: 2, segments: {} });
  });

  it.each<[string, AttributeValue | undefined]>([
    ['nothing', undefined],
    ['no bytes', { S: 'a document' }],
    ['a format of tomorrow', { B: new Uint8Array([9, 1, 2, 3]) }],
    ['damaged bytes', { B: packed(first('damaged')).slice(0, -9) }],
    ['no document', { B: packed({ hello: 'Ada Lovelace' }) }],
    ['the document of somebody else', { B: packed(first('somebody else')) }],
    ['a document without runs', { B: packed({ ...first('broken'), runs: 'Ada Lovelace' }) }],
  ])('that holds %s is a fault that names its key only', async (_, doc) => {
    const { customer } = first('broken');
    const { doc: __, ...rest } = documentItem(first('broken'), 'w') as Item;
    const Item: Item = doc === undefined ? rest : { ...rest, doc };
    await local.client.send(new PutItemCommand({ TableName: local.name, Item }));
    await expect(storeOn(local).load(customer)).rejects.toMatchObject({
      name: 'DocumentNotUnderstood',
      message: `the item C#${customer} holds no customer document that can be read`,
    });
  });

  it('is read as long as its format is: documents that were stored stay readable', () => {
    const path = resolve(import.meta.dirname, 'documents/format-1.json');
    const stored = JSON.parse(readFileSync(path, 'utf8')) as Parameters<typeof readDocumentImage>[0];
    expect(readDocumentImage(stored)).toMatchObject({ external: { user: 'ada' }, revision: 7 });
  });
});
