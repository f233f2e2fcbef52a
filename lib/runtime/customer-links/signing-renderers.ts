/** The renderer of a deployment: its links lead to the deployment's own pages, signed for the customer of each message. */
import type { Renderer } from '#lib/engine/ports.ts';
import { rendererOf, type Rendering } from '#lib/messages/rendering.ts';
import { createLinkSigners } from './link-signers.ts';
import { createCustomerPages } from './page-addresses.ts';

/**
 * Made with the first message. Rejects with the fault `SecretUnavailable` where the key cannot be had: a message whose links lead nowhere
 * must not go out, and the step is tried again.
 */
export function createSigningRenderers(
  rendering: Rendering,
  { CUSTOMER_SECRET_ARN, PAGES_URL }: { readonly CUSTOMER_SECRET_ARN: string; readonly PAGES_URL: string },
): () => Promise<Renderer> {
  const signers = createLinkSigners(CUSTOMER_SECRET_ARN);
  let renderer: Renderer | undefined;
  return async () => (renderer ??= rendererOf(rendering, createCustomerPages(PAGES_URL, await signers())));
}
