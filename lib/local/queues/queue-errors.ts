// What Amazon SQS calls its errors: by the name that its documentation gives them, and by an older one in the query protocol.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
import type { InputRefusals } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';

export const INPUT_REFUSALS: InputRefusals = {
  invalid: 'InvalidParameterValue',
  missing: 'MissingParameter',
};

/** Those that are called otherwise there, or have another status there. */
const QUERY_ERRORS = new Map<string, readonly [code: string, status: number]>([
  ['QueueDoesNotExist', ['AWS.SimpleQueueService.NonExistentQueue', 400]],
  ['MessageNotInflight', ['AWS.SimpleQueueService.MessageNotInflight', 400]],
  ['ReceiptHandleIsInvalid', ['ReceiptHandleIsInvalid', 404]],
  ['EmptyBatchRequest', ['AWS.SimpleQueueService.EmptyBatchRequest', 400]],
  ['TooManyEntriesInBatchRequest', ['AWS.SimpleQueueService.TooManyEntriesInBatchRequest', 400]],
  ['BatchEntryIdsNotDistinct', ['AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 400]],
  ['InvalidBatchEntryId', ['AWS.SimpleQueueService.InvalidBatchEntryId', 400]],
  ['BatchRequestTooLong', ['AWS.SimpleQueueService.BatchRequestTooLong', 400]],
  ['PurgeQueueInProgress', ['AWS.SimpleQueueService.PurgeQueueInProgress', 403]],
  ['UnsupportedOperation', ['AWS.SimpleQueueService.UnsupportedOperation', 400]],
  ['ResourceNotFoundException', ['ResourceNotFoundException', 404]],
  // Forms have no types: what is no number there has a wrong value.
  ['SerializationException', ['InvalidParameterValue', 400]],
]);

export function queryErrorCode({ name, status }: ServiceError): {
  readonly code: string;
  readonly status: number;
} {
  const [code, queryStatus] = QUERY_ERRORS.get(name) ?? [name, status];
  return { code, status: queryStatus };
}

export function missing(parameter: string): ServiceError {
  return new ServiceError('MissingParameter', `The request must contain the parameter ${parameter}.`);
}

export function invalidValue(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}

/** @throws ServiceError InvalidParameterValue. */
export function checkRange(parameter: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw invalidValue(
    `Value ${value} for parameter ${parameter} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}
