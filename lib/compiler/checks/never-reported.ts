/**
 * What nobody tells of messages: answers where the settings hear none, openings of text messages. Wherever it is waited for or asked about,
 * that is a warning and no mistake, for an application may tell it.
 */
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { REPLY_CHANNELS } from '#lib/contracts/replies/reply.ts';
import { channelsOf } from '#lib/journey/channels.ts';
import type { Condition, SendOutcome } from '#lib/journey/conditions/condition.ts';
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { readCondition, type ConditionCheck } from './condition-context.ts';
import { placeSteps } from '../step-places.ts';
import type { Check } from './journey-context.ts';

/** Of the events about messages, those that not every channel has. */
const OUTCOME_OF: Readonly<Record<string, SendOutcome>> = {
  'Message Replied': 'replied',
  'Message Opened': 'opened',
  'Message Clicked': 'clicked',
  'Message Complained': 'complained',
  'Message Shown': 'shown',
  'Message Dismissed': 'dismissed',
};

/** Conditions that ask what became of a message, or whether such an event has happened. */
export const neverReported: ConditionCheck = function* neverReported({
  conditions,
  settings,
  messages,
  journey,
}) {
  if (settings === undefined) return;
  const steps = journey === undefined ? [] : placeSteps(journey);
  for (const { condition, path } of conditions) {
    if (condition === undefined) continue;
    for (const leaf of leavesOf(condition)) {
      const at = [...path, ...leaf.path];
      if (leaf.kind === 'send') {
        const sends = steps.flatMap(({ step }) =>
          step.type === 'send' && step.id === leaf.send ? [step] : [],
        );
        const channels = sends.flatMap(({ channel }) => channelsOf(channel));
        yield* told(leaf.was, channels, settings, [...at, 'was']);
      } else if (leaf.kind === 'message')
        yield* told(leaf.was, messages.get(leaf.message)?.channels ?? [], settings, [...at, 'was']);
      else if (leaf.kind === 'did')
        yield* told(OUTCOME_OF[leaf.event], channelsAsked(leaf.where), settings, [...at, 'did']);
    }
  }
};

/** Events that let in, end, count or wake. */
export const eventsNeverReported: Check = function* eventsNeverReported({ matches, settings }) {
  if (settings === undefined) return;
  for (const { event, where, path } of matches) {
    const condition = where === undefined ? undefined : readCondition(where).condition;
    yield* told(OUTCOME_OF[event], channelsAsked(condition), settings, [...path, 'event']);
  }
};

function* told(
  outcome: SendOutcome | undefined,
  channels: readonly Channel[],
  settings: Settings,
  path: Finding['path'],
): Generator<Finding> {
  // Steps and messages that are not there are told as such.
  if (outcome === undefined || channels.length === 0) return;
  if (channels.some((channel) => isReported(outcome, channel, settings))) return;
  const named = channels.length === channelSchema.options.length ? [] : [...new Set(channels)];
  if (outcome === 'replied') {
    const answerable = REPLY_CHANNELS.filter((channel) => channels.includes(channel));
    yield finding('replies-not-heard', path, { channels: named, answerable });
  } else yield finding('never-reported', path, { outcome, channels: named });
}

/** Whether a provider or the deployment's own pages tell it, or an app that shows the message may. */
function isReported(
  outcome: SendOutcome,
  channel: Channel,
  { replies, trackedLinks = [] }: Settings,
): boolean {
  switch (outcome) {
    case 'replied':
      return replies.some((one) => one === channel);
    case 'opened':
      return channel !== 'sms';
    case 'clicked':
      return (channel !== 'sms' && channel !== 'whatsapp') || trackedLinks.includes(channel);
    case 'complained':
      return channel === 'email' || channel === 'webhook';
    case 'shown':
    case 'dismissed':
      return channel === 'inapp' || channel === 'push' || channel === 'webhook';
    default:
      return true;
  }
}

/** The channels that an event's condition leaves, as far as it names them; all where it does not. */
function channelsAsked(where: Condition | undefined): readonly Channel[] {
  if (where?.kind === 'all')
    return channelSchema.options.filter((channel) =>
      where.of.every((part) => channelsAsked(part).includes(channel)),
    );
  if (where?.kind !== 'compare' || where.field.root !== 'event' || where.field.path.join('.') !== 'channel')
    return channelSchema.options;
  const { operator, value } = where;
  const named: readonly unknown[] = Array.isArray(value) ? value : [value];
  return operator === 'eq' || operator === 'in'
    ? channelSchema.options.filter((channel) => named.includes(channel))
    : channelSchema.options;
}
