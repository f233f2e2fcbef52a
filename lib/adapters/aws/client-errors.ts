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
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}

/** The system calls before the first byte of a request: finding the address, and connecting to it. */
const BEFORE_THE_REQUEST: ReadonlySet<unknown> = new Set(['getaddrinfo', 'connect']);

/**
 * The SDK's own time-out while it connects has the name of that for the answer; only its words tell them apart. Other words, and it is
 * taken for the latter: a doubt.
 */
const NOT_CONNECTED_IN_TIME = /did not establish a connection/;

/**
 * Nothing has left: nobody was found or reached. `fetch` wraps what has happened, and where several addresses were tried all have
 * failed.
 */
export function isBeforeTheRequest(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every(isBeforeTheRequest);
  if (error.name === 'TimeoutError' && NOT_CONNECTED_IN_TIME.test(error.message)) return true;
  if ('syscall' in error) return BEFORE_THE_REQUEST.has(error.syscall);
  return isBeforeTheRequest(error.cause);
}
