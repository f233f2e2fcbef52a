/** The client of secrets. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { repeatedCalls } from './call-settings.ts';

/** One for each container: connections and credentials are kept. */
export function secretsManagerClient(): SecretsManagerClient {
  return new SecretsManagerClient(repeatedCalls());
}
