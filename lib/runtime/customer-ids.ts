/** Customer ids of a deployment: external ids hashed under its secret. Only for functions that hear of customers from outside. */
import { customerId } from '#lib/contracts/ids.ts';
import { createCustomerSecret } from './customer-secret.ts';

/** The hash rejects with the fault `SecretUnavailable` where the secret cannot be had; the next call asks for it again. */
export function createCustomerIds(secretArn: string): (external: string) => Promise<string> {
  const secret = createCustomerSecret(secretArn);
  return async (external) => customerId(await secret(), external);
}
