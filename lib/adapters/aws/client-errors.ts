/** What errors of AWS clients mean. Recognised by name, as the services document them: their classes differ from client to client. */

/** The name of an error; undefined for what is none. */
export function errorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

/**
 * Names under which services throttle
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html: the errors that SDKs back off from).
 */
const THROTTLED: ReadonlySet<string> = new Set([
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** The service has no room now. */
export function isThrottled(error: unknown): boolean {
  return THROTTLED.has(errorName(error) ?? '') || statusOf(error) === 429;
}

/** HTTP status of the answer; undefined where there was none. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
