/** The same input again changes nothing, inside the deduplication window: a customer's last 100 events that counted. */
import { hashHex } from '#lib/contracts/hash.ts';
import { RECENT_EVENTS } from '../budgets.ts';
import type { CustomerDocument } from '../document.ts';

export function isDuplicate(document: CustomerDocument, { id }: { readonly id: string }): boolean {
  return document.recent.includes(recentId(id));
}

export function remember(document: CustomerDocument, { id }: { readonly id: string }): void {
  document.recent = [...document.recent.slice(-(RECENT_EVENTS - 1)), recentId(id)];
}

/**
 * Short ids are kept as they are. Of longer ones a hash: 80 bits are more than enough to tell the last hundred events of one
 * customer apart, and take half the room of a UUID.
 */
function recentId(id: string): string {
  return id.length <= 20 ? id : hashHex(id, 20);
}
