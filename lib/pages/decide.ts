/** What a page has been told, decided at once and written as any input is. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Input } from '#lib/engine/input.ts';
import { decideAndCommit } from '#lib/engine/use-cases/engine.ts';
import type { LinkedRequest } from './site.ts';

/** The same events as applications send them. */
export type Told = Pick<CustomerEvent, 'event' | 'properties'>;

/**
 * Decides and commits what `tell` makes of the document as it is stored: nothing, where it says so already, so that a request that comes
 * again changes nothing.
 * @returns the document as it is stored now; undefined where the customer is unknown by now.
 * @throws the faults of `decideAndCommit` and of the store: nothing was saved.
 */
export async function tell(
  { site, link, now }: Pick<LinkedRequest, 'site' | 'link' | 'now'>,
  told: (document: CustomerDocument) => readonly Told[],
): Promise<CustomerDocument | undefined> {
  const inputs = (document: CustomerDocument): readonly Input[] =>
    told(document).map(({ event, properties }, index) => ({
      kind: 'event',
      // One of a kind for each state of the document: somebody may unsubscribe, come back, and unsubscribe again by the same link.
      id: `page/${link.purpose}/${document.revision}/${index}`,
      at: now,
      received: now,
      event,
      properties,
    }));
  const { document } = await decideAndCommit(site.engine, link.customer, inputs);
  return document;
}
