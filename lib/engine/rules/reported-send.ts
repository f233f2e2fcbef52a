/** Which send a report is about: an opening, a bounce, an unsubscribe. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';

/**
 * By `send` (run/step/visit, as the tags of the message carry it), or only by `message` and perhaps `channel`, as an application
 * reports that knows no more: then it is the latest send of that message. An answer that names neither is to what was sent last on its
 * channel before it was written: nobody has told which message the customer was looking at. Undefined where there is none any more.
 */
export function sendOf(deciding: Deciding, event: CustomerEvent): SendRecord | undefined {
  const { send, message, channel } = event.properties;
  return deciding.document.sends.findLast((record) => {
    if (typeof send === 'string') return record.key === send;
    if (record.state !== 'accepted' && record.state !== 'unknown') return false;
    if (typeof message !== 'string')
      return event.event === 'Message Replied' && record.channel === channel && record.at <= event.at;
    return record.message.split('@')[0] === message && (channel === undefined || record.channel === channel);
  });
}
