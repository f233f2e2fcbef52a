/** Consent: what the customer allows, for each topic and channel; the latest by its own timestamp wins, a tie refuses. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { ownRecord } from '../copy.ts';
import { note, type Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import { sendOf } from './reported-send.ts';

/** Deals with `Consent Changed { topic, channel?, granted }` and `Message Unsubscribed { topic or send, channel? }`. */
export function applyConsent(deciding: Deciding, event: CustomerEvent): void {
  if (event.event === 'Consent Changed') apply(deciding, event, event.properties['granted']);
  else if (event.event === 'Message Unsubscribed') apply(deciding, event, false);
}

/** Whether marketing of the topic may go to the channel. No record is no consent unless the topic says otherwise. */
export function hasConsent(
  deciding: Pick<Deciding, 'document' | 'workspace'>,
  topic: string | undefined,
  channel: Channel,
): boolean {
  if (topic === undefined) return false;
  const record = deciding.document.consent[topic]?.[channel];
  if (record !== undefined) return record.granted;
  return deciding.workspace.settings.topics[topic]?.withoutRecord === 'granted';
}

function apply(deciding: Deciding, event: CustomerEvent, granted: unknown): void {
  const { topic, channel, source } = named(deciding, event);
  const known = Object.keys(deciding.workspace.settings.topics);
  const channels =
    channel === undefined || channel === null
      ? channelSchema.options
      : [channelSchema.safeParse(channel).data];
  // Nobody knows what an unsubscribe is about that names neither topic nor message: then it is about everything.
  const topics = topic === undefined && event.event === 'Message Unsubscribed' ? known : [topic];
  if (
    typeof granted !== 'boolean' ||
    channels.includes(undefined) ||
    topics.some((one) => typeof one !== 'string')
  ) {
    note(deciding, { kind: 'ignores', reason: 'consent not understood', event: event.id });
    return;
  }
  for (const one of topics) {
    if (typeof one !== 'string') continue;
    if (known.includes(one)) recordConsent(deciding, event, one, channels, { granted, source });
    else note(deciding, { kind: 'ignores', reason: 'unknown topic', event: event.id });
  }
}

function recordConsent(
  deciding: Deciding,
  event: CustomerEvent,
  topic: string,
  channels: readonly (Channel | undefined)[],
  { granted, source }: { readonly granted: boolean; readonly source: unknown },
): void {
  const records = ownRecord(deciding.document.consent, topic, {});
  const change = {
    granted,
    at: event.at,
    ...(typeof source === 'string' ? { source: source.slice(0, 80) } : {}),
  };
  for (const one of channels) {
    if (one === undefined || !isNewer(change, records[one])) continue;
    records[one] = change;
    deciding.changed = true;
  }
}

type ConsentRecord = CustomerDocument['consent'][string][string];

/** Of one instant the refusal wins, then the greater source: the order of arrival must not decide. */
function isNewer(record: ConsentRecord, before: ConsentRecord | undefined): boolean {
  if (before === undefined) return true;
  if (before.at !== record.at) return before.at < record.at;
  if (before.granted !== record.granted) return !record.granted;
  return (before.source ?? '') < (record.source ?? '');
}

/** Topic and channel as the event names them, or those of the send that an unsubscribe is the answer to. */
function named(deciding: Deciding, event: CustomerEvent): Readonly<Record<string, unknown>> {
  const { properties } = event;
  if (event.event !== 'Message Unsubscribed' || typeof properties['topic'] === 'string') return properties;
  const send = sendOf(deciding, event);
  return send === undefined ? properties : { channel: send.channel, ...properties, topic: send.topic };
}
