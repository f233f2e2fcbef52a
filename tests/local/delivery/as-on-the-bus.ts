// A provider's event as the bus hands it on, and whose message the tests send.
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import type { ReportedEvent } from '#lib/local/delivery/reported-event.ts';

export const SENT: SentMessage = {
  customer: 'c'.repeat(32),
  run: 'a'.repeat(24),
  step: 'wishlist.mail',
  visit: 1,
  journey: 'wishlist-restock',
  message: 'wishlist-restock',
  topic: 'promotions',
};

export function asOnTheBus(event: ReportedEvent | undefined): unknown {
  if (event === undefined) throw new Error('nothing was told');
  return { source: event.source, 'detail-type': event.detailType, detail: event.detail };
}
