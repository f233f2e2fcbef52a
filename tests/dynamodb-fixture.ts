/**
 * The table of profiles on this machine: dynalite in the test's own process, on a port that the system chooses, with the keys and
 * indexes that the stacks create. For tests of whatever reads or writes the table.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { ATTRIBUTES, INDEXES } from '#lib/contracts/profiles-table.ts';

export interface LocalTable {
  readonly endpoint: string;
  /** Answers the requests; for whoever stands before it. */
  readonly server: Server;
  /** Settings with which any client reaches it. */
  readonly settings: DynamoDBClientConfig;
  readonly client: DynamoDBClient;
  readonly name: string;
  /** Ends the client and the server; nothing is left on disk. */
  close(): Promise<void>;
}

/** An empty table. Call it in `beforeAll` and `close` in `afterAll`: tests keep apart by customer. */
export async function localTable(name = 'profiles'): Promise<LocalTable> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const settings = { endpoint, region: 'local', credentials };
  const client = new DynamoDBClient(settings);
  await createProfilesTable(client, name);
  return {
    endpoint,
    server,
    settings,
    client,
    name,
    close: async () => {
      client.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** As the stacks create it; dynalite has neither streams nor expiry. */
async function createProfilesTable(client: DynamoDBClient, table: string): Promise<void> {
  const { partition, sort, lookShard, lookAt, shard } = ATTRIBUTES;
  const index = (name: string, hash: string, range: string) => ({
    IndexName: name,
    KeySchema: keys(hash, range),
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  });
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [partition, sort, lookShard, lookAt, shard].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      KeySchema: keys(partition, sort),
      GlobalSecondaryIndexes: [
        index(INDEXES.look, lookShard, lookAt),
        index(INDEXES.customers, shard, partition),
      ],
    }),
  );
}

function keys(hash: string, range: string) {
  return [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
}
