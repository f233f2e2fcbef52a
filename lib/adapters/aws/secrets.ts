/** Secrets by name or ARN, remembered for a while: each request costs money and time. */
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Fault } from '#lib/contracts/faults.ts';

/** A rotated secret is in use everywhere after this long; an endpoint called a thousand times a minute costs 12 requests an hour. */
const REMEMBERED_MILLIS = 5 * 60 * 1000;

export interface Secrets {
  /** Throws the fault `SecretUnavailable` where it cannot be had; its value stands in no message. */
  value(id: string): Promise<string>;
}

/** @param millis only grows (port `Clock.monotonic`). */
export function createSecrets(client: SecretsManagerClient, millis: () => number): Secrets {
  const known = new Map<string, { readonly value: Promise<string>; readonly until: number }>();
  const fetch = async (id: string): Promise<string> => {
    try {
      const { SecretString: value } = await client.send(new GetSecretValueCommand({ SecretId: id }));
      if (value !== undefined && value !== '') return value;
    } catch (error) {
      throw new Fault('SecretUnavailable', `a secret could not be read: ${reasonOf(error)}`);
    }
    throw new Fault('SecretUnavailable', 'a secret has no text');
  };
  return {
    value(id) {
      const remembered = known.get(id);
      if (remembered !== undefined && millis() < remembered.until) return remembered.value;
      const value = fetch(id);
      known.set(id, { value, until: millis() + REMEMBERED_MILLIS });
      // What failed is asked for again with the next call.
      value.catch(() => known.delete(id));
      return value;
    },
  };
}

/** The client's names say what is wrong: AccessDeniedException, ResourceNotFoundException, TimeoutError. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
