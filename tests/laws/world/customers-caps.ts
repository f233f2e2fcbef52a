// What promise P4 forbids beside the caps of steps, found in a world's history by an observer outside the engine: more than the customer has
// chosen to get, and more than those get who do not react. Each finding in words.
import { toMillis } from '#lib/contracts/time.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { sentMessages, type Sent } from './claims.ts';
import { windowOf } from './violations.ts';
import type { World } from './world.ts';

/** Milliseconds in which there may be one message; days of these worlds have 24 hours. */
const DAY = 24 * 60 * 60 * 1000;
const CHOSEN: Readonly<Record<string, number>> = { daily: DAY, weekly: 7 * DAY, monthly: 28 * DAY };
const REACTIONS: ReadonlySet<string> = new Set(['Message Opened', 'Message Clicked', 'Message Replied']);

/** Marketing that was claimed although the customer's own choice, in the very write that claimed it, left no place. */
export function oftenerThanChosen(world: World): string[] {
  const sent = marketing(world);
  return sent.flatMap((one) => {
    const frequency = one.claim.commit.after.preferences?.frequency?.value ?? 'all';
    const window = CHOSEN[frequency] ?? 0;
    const before = earlier(sent, one).filter((other) => at(one) - at(other) < window);
    return before.length === 0
      ? []
      : [`${one.claim.record.key} goes out ${before.length} after another, and ${frequency} was chosen`];
  });
}

/** Marketing beyond what a rule of fatigue leaves to somebody who has let so many messages of the channel pass. */
export function despiteFatigue(world: World): string[] {
  const sent = marketing(world);
  const rules = world.workspace.settings.fatigue ?? [];
  return sent.flatMap((one) =>
    rules.flatMap(({ channel, after, most, per }) => {
      if (one.claim.record.channel !== channel) return [];
      const before = earlier(sent, one).filter(({ claim }) => claim.record.channel === channel);
      const since = lastReaction(world, one, channel);
      const unanswered = before.filter((other) => at(other) > since).length;
      const recent = before.filter((other) => at(one) - at(other) < windowOf(per)).length;
      return unanswered < after || recent < most
        ? []
        : [
            `${one.claim.record.key} goes out despite fatigue: ${unanswered} unanswered, ${recent} within ${per}`,
          ];
    }),
  );
}

function marketing(world: World): readonly Sent[] {
  return sentMessages(world.journal).filter(({ call }) => call.step.class === 'marketing');
}

function at({ claim }: Sent): number {
  return toMillis(claim.record.at);
}

function earlier(sent: readonly Sent[], one: Sent): readonly Sent[] {
  return sent.filter(
    (other) =>
      other !== one && other.customer === one.customer && other.claim.commit.at <= one.claim.commit.at,
  );
}

/**
 * When the customer last reacted, of all that had been told by the time of the claim. What was told and not decided yet counts as well: so
 * this is never earlier than what the engine goes by, and nothing is found that was allowed.
 */
function lastReaction(world: World, { customer, claim }: Sent, channel: Channel): number {
  const channels = new Map(world.journal.of('provider').map((call) => [call.key, call.channel]));
  const instants = world.journal.of('told').flatMap((told) => {
    const { input } = told;
    if (told.customer !== customer || told.at > claim.commit.at) return [];
    if (input.kind !== 'event' || !REACTIONS.has(input.event)) return [];
    return channels.get(String(input.properties['send'])) === channel ? [toMillis(input.at)] : [];
  });
  return Math.max(Number.NEGATIVE_INFINITY, ...instants);
}
