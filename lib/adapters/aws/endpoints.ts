/** HTTP endpoints that journeys call by `webhook` (port `Calls`): the settings say where and how, secrets come from their store. */
import { parseDuration } from '#lib/contracts/duration.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { MOST_ANSWER_BYTES, MOST_ENDPOINT_SECONDS } from '#lib/contracts/outside-limits.ts';
import type { CallAnswer, Calls, Clock, OutsideCall } from '#lib/engine/ports.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { readBounded } from './bounded-body.ts';
import { toMillis } from '#lib/contracts/time.ts';
import { errorName, isBeforeTheRequest } from './client-errors.ts';
import type { Secrets } from './secrets.ts';
import { signatureHeaders, type SignedCall } from './webhook-signature.ts';

type Endpoint = Settings['endpoints'][string];

/**
 * @param request the platform's `fetch`.
 * @param clock says when a call is signed.
 */
export function createEndpointCalls(
  endpoints: Settings['endpoints'],
  secrets: Secrets,
  request: typeof fetch,
  clock: Pick<Clock, 'now'>,
): Calls {
  return {
    async call(call) {
      const endpoint = Object.hasOwn(endpoints, call.name) ? endpoints[call.name] : undefined;
      if (endpoint === undefined) return untouched(`no endpoint "${call.name}" in the settings`);
      if (!isSafe(endpoint.url)) return { kind: 'refused', reason: 'the address does not begin with https' };
      const body = JSON.stringify(call.body);
      let headers: Headers;
      try {
        headers = await headersOf(endpoint, call, secrets);
        const signed = { id: call.key, seconds: Math.floor(toMillis(clock.now()) / 1000), body };
        for (const [name, value] of await signatureOf(endpoint, signed, secrets)) headers.set(name, value);
      } catch (error) {
        // Somebody mends it while the step is tried again. What the platform says of a header quotes it.
        return untouched(error instanceof Fault ? error.message : 'a header is none that HTTP allows');
      }
      try {
        const response = await request(endpoint.url, {
          method: endpoint.method,
          headers,
          body,
          // A body that goes elsewhere than the settings say, with its secrets, would go to whoever controls that redirect.
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMillis(endpoint)),
        });
        return await answerOf(response);
      } catch (error) {
        if (isBeforeTheRequest(error)) return untouched('not reached');
        return tryLater(errorName(error) === 'TimeoutError' ? 'no answer in time' : 'the connection broke');
      }
    },
  };
}

/** Customers' data goes over TLS; an endpoint on the same machine is somebody's laptop. */
function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

async function headersOf(endpoint: Endpoint, { key }: OutsideCall, secrets: Secrets): Promise<Headers> {
  const headers = new Headers({ 'content-type': 'application/json', 'user-agent': 'wend' });
  for (const [name, value] of Object.entries(endpoint.headers))
    headers.set(name, typeof value === 'string' ? value : await secrets.value(value.secret));
  // As https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ names it: the same for every attempt of one step.
  headers.set('idempotency-key', key);
  return headers;
}

async function signatureOf(
  { signedWith = [] }: Endpoint,
  signed: SignedCall,
  secrets: Secrets,
): Promise<readonly (readonly [string, string])[]> {
  if (signedWith.length === 0) return [];
  const keys = await Promise.all(signedWith.map((secret) => secrets.value(secret)));
  return Object.entries(signatureHeaders(keys, signed));
}

/** The function that calls ends by then; a timeout in months is a slip that its marketer would never see. */
function timeoutMillis({ timeout }: Endpoint): number {
  const most = MOST_ENDPOINT_SECONDS * 1000;
  const length = parseDuration(timeout);
  if ('problem' in length || length.years + length.months + length.days > 0) return most;
  return Math.min(length.milliseconds, most);
}

/** Statuses below 500 by which an endpoint says "not now": 408 (too slow), 409 (an attempt under the same key is still at work). */
const LATER: ReadonlySet<number> = new Set([408, 409]);
/** As those, and nothing has been done. */
const TOO_EARLY = 425;
const TOO_MANY = 429;

async function answerOf(response: Response): Promise<CallAnswer> {
  const { status } = response;
  if (response.ok) {
    const text = await readBounded(response, MOST_ANSWER_BYTES);
    return text === undefined
      ? { kind: 'refused', reason: 'the answer is too large' }
      : { kind: 'answered', value: parsed(text) };
  }
  // Unread, the connection could not be used again.
  await response.body?.cancel();
  if (status === TOO_MANY) return { ...untouched(`HTTP ${status}`), throttled: true };
  if (status === TOO_EARLY) return untouched(`HTTP ${status}`);
  if (status >= 500 || LATER.has(status)) return tryLater(`HTTP ${status}`);
  return { kind: 'refused', reason: status >= 300 && status < 400 ? 'a redirect' : `HTTP ${status}` };
}

/** An answer that is no JSON is none that could be kept: the engine says so where one was asked for. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function untouched(reason: string): Extract<CallAnswer, { kind: 'try later' }> {
  return { kind: 'try later', reason, untouched: true };
}

function tryLater(reason: string): CallAnswer {
  return { kind: 'try later', reason };
}
