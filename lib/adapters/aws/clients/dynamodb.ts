/** The client of the table. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { repeatedCalls, type ServiceAddress } from './call-settings.ts';

/** One for each container: connections and credentials are kept. */
export function dynamoDbClient(address?: ServiceAddress): DynamoDBClient {
  return new DynamoDBClient({ ...repeatedCalls(), ...address });
}
