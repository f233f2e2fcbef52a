// Who may ask: this machine, and a page of ours. The page can send events and read profiles, and needs no password; so a page of somebody
// else, open in the same browser, must not be able to ask in its place.
import type { IncomingMessage } from 'node:http';
import { isLocalHost } from '#lib/local/gateway/local-host.ts';
import { PageProblem } from './page-problem.ts';

/**
 * Throws PageProblem for a host that is not this machine (DNS rebinding), for a request that comes from another page (`Origin`,
 * `Sec-Fetch-Site`), and for one that writes and is not JSON: forms of other pages can send everything else without asking.
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS#simple_requests
 */
export function guardRequest({ method, headers }: IncomingMessage): void {
  if (!isLocalHost(headers.host))
    throw new PageProblem(403, 'This page is for 127.0.0.1 and localhost only.');
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`)
    throw new PageProblem(403, 'Requests of other pages are not answered.');
  const isRead = method === 'GET' || method === 'HEAD';
  const site = headers['sec-fetch-site'];
  // A link from elsewhere may lead here; only a page of ours may do something.
  if (!isRead && site !== undefined && site !== 'same-origin')
    throw new PageProblem(403, 'Requests of other pages are not answered.');
  if (!isRead && !/^application\/json\s*(?:;|$)/.test(headers['content-type'] ?? ''))
    throw new PageProblem(415, 'Send JSON, with the header Content-Type: application/json.');
}
