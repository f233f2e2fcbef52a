// Members of requests that are carried out. Others would be ignored without a word by the database behind the front, so they are refused.
import type { JsonObject } from '../asl/json.ts';
import { ServiceError } from '../gateway/service-error.ts';

const CONDITION = [
  'ConditionExpression',
  'ConditionalOperator',
  'Expected',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnConsumedCapacity',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
  'TableName',
];
const PROJECTION = [
  'AttributesToGet',
  'ExpressionAttributeNames',
  'ProjectionExpression',
  'ReturnConsumedCapacity',
];
const PAGE = [
  ...PROJECTION,
  'ConditionalOperator',
  'ConsistentRead',
  'ExclusiveStartKey',
  'ExpressionAttributeValues',
  'FilterExpression',
  'IndexName',
  'Limit',
  'Select',
  'TableName',
];

const OPTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  PutItem: new Set([...CONDITION, 'Item']),
  DeleteItem: new Set([...CONDITION, 'Key']),
  UpdateItem: new Set([...CONDITION, 'Key', 'AttributeUpdates', 'UpdateExpression']),
  GetItem: new Set([...PROJECTION, 'ConsistentRead', 'Key', 'TableName']),
  Query: new Set([...PAGE, 'KeyConditionExpression', 'KeyConditions', 'QueryFilter', 'ScanIndexForward']),
  Scan: new Set([...PAGE, 'ScanFilter', 'Segment', 'TotalSegments']),
  BatchGetItem: new Set(['RequestItems', 'ReturnConsumedCapacity']),
  BatchWriteItem: new Set(['RequestItems', 'ReturnConsumedCapacity']),
  CreateTable: new Set([
    'AttributeDefinitions',
    'BillingMode',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'ProvisionedThroughput',
    'StreamSpecification',
    'TableName',
    'Tags',
  ]),
  UpdateTable: new Set([
    'BillingMode',
    'DeletionProtectionEnabled',
    'ProvisionedThroughput',
    'StreamSpecification',
    'TableName',
  ]),
};

/** What means the same as leaving the member out. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  ReturnItemCollectionMetrics: 'NONE',
  TableClass: 'STANDARD',
};

/** @throws ServiceError NotImplemented that names the option. */
export function checkOptions(operation: string, input: JsonObject): void {
  const known = OPTIONS[operation];
  if (known === undefined) return;
  for (const [name, value] of Object.entries(input))
    if (!known.has(name) && value !== null && DEFAULTS[name] !== value)
      throw new ServiceError(
        'NotImplemented',
        `The local cloud does not have the option ${name} of ${operation} of Amazon DynamoDB.`,
        501,
      );
}
