/** A customer was looked at and nothing has changed: without this the index of looks would give the same customer every minute. */
import type { CustomerDocument } from '../document.ts';
import { lookAfterLook } from '../next-look.ts';
import type { Engine } from './engine.ts';

/**
 * To be called at the end of a look, with the document as the last of its decisions has left it. Writes only where its instant of
 * the look is still past; where somebody else has decided meanwhile, that decision has set it, or the next look comes here again.
 */
export async function moveLook(
  { ports: { store, clock } }: Engine<'store' | 'clock'>,
  document: CustomerDocument,
): Promise<void> {
  const now = clock.now();
  if (document.look === undefined || document.look > now) return;
  const look = lookAfterLook(document, now);
  const { look: _, ...rest } = document;
  const moved = { ...rest, revision: document.revision + 1, log: [] };
  await store.commit(look === undefined ? moved : { ...moved, look });
}
