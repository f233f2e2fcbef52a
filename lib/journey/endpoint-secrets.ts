/** Names of the secrets that calls of an endpoint need: those in its headers, and those that sign. */
import type { Settings } from './settings.ts';

export function endpointSecrets({ headers, signedWith = [] }: Settings['endpoints'][string]): string[] {
  const inHeaders = Object.values(headers).flatMap((header) =>
    typeof header === 'string' ? [] : [header.secret],
  );
  return [...inHeaders, ...signedWith];
}
