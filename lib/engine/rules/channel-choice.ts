/**
 * Which channel a send takes: the first with an address, consent, and no cap or quiet hour against it. If there is none, the
 * first that could be used at all decides between waiting and skipping; if none can, the first as written says why.
 */
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import { capFreeAt } from './caps.ts';
import { whyUnreachable } from './reach.ts';
import { expiryOf, quietEnd } from './wait-ends.ts';

export type ChannelChoice =
  | { readonly kind: 'send'; readonly channel: Channel }
  | { readonly kind: 'defer'; readonly channel: Channel; readonly reason: string; readonly until: Instant }
  | { readonly kind: 'skip'; readonly channel: Channel; readonly reason: string };

/** `content`: channels the message has content for; `refused`: channels whose provider refused this send for good. */
export function chooseChannel(
  deciding: Deciding,
  call: SendCall,
  content: readonly Channel[],
  refused: readonly Channel[],
  reached: Instant,
): ChannelChoice {
  let never: ChannelChoice | undefined;
  let notNow: ChannelChoice | undefined;
  for (const channel of call.step.channels) {
    const reason = refused.includes(channel)
      ? 'refused by the provider'
      : impossible(deciding, call, channel, content);
    if (reason !== undefined) {
      never ??= { kind: 'skip', channel, reason };
      continue;
    }
    const obstacle = obstacleNow(deciding, call, channel, reached);
    if (obstacle === undefined) return { kind: 'send', channel };
    notNow ??= obstacle;
  }
  return notNow ?? never ?? { kind: 'skip', channel: 'email', reason: 'no channel' };
}

/** The first channel that waiting could help: it has content, an address, consent, and is not suppressed. */
export function usableChannel(
  deciding: Deciding,
  call: SendCall,
  content: readonly Channel[],
): Channel | undefined {
  return call.step.channels.find((channel) => impossible(deciding, call, channel, content) === undefined);
}

function impossible(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
  content: readonly Channel[],
): string | undefined {
  if (!content.includes(channel)) return 'no content for the channel';
  return whyUnreachable(deciding, call.step, channel);
}

function obstacleNow(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
  reached: Instant,
): ChannelChoice | undefined {
  const { step } = call;
  if (step.class === 'transactional') return undefined;
  const free = capFreeAt(deciding, call, channel);
  if (free !== undefined && (step.ifCapped === 'skip' || free === 'never'))
    return { kind: 'skip', channel, reason: 'frequency cap' };
  const open = free === undefined || free === 'never' ? deciding.now : free;
  const quiet = quietEnd(deciding, step, channel, open);
  if (quiet !== undefined && step.ifQuiet === 'skip') return { kind: 'skip', channel, reason: 'quiet hours' };
  if (quiet === undefined && free === undefined) return undefined;
  const until = quiet ?? open;
  // By then it would be too late, and nothing can change that.
  if (until > expiryOf(deciding, step, reached)) return { kind: 'skip', channel, reason: 'expired' };
  return { kind: 'defer', channel, reason: free === undefined ? 'quiet hours' : 'frequency cap', until };
}
