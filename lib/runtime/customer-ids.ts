/** Customer ids of a deployment: external ids hashed under its secret. Only for functions that hear of customers from outside. */
import { secretsManagerClient } from '#lib/adapters/aws/clients/secrets-manager.ts';
import { createSecrets } from '#lib/adapters/aws/secrets.ts';
import { customerId } from '#lib/contracts/ids.ts';

/**
 * Fetches the secret with the first call and keeps it as long as the container lives: it never changes, or every customer would be
 * another one. The hash rejects with the fault `SecretUnavailable` where the secret cannot be had; the next call asks for it again.
 */
export function createCustomerIds(secretArn: string): (external: string) => Promise<string> {
  const secrets = createSecrets(secretsManagerClient(), () => performance.now());
  let secret: string | undefined;
  return async (external) => {
    secret ??= await secrets.value(secretArn);
    return customerId(secret, external);
  };
}
