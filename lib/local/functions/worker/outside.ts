// Nothing leaves the laptop: requests of `fetch` to other machines are asked of the local cloud (outside-call.ts tells how), and a
// connection to anywhere else is refused, whoever opens it.
import { Socket } from 'node:net';
import { FUNCTION_ACCESS_KEY } from '../../gateway/gateway.ts';
import { OUTSIDE_SIGNING_NAME, type OutsideAnswer, type OutsideCall } from '../outside-call.ts';

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]', '::1']);

/** Statuses with which a `Response` may have no body at all. */
const WITHOUT_BODY: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** Call it before any code of the function is loaded. */
export function stayInside(endpoint: string, region: string): void {
  const realFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (LOCAL_HOSTS.has(new URL(request.url).hostname)) return realFetch(input, init);
    const call: OutsideCall = {
      url: request.url,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    };
    const response = await realFetch(`${endpoint}/`, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${FUNCTION_ACCESS_KEY}/20260101/${region}/${OUTSIDE_SIGNING_NAME}/aws4_request`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(call),
      signal: request.signal,
    });
    if (!response.ok)
      throw new TypeError('fetch failed', {
        cause: new Error(`The local cloud does not answer for ${call.url}: ${await response.text()}`),
      });
    return asFetched((await response.json()) as OutsideAnswer, request);
  };
  keepConnectionsLocal();
}

function asFetched(answer: OutsideAnswer, request: Request): Response | Promise<Response> {
  if ('unreachable' in answer) {
    const cause = Object.assign(new Error(`${answer.unreachable} ${request.url}`), {
      code: answer.unreachable,
    });
    throw new TypeError('fetch failed', { cause });
  }
  const { status, headers, body } = answer;
  const to = headers['location'];
  if (status >= 300 && status < 400 && to !== undefined) {
    if (request.redirect === 'error')
      throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
    // As browsers and Node do with what it was before: a GET that is asked again.
    if (request.redirect === 'follow') return fetch(new URL(to, request.url), { signal: request.signal });
  }
  return new Response(WITHOUT_BODY.has(status) ? null : body, { status, headers });
}

/** Every TCP connection begins here, those of clients that bring their own HTTP as well. */
function keepConnectionsLocal(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the socket that it is called on
  const { connect } = Socket.prototype as { connect: (...given: unknown[]) => Socket };
  Socket.prototype.connect = function connectLocally(this: Socket, ...given: unknown[]): Socket {
    const host = hostOf(given);
    if (host === undefined || LOCAL_HOSTS.has(host)) return connect.apply(this, given);
    const message = `The local cloud lets no connection out, and this one leads to ${host}.`;
    return this.destroy(Object.assign(new Error(message), { code: 'ECONNREFUSED' }));
  };
}

/** Arguments as `connect` takes them: options, or port and host, or both normalised in one list. */
function hostOf(given: readonly unknown[]): string | undefined {
  const [first, second] = given;
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'object' && first !== null)
    return 'host' in first && typeof first.host === 'string' ? first.host : undefined;
  return typeof second === 'string' ? second : undefined;
}
