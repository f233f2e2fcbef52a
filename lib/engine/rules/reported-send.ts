/** Which send a report is about: an opening, a bounce, an unsubscribe. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';

/**
 * By `send` (run/step/visit, as the tags of the message carry it), or only by `message` and perhaps `channel`, as an application
 * reports that knows no more: then it is the latest send of that message. Undefined where there is none any more.
 */
export function sendOf(deciding: Deciding, event: CustomerEvent): SendRecord | undefined {
  const { send, message, channel } = event.properties;
  return deciding.document.sends.findLast((record) => {
    if (typeof send === 'string') return record.key === send;
    if (typeof message !== 'string' || (record.state !== 'accepted' && record.state !== 'unknown'))
      return false;
    return record.message.split('@')[0] === message && (channel === undefined || record.channel === channel);
  });
}
