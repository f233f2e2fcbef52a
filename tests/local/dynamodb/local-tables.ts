// The local tables behind the gateway, with a real client, on a clock that stands still.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables, type Tables } from '#lib/local/dynamodb/tables.ts';
import { parseTable } from '#lib/local/dynamodb/table-resource.ts';
import { openGateway } from '#lib/local/gateway/gateway.ts';
import { NO_JOURNAL, type Journal } from '#lib/local/journal/journal.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';

const PLACE = { partition: 'aws', region: 'eu-central-1', account: '123456789012', endpoint: '' };

export const START = Date.parse('2026-03-02T08:00:00Z');

export interface LocalTables extends AsyncDisposable {
  readonly tables: Tables;
  readonly clock: VirtualClock;
  readonly client: DynamoDBClient;
  readonly endpoint: string;
}

export interface LocalTablesOptions {
  readonly journal?: Journal;
  readonly start?: number;
}

export async function openLocalTables({
  journal = NO_JOURNAL,
  start = START,
}: LocalTablesOptions = {}): Promise<LocalTables> {
  const clock = new VirtualClock(start);
  const time = { business: clock, infrastructure: SYSTEM_TIMERS, hold: () => () => undefined };
  const tables = createTables({ time, journal, place: PLACE });
  const gateway = await openGateway({
    port: 0,
    now: () => clock.now(),
    onFault: (error) => console.error(error),
  });
  gateway.serve([tables.service]);
  const client = new DynamoDBClient({
    endpoint: gateway.endpoint,
    region: PLACE.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    tables,
    clock,
    client,
    endpoint: gateway.endpoint,
    [Symbol.asyncDispose]: async () => {
      tables.close();
      client.destroy();
      await gateway.close();
    },
  };
}

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

/** The table of the stack, as its template declares it. */
export function profilesTable(changes: Readonly<Record<string, unknown>> = {}) {
  return parseTable('Profiles', {
    TableName: 'profiles',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'lookShard', 'lookAt'].map((name) => ({
      AttributeName: name,
      AttributeType: 'S',
    })),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'look',
        KeySchema: keys('lookShard', 'lookAt'),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    DeletionProtectionEnabled: false,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: false },
    ...changes,
  });
}
