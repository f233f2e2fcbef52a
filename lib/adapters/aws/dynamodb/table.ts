/** The table as its adapters see it, and how its failures are told: by name, without what was written or asked for. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Fault } from '#lib/contracts/faults.ts';
import { ATTRIBUTES } from '#lib/contracts/profiles-table.ts';

export interface ProfilesTable {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly name: string;
}

/** Attribute of items that are written only by who saw their latest revision. */
export const REVISION = 'revision';

/** The write takes place only where this revision is stored; 0: where nothing is. */
export function onlyAfterRevision(revision: number) {
  if (revision === 0)
    return {
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': ATTRIBUTES.partition },
    };
  return {
    ConditionExpression: '#revision = :before',
    ExpressionAttributeNames: { '#revision': REVISION },
    ExpressionAttributeValues: { ':before': { N: String(revision) } },
  };
}

/**
 * Failures that asking again does not mend: the request, the rights or the table are wrong.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const REFUSALS: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'IncompleteSignatureException',
  'ItemCollectionSizeLimitExceededException',
  'MissingAuthenticationTokenException',
  'ResourceNotFoundException',
  'UnrecognizedClientException',
  'ValidationException',
]);

/** Failures after which nothing was written: DynamoDB turned the request away. */
const TURNED_AWAY: ReadonlySet<string> = new Set([
  ...REFUSALS,
  'ConditionalCheckFailedException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** The answer of a call. Throws the faults `TableUnavailable` (try again later) and `TableRefused`. */
export async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw tableFault(error);
  }
}

/** The answer of a conditional write; undefined where the condition does not hold. Throws as {@link answered}. */
export async function unlessRefuted<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (nameOf(error) === 'ConditionalCheckFailedException') return undefined;
    throw tableFault(error);
  }
}

/** The fault for a failure of the client. Its name only: messages of DynamoDB can repeat what was sent. */
export function tableFault(error: unknown): Fault {
  const name = nameOf(error);
  return REFUSALS.has(name)
    ? new Fault('TableRefused', `DynamoDB has refused the request: ${name}`)
    : new Fault('TableUnavailable', `DynamoDB has not answered: ${name}; it should be tried again later`);
}

/**
 * Whether the write may have taken place although it failed: an attempt, perhaps an earlier one of the client's own, got no answer.
 */
export function mayBeWritten(error: unknown): boolean {
  const attempts = (error as { $metadata?: { attempts?: number } }).$metadata?.attempts ?? 1;
  return attempts > 1 || !TURNED_AWAY.has(nameOf(error));
}

export function isRefuted(error: unknown): boolean {
  return nameOf(error) === 'ConditionalCheckFailedException';
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'UnknownError';
}
