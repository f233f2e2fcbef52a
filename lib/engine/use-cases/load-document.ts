/** A customer document as the engine of today reads it, whichever engine has written it. */
import type { CustomerDocument } from '../document.ts';
import type { DocumentStore } from '../ports.ts';
import { upgraded } from '../upgrade.ts';

/** Undefined where the customer is new. */
export async function loadDocument(
  store: DocumentStore,
  customer: string,
): Promise<CustomerDocument | undefined> {
  const stored = await store.load(customer);
  return stored === undefined ? undefined : upgraded(stored);
}
