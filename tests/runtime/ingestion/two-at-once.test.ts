// Several containers of the function at work on one customer at once, over the table: each event counts once, each entry lets in once.
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createBusinessEvents } from '#lib/adapters/aws/dynamodb/business-events.ts';
import { createIdentities } from '#lib/adapters/aws/dynamodb/identities.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { createDecidingPorts } from '#lib/runtime/deciding-ports.ts';
import { createReaders } from '#lib/runtime/ingestion/create-readers.ts';
import { handleEvents } from '#lib/runtime/ingestion/handle-events.ts';
import type { Ingestion } from '#lib/runtime/ingestion/ingestion.ts';
import { localTable, type LocalTable } from '../../dynamodb-fixture.ts';
import { writtenLines } from '../written-lines.ts';
import { DEPLOYED, idOf, onBus, track } from './world.ts';

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** As each container of the function puts it together for itself. */
function container(): Ingestion {
  const table = { client: local.client, name: local.name };
  return {
    engine: {
      ports: createDecidingPorts(table),
      workspace: createWorkspace({ ...DEPLOYED, settings: { timezone: 'UTC', locale: 'en', topics: {} } }),
    },
    identities: createIdentities(table),
    businessEvents: createBusinessEvents(table),
    audience: { start: () => Promise.resolve('started') },
    deadLetters: { put: () => Promise.reject(new Error('nothing is refused here')) },
    watch: () => Promise.resolve({ tripped: [], warned: [] }),
    hash: (text) => Promise.resolve(idOf(text)),
    ...createReaders(DEPLOYED, []),
  };
}

it('events of one customer in eight batches at once, each of them delivered twice, count once and lose nothing', async () => {
  const { surroundings } = writtenLines();
  const containers = Array.from({ length: 8 }, container);
  const bodies = containers.map((_, batch) =>
    ['Signed Up', 'Order Completed', 'Order Completed'].map((event, index) =>
      // All sign up by the same event, and each orders by two of their own.
      onBus(track(event, { messageId: index === 0 ? 'sign-up' : `order ${batch} ${index}` })),
    ),
  );
  const context = { functionName: 'wend-test-ingest-events', awsRequestId: 'r' } as Context;
  const handle = async (ingestion: Ingestion, batch: number): Promise<number> => {
    const records = (bodies[batch % 8] ?? []).map((body, index) => ({
      messageId: `${batch} ${index}`,
      body,
      attributes: { ApproximateReceiveCount: '1' },
    }));
    const event: SQSEvent = { Records: records as SQSRecord[] };
    return (await handleEvents(ingestion, surroundings, event, context)).batchItemFailures.length;
  };
  // Every batch goes to two containers: a queue delivers at least once.
  const failed = await Promise.all(
    Array.from({ length: 16 }, (_, batch) => handle(containers[(batch * 3) % 8] ?? container(), batch)),
  );
  expect(failed.filter((count) => count > 0)).toEqual([]);
  const document = await loadDocument(container().engine.ports.store, idOf('u1'));
  expect(Object.values(document?.aggregates ?? {})).toMatchObject([{ count: 16 }]);
  expect(document?.tallies['welcome']).toMatchObject({ entered: 1, converted: 1 });
  // Each revision was decided on the one before: as many as have written, and none twice.
  expect(document?.revision).toBeGreaterThan(1);
});
