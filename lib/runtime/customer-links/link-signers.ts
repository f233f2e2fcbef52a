/** The signer of the deployment's links, once its secret is known. */
import { createLinkSigner, type LinkSigner } from '#lib/pages/links/link-signer.ts';
import { createCustomerSecret } from '../customer-secret.ts';

/** Rejects with the fault `SecretUnavailable` where the secret cannot be had; the next call asks for it again. */
export function createLinkSigners(secretArn: string): () => Promise<LinkSigner> {
  const secret = createCustomerSecret(secretArn);
  let signer: LinkSigner | undefined;
  return async () => (signer ??= createLinkSigner(await secret()));
}
