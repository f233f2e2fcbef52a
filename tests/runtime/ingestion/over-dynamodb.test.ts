// What ingestion asks of DynamoDB, counted, and where a batch of the queue ends up: over a table on this machine.
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBusinessEvents } from '#lib/adapters/aws/dynamodb/business-events.ts';
import { createIdentities } from '#lib/adapters/aws/dynamodb/identities.ts';
import { DOCUMENT_SORT_KEY, KEYS } from '#lib/contracts/profiles-table.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { createDecidingPorts } from '#lib/runtime/deciding-ports.ts';
import { createReaders } from '#lib/runtime/ingestion/create-readers.ts';
import { handleEvents } from '#lib/runtime/ingestion/handle-events.ts';
import type { Ingestion } from '#lib/runtime/ingestion/ingestion.ts';
import { localTable, type LocalTable } from '../../dynamodb-fixture.ts';
import { writtenLines } from '../written-lines.ts';
import { DEPLOYED, identify, idOf, onBus, track } from './world.ts';

let local: LocalTable;
/** `GetItem C`, `PutItem C if` (conditional): each call of the table by the kind of item, but for the look at the switches that every ten seconds need. */
const calls: string[] = [];
let ingestion: Ingestion;
const letters: { readonly body: string; readonly reason: string }[] = [];

beforeAll(async () => {
  local = await localTable();
  local.client.middlewareStack.add(
    (next, context) => (args) => {
      const { Key, Item, ConditionExpression } = args.input as {
        Key?: { pk?: { S?: string } };
        Item?: { pk?: { S?: string } };
        ConditionExpression?: string;
      };
      const conditional = ConditionExpression === undefined ? '' : ' if';
      const key = (Key ?? Item)?.pk?.S;
      if (key !== undefined)
        calls.push(`${String(context['commandName']).replace('Command', '')} ${key.charAt(0)}${conditional}`);
      return next(args);
    },
    { step: 'initialize' },
  );
  const table = { client: local.client, name: local.name };
  ingestion = {
    engine: {
      ports: createDecidingPorts(table),
      workspace: createWorkspace({
        ...DEPLOYED,
        settings: { timezone: 'UTC', locale: 'en', topics: {} },
      }),
    },
    identities: createIdentities(table),
    businessEvents: createBusinessEvents(table),
    audience: { start: () => Promise.resolve('started') },
    deadLetters: {
      put: (body, reason) => {
        letters.push({ body, reason });
        return Promise.resolve();
      },
    },
    watch: () => Promise.resolve({ tripped: [], warned: [] }),
    hash: (text) => Promise.resolve(idOf(text)),
    ...createReaders(DEPLOYED, []),
  };
});
beforeEach(() => {
  calls.length = 0;
  letters.length = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => local.close());

const ofDevice = (id: string): string =>
  onBus(track('Order Completed', { userId: 'owner', anonymousId: 'phone', messageId: id }));

const tenOrders = (from: number): string[] =>
  Array.from({ length: 10 }, (_, index) =>
    onBus(track('Order Completed', { userId: 'busy', messageId: `b${from + index}` })),
  );

/** A message as Lambda hands it over. */
function message(body: string, index: number, attempt = 1): SQSRecord {
  return {
    messageId: `059f36b4-87a3-44ab-83d2-66197${String(index).padStart(7, '0')}`,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body,
    attributes: {
      ApproximateReceiveCount: String(attempt),
      SentTimestamp: '1777888740000',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1777888741000',
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:wend-test-events',
    awsRegion: 'eu-central-1',
  };
}

async function handle(
  ...bodies: readonly string[]
): Promise<{ failed: readonly number[]; lines: readonly string[] }> {
  return handleMessages(bodies.map((body, index) => message(body, index)));
}

async function handleMessages(
  records: readonly SQSRecord[],
): Promise<{ failed: readonly number[]; lines: readonly string[] }> {
  const { lines, surroundings } = writtenLines();
  const event: SQSEvent = { Records: [...records] };
  const context = { functionName: 'wend-test-ingest-events', awsRequestId: 'r' } as Context;
  const { batchItemFailures } = await handleEvents(ingestion, surroundings, event, context);
  return { failed: batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier.slice(-7))), lines };
}

describe('what an event costs', () => {
  it('of a known customer is one read and one conditional write', async () => {
    await handle(onBus(identify({ email: 'ana@example.com' }, { userId: 'counted' })));
    calls.length = 0;
    await handle(onBus(track('Order Completed', { userId: 'counted' })));
    expect(calls).toEqual(['GetItem C', 'PutItem C if']);
  });

  it('is shared by all events of the customer in the batch', async () => {
    const bodies = Array.from({ length: 50 }, (_, index) =>
      onBus(track('Order Completed', { userId: `shared ${index % 5}`, messageId: `s${index}` })),
    );
    const { failed } = await handle(...bodies);
    expect(failed).toEqual([]);
    expect(calls.toSorted()).toEqual([
      ...Array<string>(5).fill('GetItem C'),
      ...Array<string>(5).fill('PutItem C if'),
    ]);
  });

  it('is a read where it came before, and nothing where nobody listens', async () => {
    const body = onBus(track('Order Completed', { userId: 'twice' }));
    await handle(body);
    calls.length = 0;
    await handle(body);
    expect(calls).toEqual(['GetItem C']);
    calls.length = 0;
    await handle(onBus(track('Page Scrolled', { userId: 'twice' })));
    expect(calls).toEqual([]);
  });

  it('that names a device as well is a read and two writes more, once', async () => {
    await handle(ofDevice('o1'));
    expect(calls).toEqual(['GetItem C', 'GetItem I', 'PutItem C', 'PutItem I', 'PutItem C if']);
    calls.length = 0;
    await handle(ofDevice('o2'));
    expect(calls).toEqual(['GetItem C', 'PutItem C if']);
    calls.length = 0;
    await handle(
      onBus(track('Order Completed', { userId: undefined, anonymousId: 'phone', messageId: 'o3' })),
    );
    expect(calls).toEqual(['GetItem I', 'GetItem C', 'PutItem C if']);
  });
});

describe('a batch of the queue', () => {
  it('with a document that no longer can be read fails that customer alone, and says so by name', async () => {
    await local.client.send(
      new PutItemCommand({
        TableName: local.name,
        Item: {
          pk: { S: KEYS.customer(idOf('poisoned')) },
          sk: { S: DOCUMENT_SORT_KEY },
          revision: { N: '3' },
        },
      }),
    );
    const poisoned = onBus(track('Order Completed', { userId: 'poisoned', messageId: 'p1' }));
    const { failed, lines } = await handle(
      poisoned,
      onBus(track('Order Completed', { userId: 'healthy' })),
      '{"detail":',
    );
    expect(failed).toEqual([0]);
    expect(letters.map(({ reason }) => reason)).toEqual(['not JSON']);
    expect((await ingestion.engine.ports.store.load(idOf('healthy')))?.revision).toBe(1);
    expect(lines.join('\n')).toContain('DocumentNotUnderstood');
    await handleMessages([message(poisoned, 0, 5)]);
    expect(letters.at(-1)).toEqual({ body: poisoned, reason: 'DocumentNotUnderstood' });
  });

  it('tells the log of what was refused and passed over by reason, and of nobody by what they said', async () => {
    const { lines } = await handle(
      onBus(track('Order Completed', { userId: undefined, properties: { email: 'ana@example.com' } })),
      onBus(track('Order Completed', { userId: undefined, anonymousId: 'ana@example.com' })),
      onBus(track('Page Scrolled', { userId: 'ana@example.com' })),
    );
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { message: 'events refused', reasons: { 'no customer': 1 } },
      { message: 'events passed over', reasons: { anonymous: 1, 'nothing listens to it': 1 } },
    ]);
    expect(lines.join('\n')).not.toContain('ana@');
  });

  it('meets others at one customer: all is decided, by two calls of the function at once', async () => {
    const both = await Promise.all([handle(...tenOrders(0)), handle(...tenOrders(10))]);
    expect(both.flatMap(({ failed }) => failed)).toEqual([]);
    const document = await ingestion.engine.ports.store.load(idOf('busy'));
    expect(document?.recent).toHaveLength(20);
    expect(document?.revision).toBe(2);
  });

  it('while the table throttles is tried again', async () => {
    const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    vi.spyOn(local.client, 'send').mockRejectedValue(throttled);
    const { failed, lines } = await handle(onBus(track('Order Completed', { userId: 'throttled' })));
    expect(failed).toEqual([0]);
    expect(lines.join('\n')).toContain('TableUnavailable');
  });
});
