// The clients with which the soak speaks to the local cloud: those of the AWS SDK, as any application has them.
import { DescribeTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { documentKey } from '#lib/adapters/aws/dynamodb/document-item.ts';
import type { ProfilesTable } from '#lib/adapters/aws/dynamodb/table.ts';
import { busName, customerSecretName, tableName } from '#lib/contracts/deployment-names.ts';
import { customerId } from '#lib/contracts/ids.ts';

export interface Clients {
  readonly bus: { readonly client: EventBridgeClient; readonly name: string };
  readonly table: ProfilesTable;
  /** Items of the table, and what they amount to as DynamoDB counts it. */
  sizes(): Promise<{ readonly items: number; readonly bytes: number }>;
  /** Under which the deployment keeps a customer of an application. */
  idOf(external: string): string;
  /** Whether anything has been decided about the customer. */
  isKnown(external: string): Promise<boolean>;
  close(): void;
}

/** Any credentials will do: nobody checks them. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
/** A cloud that was killed refuses at once; one that is busy should have its time, and the report says how long it took. */
const ANSWER_MILLIS = 30_000;

/** @throws what the client throws where the secret of customers cannot be read. */
export async function openClients(endpoint: string, region: string, deployment: string): Promise<Clients> {
  const address = { endpoint, region, credentials: CREDENTIALS };
  const requestHandler = { requestTimeout: ANSWER_MILLIS, throwOnRequestTimeout: true };
  // Whoever puts events puts them again by itself, and counts how often.
  const bus = new EventBridgeClient({ ...address, maxAttempts: 1, requestHandler });
  const database = new DynamoDBClient({ ...address, requestHandler });
  const table = { client: database, name: tableName(deployment) };
  const secrets = new SecretsManagerClient(address);
  const { SecretString: secret = '' } = await secrets.send(
    new GetSecretValueCommand({ SecretId: customerSecretName(deployment) }),
  );
  secrets.destroy();
  const idOf = (external: string): string => customerId(secret, external);
  return {
    bus: { client: bus, name: busName(deployment) },
    table,
    async sizes() {
      const { Table: described } = await database.send(new DescribeTableCommand({ TableName: table.name }));
      return { items: described?.ItemCount ?? 0, bytes: described?.TableSizeBytes ?? 0 };
    },
    idOf,
    async isKnown(external) {
      const Key = documentKey(idOf(external));
      const { Item: item } = await database.send(new GetItemCommand({ TableName: table.name, Key }));
      return item !== undefined;
    },
    close() {
      bus.destroy();
      database.destroy();
    },
  };
}
