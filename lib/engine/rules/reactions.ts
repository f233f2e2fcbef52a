/**
 * What customers do with messages, as two counts for each channel: how many of those sent they have reacted to (`best` learns from it), and
 * how many marketing messages they have had since they last reacted (fatigue). Each is kept only where somebody asks for it.
 *
 * A reaction is an opening, a click or a reply. What machines open and follow is none, nor is a message that is shown.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import { later, type Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';
import { counts } from './counts.ts';

const REACTIONS = ['opened', 'clicked', 'replied'];

/**
 * Messages of a channel after which both numbers are halved, so that what a customer did long ago weighs less and less: a customer who
 * gets two messages a week has changed half of it within four months. Fewer would leave too little to tell 10 % from 20 %.
 */
const REMEMBERED_MESSAGES = 50;

/** Counts a send as long as its record says so: with -1 what a former record said is taken back. */
export function countReactions(deciding: Deciding, send: SendRecord, by: 1 | -1): void {
  countLearned(deciding, send, by);
  countUnanswered(deciding, send, by);
}

/** A message is about to go out on the channel. */
export function fadeReactions({ document }: Deciding, channel: Channel): void {
  const known = document.reactions?.[channel];
  if (known === undefined || known.sent < REMEMBERED_MESSAGES) return;
  const faded = { sent: Math.floor(known.sent / 2), reacted: Math.floor(known.reacted / 2) };
  document.reactions = { ...document.reactions, [channel]: faded };
}

/** A report that only a human causes, whichever message of the channel it is about, known or forgotten. */
export function hearReaction(deciding: Deciding, kind: string, channel: Channel, at: Instant): void {
  const { document } = deciding;
  const before = document.unanswered?.[channel];
  if (!REACTIONS.includes(kind) || before === undefined) return;
  // The latest by its own time counts, whatever order they are told in.
  if (before.since !== undefined && before.since >= at) return;
  const since = before.since === undefined ? at : later(before.since, at);
  const messages = document.sends.filter(
    (send) => send.channel === channel && isUnanswered(send, since),
  ).length;
  document.unanswered = { ...document.unanswered, [channel]: { messages, since } };
  deciding.changed = true;
}

/** Once for each message, whatever and however often is reported. */
function countLearned(deciding: Deciding, { state, reports, channel }: SendRecord, by: 1 | -1): void {
  if (!deciding.workspace.learnsChannels || state !== 'accepted') return;
  const before = deciding.document.reactions?.[channel] ?? { sent: 0, reacted: 0 };
  const reacted = REACTIONS.some((kind) => reports?.[kind] !== undefined) ? by : 0;
  // A version that learns may be newer than the message: then there is nothing to take back.
  const after = { sent: Math.max(0, before.sent + by), reacted: Math.max(0, before.reacted + reacted) };
  deciding.document.reactions = { ...deciding.document.reactions, [channel]: after };
}

function countUnanswered({ document, workspace }: Deciding, send: SendRecord, by: 1 | -1): void {
  const { channel } = send;
  if (workspace.settings.fatigue?.some((rule) => rule.channel === channel) !== true) return;
  const before = document.unanswered?.[channel] ?? { messages: 0 };
  if (!isUnanswered(send, before.since)) return;
  // A rule may be newer than the message: then there is nothing to take back.
  const messages = Math.max(0, before.messages + by);
  document.unanswered = { ...document.unanswered, [channel]: { ...before, messages } };
}

/** Claimed ones as well: so the rule holds however many sends are under way. What bounced has reached nobody. */
function isUnanswered(send: SendRecord, since: Instant | undefined): boolean {
  return counts(send) && send.reports?.['bounced'] === undefined && (since === undefined || send.at > since);
}
