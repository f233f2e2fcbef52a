/**
 * How long clients wait and how often they try: one place, because the defaults of the SDK wait for ever, and a function that waits
 * for ever is ended by Lambda in the middle of its work.
 */

/** A connection inside one region takes milliseconds; a second means that the host is gone. */
const CONNECT_MILLIS = 1000;
/** The slowest reads and writes of a healthy service take tens of milliseconds. */
export const ANSWER_MILLIS = 3000;

/** Where a client speaks to, that is told so; any other finds AWS by its variables. */
export interface ServiceAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface CallSettings {
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
    readonly httpAgent?: { readonly keepAlive: false };
    readonly httpsAgent?: { readonly keepAlive: false };
  };
}

/**
 * For calls that may be repeated: three attempts with the SDK's own backoff, so at most about twelve seconds. Longer patience is not
 * the client's: queues, streams and state machines try again.
 */
export function repeatedCalls(answerMillis = ANSWER_MILLIS): CallSettings {
  return { maxAttempts: 3, requestHandler: waitingAtMost(answerMillis) };
}

/**
 * For calls that must be made once: a client that tries again by itself could do twice what was asked once. Each has a connection of
 * its own: one that was kept while the function slept may have been closed, and then nobody knows whether the call has arrived.
 */
export function singleCalls(answerMillis: number): CallSettings {
  const agent = { keepAlive: false } as const;
  return {
    maxAttempts: 1,
    requestHandler: { ...waitingAtMost(answerMillis), httpAgent: agent, httpsAgent: agent },
  };
}

function waitingAtMost(answerMillis: number): CallSettings['requestHandler'] {
  return { connectionTimeout: CONNECT_MILLIS, requestTimeout: answerMillis, throwOnRequestTimeout: true };
}
