/**
 * Which of the things that a customer has said about consent counts. They are said at four scopes: everything, a channel, a topic, a
 * topic on a channel. A refusal at any scope that covers a send refuses it, until that very scope is granted again; a grant counts only
 * where it names the topic. What nobody has said is no consent, unless the topic's settings say otherwise.
 */
import { ANY } from '#lib/contracts/consent-ledger.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import { duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';

/** As it always was for what nobody has said, and for what was refused for this topic on this channel. */
const NO_CONSENT = 'no consent';

/** One thing that can be allowed or refused; `*` stands for all of its kind. */
export interface Scope {
  readonly topic: string;
  readonly channel: string;
}

/** What a decision about consent reads. */
type Reading = Pick<Deciding, 'document' | 'workspace' | 'now'>;

/** Why marketing of the topic may not go to the channel, in words for the log; undefined where it may. */
export function whyNoConsent(
  reading: Reading,
  topic: string | undefined,
  channel: Channel,
): string | undefined {
  const { topics } = reading.workspace.settings;
  // A topic that settings do not know, or no longer: nobody can have said anything about it that still holds.
  const settings = topic !== undefined && Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (topic === undefined || settings === undefined) return NO_CONSENT;
  const { consent } = reading.document;
  const granted = (at: string, on: string) => consent[at]?.[on]?.granted;
  if (granted(ANY, ANY) === false) return 'unsubscribed from everything';
  if (granted(ANY, channel) === false) return 'unsubscribed from the channel';
  const waits = isRequested(reading, topic, ANY) || isRequested(reading, topic, channel);
  const whileAsked = 'consent not confirmed';
  if (granted(topic, ANY) === false) return waits ? whileAsked : 'unsubscribed from the topic';
  if (granted(topic, channel) === false) return waits ? whileAsked : NO_CONSENT;
  if (granted(topic, channel) === true || granted(topic, ANY) === true) return undefined;
  if (waits) return whileAsked;
  return settings.withoutRecord === 'granted' ? undefined : NO_CONSENT;
}

/**
 * Whether the scope waits for its confirmation: consent was asked for, and neither given nor refused since, and not so long ago that
 * the request has expired.
 */
export function isRequested({ document, workspace, now }: Reading, topic: string, channel: string): boolean {
  const request = document.requested?.[topic]?.[channel];
  const confirm = workspace.settings.topics[topic]?.confirm;
  if (request === undefined || confirm === undefined) return false;
  const record = document.consent[topic]?.[channel];
  if (record !== undefined && (record.granted || record.at >= request.at)) return false;
  return now < addDuration(request.at, duration(confirm.within), 'UTC');
}

export type ConsentRecord = CustomerDocument['consent'][string][string];

/**
 * Whether `record` counts rather than `before`, of one scope. The latest by its own timestamp; of one instant the refusal, then the
 * greater source; and what was imported overrules nothing that was not, whatever their timestamps, because whoever brings in old lists
 * cannot know what the customer has said since. The order is total, so that the order of arrival does not decide.
 */
export function countsRather(record: ConsentRecord, before: ConsentRecord | undefined): boolean {
  if (before === undefined) return true;
  if (before.imported !== record.imported) return before.imported === true;
  if (before.at !== record.at) return before.at < record.at;
  if (before.granted !== record.granted) return !record.granted;
  return (before.source ?? '') < (record.source ?? '');
}
