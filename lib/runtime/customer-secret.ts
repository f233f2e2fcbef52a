/** The secret of the deployment under which customer ids are hashed and the links of messages are signed. */
import { secretsManagerClient } from '#lib/adapters/aws/clients/secrets-manager.ts';
import { createSecrets } from '#lib/adapters/aws/secrets.ts';

/**
 * Fetches the secret with the first call and keeps it as long as the container lives: it never changes, or every customer would be
 * another one. Rejects with the fault `SecretUnavailable` where it cannot be had; the next call asks for it again.
 */
export function createCustomerSecret(secretArn: string): () => Promise<string> {
  const secrets = createSecrets(secretsManagerClient(), () => performance.now());
  let secret: string | undefined;
  return async () => (secret ??= await secrets.value(secretArn));
}
