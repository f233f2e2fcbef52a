/** What providers and applications report about a message: kept with its send, for `send … was` and for suppression. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { SendRecord } from '../document.ts';
import { changeSend, type Deciding } from '../deciding.ts';

const REPORTS: Readonly<Record<string, string>> = {
  'Message Delivered': 'delivered',
  'Message Opened': 'opened',
  'Message Clicked': 'clicked',
  'Message Replied': 'replied',
  'Message Bounced': 'bounced',
  'Message Complained': 'complained',
  'Message Unsubscribed': 'unsubscribed',
};

/**
 * A report names its send by `send` (run/step/visit, as the tags of the message carry it), or only by `message` and perhaps
 * `channel`, as an application does that knows no more: then it is the latest send of that message.
 */
export function applyReport(deciding: Deciding, event: CustomerEvent): void {
  const name = REPORTS[event.event];
  if (name === undefined) return;
  const hard = event.properties['type'] === 'hard';
  const send = sendOf(deciding, event);
  // Mail scanners and privacy proxies open what nobody has read.
  if (send !== undefined && !(name === 'opened' && event.properties['machine'] === true)) {
    report(deciding, send, name, event);
    if (name === 'bounced') report(deciding, send, hard ? 'hardBounced' : 'softBounced', event);
  }
  const channel = send?.channel ?? event.properties['channel'];
  if (typeof channel !== 'string' || (name !== 'complained' && !(name === 'bounced' && hard))) return;
  const before = deciding.document.suppressed[channel];
  if (before !== undefined && before.at >= event.at) return;
  deciding.document.suppressed[channel] = {
    reason: name === 'bounced' ? 'hard bounce' : 'complaint',
    at: event.at,
  };
  deciding.changed = true;
}

function report(deciding: Deciding, send: SendRecord, name: string, event: CustomerEvent): void {
  const before = send.reports?.[name];
  if (before !== undefined && before <= event.at) return;
  changeSend(deciding, send, { reports: { ...send.reports, [name]: event.at } });
}

function sendOf(deciding: Deciding, event: CustomerEvent): SendRecord | undefined {
  const { send, message, channel } = event.properties;
  return deciding.document.sends.findLast((record) => {
    if (typeof send === 'string') return record.key === send;
    if (typeof message !== 'string' || (record.state !== 'accepted' && record.state !== 'unknown'))
      return false;
    return record.message.split('@')[0] === message && (channel === undefined || record.channel === channel);
  });
}
