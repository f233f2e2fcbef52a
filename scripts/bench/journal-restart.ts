// What keeping everything costs at the next start: a table of customers is written with its journal, closed, and read back, as
// `wend start --data` does (ADR 45).
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES } from '#lib/contracts/profiles-table.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { parseTable } from '#lib/local/dynamodb/table-resource.ts';
import { createTables } from '#lib/local/dynamodb/tables.ts';
import { openGateway } from '#lib/local/gateway/gateway.ts';
import { openJournal } from '#lib/local/journal/open-journal.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';

export interface JournalRestart {
  readonly items: number;
  readonly journalMegabytes: number;
  /** From opening the folder to a table that answers, by the clock and by the processor. */
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** Bytes of an item; a customer's takes 939 in the middle (`npm run bench`). */
const ITEM_BYTES = 1000;
/** Items of one request: the most that DynamoDB takes. */
const BATCH = 25;
const PLACE = { partition: 'aws', region: 'eu-central-1', account: '111122223333', endpoint: '' };
const TABLE_NAME = 'customers';
const TABLE = parseTable('Customers', {
  TableName: TABLE_NAME,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['partition', 'sort'].map((name) => ({
    AttributeName: ATTRIBUTES[name as 'partition' | 'sort'],
    AttributeType: 'S',
  })),
  KeySchema: [
    { AttributeName: ATTRIBUTES.partition, KeyType: 'HASH' },
    { AttributeName: ATTRIBUTES.sort, KeyType: 'RANGE' },
  ],
});

export async function measureJournalRestart(items: number): Promise<JournalRestart> {
  const folder = mkdtempSync(join(tmpdir(), 'wend-journal-'));
  try {
    const written = await openTable(folder);
    await fill(written.service, items);
    await written.close();
    const files = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    const [began, before] = [performance.now(), process.cpuUsage()];
    const read = await openTable(folder);
    const used = process.cpuUsage(before);
    const seconds = (performance.now() - began) / 1000;
    await read.close();
    return {
      items,
      journalMegabytes: files.reduce((sum, size) => sum + size, 0) / 1e6,
      seconds,
      processorSeconds: (used.user + used.system) / 1e6,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function openTable(folder: string) {
  const journal = openJournal(folder, { onNotice: (text) => console.error(text) });
  const business = new VirtualClock(0);
  const time = { business, infrastructure: SYSTEM_TIMERS, hold: () => () => undefined };
  const tables = createTables({ time, journal, place: PLACE });
  await journal.restore();
  await tables.add(TABLE);
  return {
    service: tables.service,
    async close() {
      tables.close();
      await journal.close();
    },
  };
}

async function fill(service: ReturnType<typeof createTables>['service'], items: number): Promise<void> {
  const gateway = await openGateway({
    port: 0,
    now: () => 0,
    onFault: (error) => {
      throw error;
    },
  });
  gateway.serve([service]);
  const client = new DynamoDBClient({
    endpoint: gateway.endpoint,
    region: PLACE.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const text = 'x'.repeat(ITEM_BYTES);
  for (let first = 0; first < items; first += BATCH) {
    const puts = Array.from({ length: Math.min(BATCH, items - first) }, (_, index) => ({
      PutRequest: {
        Item: {
          [ATTRIBUTES.partition]: { S: `customer-${first + index}` },
          [ATTRIBUTES.sort]: { S: 'DOC' },
          text: { S: text },
        },
      },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TABLE_NAME]: puts } }));
  }
  client.destroy();
  await gateway.close();
}
