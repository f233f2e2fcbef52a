/** What a page has been told, decided at once and written as any input is. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Input } from '#lib/engine/input.ts';
import { later } from '#lib/contracts/time.ts';
import { decideAndCommit } from '#lib/engine/use-cases/engine.ts';
import type { LinkedRequest } from './site.ts';

/** The same events as applications send them. */
export type Told = Pick<CustomerEvent, 'event' | 'properties'>;
/** Traits that an identify tells. */
export interface ToldTraits {
  readonly traits: Readonly<Record<string, unknown>>;
}

/**
 * Decides and commits what `tell` makes of the document as it is stored: nothing, where it says so already, so that a request that comes
 * again changes nothing.
 * @returns the document as it is stored now; undefined where the customer is unknown by now.
 * @throws the faults of `decideAndCommit` and of the store: nothing was saved.
 */
export async function tell(
  { site, link, now }: Pick<LinkedRequest, 'site' | 'link' | 'now'>,
  told: (document: CustomerDocument) => readonly (Told | ToldTraits)[],
): Promise<CustomerDocument | undefined> {
  const inputs = (document: CustomerDocument): readonly Input[] => {
    // Clocks differ: what is said here is said about what is stored, and not before it.
    const at = later(now, document.decided);
    return told(document).map((one, index) => {
      // One of a kind for each state of the document: somebody may unsubscribe, come back, and unsubscribe again by the same link.
      const common = { id: `page/${link.purpose}/${document.revision}/${index}`, at, received: at };
      return 'traits' in one ? { kind: 'identify', ...common, ...one } : { kind: 'event', ...common, ...one };
    });
  };
  const { document } = await decideAndCommit(site.engine, link.customer, inputs);
  return document;
}
