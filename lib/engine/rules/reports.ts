/** What providers and applications report about a message: kept with its send, for `send … was` and for suppression. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { runOfSend } from '#lib/contracts/ids.ts';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { SendRecord } from '../document.ts';
import { addressesOf, markOf } from './addresses.ts';
import type { Deciding } from '../deciding.ts';
import { sendOf } from './reported-send.ts';
import { noteSent } from './note-sent.ts';
import { effectOf, keepInLedger } from './ledger.ts';
import { hearReaction } from './reactions.ts';
import { changeSend } from './send-record.ts';
import { COMPLAINT, HARD_BOUNCE, suppress } from './suppression.ts';

const REPORTS: Readonly<Record<string, string>> = {
  'Message Delivered': 'delivered',
  'Message Opened': 'opened',
  'Message Clicked': 'clicked',
  'Message Replied': 'replied',
  'Message Bounced': 'bounced',
  'Message Rejected': 'rejected',
  'Message Complained': 'complained',
  'Message Unsubscribed': 'unsubscribed',
  'Message Shown': 'shown',
  'Message Dismissed': 'dismissed',
};

/** Mail scanners and privacy proxies open and follow what nobody has read. */
const MACHINES_DO: ReadonlySet<string> = new Set(['opened', 'clicked']);

/**
 * A report names its send by `send` (run/step/visit, as the tags of the message carry it), or only by `message` and perhaps
 * `channel`, as an application does that knows no more: then it is the latest send of that message.
 */
export function applyReport(deciding: Deciding, event: CustomerEvent): void {
  const name = REPORTS[event.event];
  if (name === undefined) return;
  const hard = event.properties['type'] === 'hard';
  const send = sendOf(deciding, event);
  const byMachine = MACHINES_DO.has(name) && event.properties['machine'] === true;
  if (send !== undefined) {
    const kinds = name === 'bounced' ? [name, hard ? 'hardBounced' : 'softBounced'] : [name];
    // What a machine does is not kept; but it has found a message, so that one has been taken.
    report(deciding, send, byMachine ? [] : kinds, event.at);
  }
  const channel = send?.channel ?? channelSchema.safeParse(event.properties['channel']).data;
  if (channel === undefined) return;
  if (!byMachine) hearReaction(deciding, name, channel, event.at);
  const said = { what: 'suppressed' as const, channel, ...(send === undefined ? {} : { send: send.key }) };
  if (name === 'complained') {
    const changed = suppress(deciding, channel, { reason: COMPLAINT, at: event.at });
    keepInLedger(deciding, event, { ...said, reason: COMPLAINT, effect: effectOf(changed) });
  }
  if (name === 'bounced' && hard) {
    const to = send?.to ?? addressThen(deciding, channel, event.at);
    const changed =
      to !== undefined && suppress(deciding, channel, { reason: HARD_BOUNCE, at: event.at, to });
    keepInLedger(deciding, event, { ...said, reason: HARD_BOUNCE, effect: effectOf(changed) });
  }
}

/** The address that a bounce of that time is about, where its send is not known any more; undefined where it is another by now. */
function addressThen({ document }: Deciding, channel: Channel, at: Instant): string | undefined {
  const since = document.traits[channel === 'email' ? 'email' : 'phone']?.at;
  return since !== undefined && since > at ? undefined : markOf(addressesOf(document, channel));
}

/**
 * Keeps the first instant of each kind. Whatever its sender knows, a message that is reported on has been taken: also one that is only
 * claimed, that is in doubt, or whose first attempt nobody heard the answer of and whose second was refused.
 */
function report(deciding: Deciding, send: SendRecord, kinds: readonly string[], at: Instant): void {
  const reports = { ...send.reports };
  for (const kind of kinds) {
    const before = reports[kind];
    if (before === undefined || before > at) reports[kind] = at;
  }
  const isNew = kinds.some((kind) => reports[kind] !== send.reports?.[kind]);
  const isTaken = send.state === 'accepted';
  if (!isNew && isTaken) return;
  const changed = changeSend(deciding, send, {
    ...(Object.keys(reports).length === 0 ? {} : { reports }),
    ...(isTaken ? {} : { state: 'accepted' }),
  });
  // A send that was in doubt has been told already.
  if (!isTaken && send.state !== 'unknown')
    noteSent(deciding, deciding.document.runs[runOfSend(send.key)] ?? {}, changed, 'accepted');
}
