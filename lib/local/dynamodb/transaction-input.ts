// What TransactWriteItems and TransactGetItems accept.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
import * as z from 'zod';
import type { JsonObject } from '../asl/json.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { checkExpressions } from './expressions.ts';
import type { Item } from './item.ts';
import { showsItemOnFailure, type WriteOperation } from './writes.ts';

/** Of one transaction, by DynamoDB's quotas. */
const MOST_ACTIONS = 100;
const MOST_BYTES = 4 * 1024 * 1024;

const item = z.custom<Item>();
const condition = {
  TableName: z.string(),
  ConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: item.optional(),
  ReturnValuesOnConditionCheckFailure: z.string().optional(),
};

const transactItem = z.strictObject({
  ConditionCheck: z.strictObject({ ...condition, Key: item, ConditionExpression: z.string() }).optional(),
  Put: z.strictObject({ ...condition, Item: item }).optional(),
  Delete: z.strictObject({ ...condition, Key: item }).optional(),
  Update: z.strictObject({ ...condition, Key: item, UpdateExpression: z.string() }).optional(),
});

const capacity = z.enum(['INDEXES', 'TOTAL', 'NONE']).optional();

const transactWrite = z.strictObject({
  TransactItems: z.array(transactItem).min(1),
  ClientRequestToken: z.string().min(1).max(36).optional(),
  ReturnConsumedCapacity: capacity,
  ReturnItemCollectionMetrics: z.literal('NONE').optional(),
});

const transactGet = z.strictObject({
  TransactItems: z
    .array(
      z.strictObject({
        Get: z.strictObject({
          TableName: z.string(),
          Key: item,
          ProjectionExpression: z.string().optional(),
          ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
        }),
      }),
    )
    .min(1),
  ReturnConsumedCapacity: capacity,
});

export type Capacity = z.output<typeof capacity>;

export interface TransactionAction {
  readonly operation: WriteOperation | 'ConditionCheck';
  readonly table: string;
  /** The item, or its key. */
  readonly key: Item;
  /** What the operation would be asked for by itself. */
  readonly input: JsonObject;
  readonly showsItem: boolean;
}

export interface TransactionInput {
  readonly actions: readonly TransactionAction[];
  readonly token: string | undefined;
  readonly capacity: Capacity;
}

/** @throws ServiceError ValidationException. */
export function parseTransactWrite(input: unknown): TransactionInput {
  const parsed = parseInput(transactWrite, input);
  checkSize(parsed.TransactItems);
  return {
    actions: parsed.TransactItems.map(actionOf),
    token: parsed.ClientRequestToken,
    capacity: parsed.ReturnConsumedCapacity,
  };
}

/** @throws ServiceError ValidationException. */
export function parseTransactGet(input: unknown): {
  readonly gets: readonly { readonly table: string; readonly key: Item; readonly input: JsonObject }[];
  readonly capacity: Capacity;
} {
  const parsed = parseInput(transactGet, input);
  checkSize(parsed.TransactItems);
  return {
    gets: parsed.TransactItems.map(({ Get: get }) => ({
      table: get.TableName,
      key: get.Key,
      input: get as unknown as JsonObject,
    })),
    capacity: parsed.ReturnConsumedCapacity,
  };
}

function checkSize(actions: readonly unknown[]): void {
  if (actions.length > MOST_ACTIONS)
    throw new ServiceError(
      'ValidationException',
      `1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to ${MOST_ACTIONS}`,
    );
  if (Buffer.byteLength(JSON.stringify(actions)) > MOST_BYTES)
    throw new ServiceError('ValidationException', 'Transaction request cannot be larger than 4 MB');
}

function actionOf({ ConditionCheck, Put, Delete, Update }: z.output<typeof transactItem>): TransactionAction {
  const [action, ...others] = [
    ...(Put ? [{ operation: 'PutItem' as const, key: Put.Item, asked: Put }] : []),
    ...(Delete ? [{ operation: 'DeleteItem' as const, key: Delete.Key, asked: Delete }] : []),
    ...(Update ? [{ operation: 'UpdateItem' as const, key: Update.Key, asked: Update }] : []),
    ...(ConditionCheck
      ? [{ operation: 'ConditionCheck' as const, key: ConditionCheck.Key, asked: ConditionCheck }]
      : []),
  ];
  if (action === undefined || others.length > 0)
    throw new ServiceError(
      'ValidationException',
      'TransactItems can only contain one of Check, Put, Update or Delete',
    );
  const { operation, key, asked } = action;
  checkExpressions(asked as unknown as JsonObject);
  const { ReturnValuesOnConditionCheckFailure: shown = 'NONE', ...input } = asked;
  return {
    operation,
    table: input.TableName,
    key,
    input: input as unknown as JsonObject,
    showsItem: showsItemOnFailure({ ReturnValuesOnConditionCheckFailure: shown }),
  };
}
