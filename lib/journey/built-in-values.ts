/**
 * Which values the properties of built-in events have. `only`: no other ever occurs, for Wend makes the event or understands no other
 * word. `names`: of what the workspace has. `words`: those that Wend and the providers use; an application that reports for a provider of
 * its own may use others.
 */
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { CONSENT_REQUESTED, PRIVACY_REQUESTED, SUPPRESSION_ADDED, SUPPRESSION_LIFTED } from './vocabulary.ts';

/** What the workspace names: their ids. */
export type NamedThings = 'topics' | 'journeys' | 'messages' | 'traits';

export type BuiltInValues =
  | { readonly kind: 'only'; readonly values: readonly string[] }
  | { readonly kind: 'names'; readonly of: NamedThings; readonly also: readonly string[] }
  | { readonly kind: 'words'; readonly values: readonly string[] };

const CHANNELS = only(...channelSchema.options);
/** `*`: said about all topics. */
const TOPICS = { kind: 'names', of: 'topics', also: ['*'] } as const;
const JOURNEYS = { kind: 'names', of: 'journeys', also: [] } as const;
const MESSAGES = { kind: 'names', of: 'messages', also: [] } as const;
const TRAITS = { kind: 'names', of: 'traits', also: [] } as const;

/** SES names the subtype, End User Messaging the status (lib/contracts/provider-events). */
const BOUNCES = words(
  'Undetermined',
  'General',
  'NoEmail',
  'Suppressed',
  'OnAccountSuppressionList',
  'MailboxFull',
  'MessageTooLarge',
  'ContentRejected',
  'AttachmentRejected',
  'TEXT_INVALID',
  'TEXT_UNREACHABLE',
  'TEXT_CARRIER_UNREACHABLE',
  'TEXT_BLOCKED',
  'TEXT_CARRIER_BLOCKED',
  'TEXT_TTL_EXPIRED',
);
const REJECTIONS = words(
  'Rejected',
  'RenderingFailure',
  'TEXT_PROTECT_BLOCKED',
  'TEXT_SPAM',
  'TEXT_INVALID_MESSAGE',
);
/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html: complaintFeedbackType. */
const COMPLAINTS = words('abuse', 'auth-failure', 'fraud', 'not-spam', 'other', 'virus');
/** What the log has as the reason of a skip. */
const SKIPS = words(
  'expired',
  'no consent',
  'suppressed',
  'no address',
  'no channel',
  'paused by customer',
  'unsubscribed from everything',
  'frequency cap',
  'frequency chosen by the customer',
  'lower priority',
  'quiet hours',
  'outside the windows',
  'closed day',
  'public holiday',
  'legal hours',
  'open service case',
  'message could not be rendered',
);

const OF_MESSAGES: Readonly<Record<string, BuiltInValues>> = {
  channel: CHANNELS,
  topic: TOPICS,
  journey: JOURNEYS,
  message: MESSAGES,
};
const OF_JOURNEYS: Readonly<Record<string, BuiltInValues>> = { journey: JOURNEYS };

const OF_EVENTS: Readonly<Record<string, Readonly<Record<string, BuiltInValues>>>> = {
  'Trait Changed': { trait: TRAITS },
  'Consent Changed': { topic: TOPICS, channel: CHANNELS },
  [CONSENT_REQUESTED]: { topic: TOPICS, channel: CHANNELS },
  [SUPPRESSION_ADDED]: { channel: CHANNELS },
  [SUPPRESSION_LIFTED]: { channel: CHANNELS },
  'Preferences Changed': { frequency: only('all', 'daily', 'weekly', 'monthly') },
  [PRIVACY_REQUESTED]: { request: only('export', 'erasure') },
  'Journey Requested': OF_JOURNEYS,
  'Journey Entered': OF_JOURNEYS,
  'Journey Completed': OF_JOURNEYS,
  'Journey Exited': OF_JOURNEYS,
  'Message Bounced': { ...OF_MESSAGES, type: only('hard', 'soft'), reason: BOUNCES },
  'Message Rejected': { ...OF_MESSAGES, reason: REJECTIONS },
  'Message Complained': { ...OF_MESSAGES, reason: COMPLAINTS },
  'Message Skipped': { ...OF_MESSAGES, reason: SKIPS },
};

/** What is known of the values of a built-in event's property; undefined where it may have any. */
export function builtInValues(event: string, property: string): BuiltInValues | undefined {
  const values = OF_EVENTS[event] ?? (event.startsWith('Message ') ? OF_MESSAGES : undefined);
  return values !== undefined && Object.hasOwn(values, property) ? values[property] : undefined;
}

function only(...values: readonly string[]): BuiltInValues {
  return { kind: 'only', values };
}

function words(...values: readonly string[]): BuiltInValues {
  return { kind: 'words', values };
}
