/**
 * Whether a `Host` header names this machine. A page of somebody else can have its own name lead to 127.0.0.1 and then ask on behalf of
 * whoever reads it; its requests still carry that name (DNS rebinding).
 */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|(?:[\w.-]+\.)?localhost|\[::1\])(?::\d+)?$/.test(host);
}
