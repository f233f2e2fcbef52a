import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a `Host` header names this machine. A page of somebody else can have its own name lead to 127.0.0.1 and then ask on behalf of
 * whoever reads it; its requests still carry that name (DNS rebinding).
 */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|(?:[\w.-]+\.)?localhost|\[::1\])(?::\d+)?$/.test(host);
}

/**
 * Whether a page of another host has a browser ask. It can send forms and plain texts without being allowed to, and requests here need no
 * secret: what it cannot read it could still have done. Clients of AWS send neither header.
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS#simple_requests
 */
export function isForeignPage({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (site === 'cross-site') return true;
  return origin !== undefined && !isLocalHost(/^https?:\/\/(?<host>[^/]+)$/.exec(origin)?.groups?.['host']);
}
