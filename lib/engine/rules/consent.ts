/** Consent: what the customer allows, for each topic and channel; the latest by its own timestamp wins, a tie refuses. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { ownRecord } from '../copy.ts';
import { note, type Deciding } from '../deciding.ts';

/** Deals with `Consent Changed { topic, channel?, granted }` and `Message Unsubscribed { topic, channel? }`. */
export function applyConsent(deciding: Deciding, event: CustomerEvent): void {
  if (event.event === 'Consent Changed') change(deciding, event, event.properties['granted']);
  else if (event.event === 'Message Unsubscribed') change(deciding, event, false);
}

/** Whether marketing of the topic may go to the channel. No record is no consent unless the topic says otherwise. */
export function hasConsent(deciding: Deciding, topic: string | undefined, channel: Channel): boolean {
  if (topic === undefined) return false;
  const record = deciding.document.consent[topic]?.[channel];
  if (record !== undefined) return record.granted;
  return deciding.workspace.settings.topics[topic]?.withoutRecord === 'granted';
}

function change(deciding: Deciding, event: CustomerEvent, granted: unknown): void {
  const { topic, channel, source } = event.properties;
  const channels =
    channel === undefined || channel === null
      ? channelSchema.options
      : [channelSchema.safeParse(channel).data];
  if (typeof topic !== 'string' || typeof granted !== 'boolean' || channels.includes(undefined)) {
    note(deciding, { kind: 'ignores', reason: 'consent not understood', event: event.id });
    return;
  }
  if (!Object.hasOwn(deciding.workspace.settings.topics, topic)) {
    note(deciding, { kind: 'ignores', reason: 'unknown topic', event: event.id });
    return;
  }
  const records = ownRecord(deciding.document.consent, topic, {});
  for (const one of channels) {
    const before = one === undefined ? undefined : records[one];
    if (one === undefined || (before !== undefined && before.at > event.at)) continue;
    if (before !== undefined && before.at === event.at && (before.granted === granted || granted)) continue;
    records[one] = {
      granted,
      at: event.at,
      ...(typeof source === 'string' ? { source: source.slice(0, 80) } : {}),
    };
    deciding.changed = true;
  }
}
