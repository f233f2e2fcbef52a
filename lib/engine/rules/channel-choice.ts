/**
 * Which channel a send takes: the first with an address, consent, and no cap or quiet hour against it. If there is none, the
 * first that could be used at all decides between waiting and skipping; if none can, the first of all says why.
 */
import { sendKey } from '#lib/contracts/ids.ts';
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import { addMillis, earlier, later, type Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import { askingOf, bindingCap } from './caps.ts';
import { channelsInOrder, drawnOrder, oddsOf, type WhyChannel } from './channel-order.ts';
import { journeyThatWentFirst, sendThatGoesFirst } from './priority.ts';
import { whyUnreachable } from './reach.ts';
import { closureOf } from './sending-hours.ts';
import { OPEN_SERVICE_CASE, casesOpenUntil } from './service-cases.ts';
import { expiryOf } from './wait-ends.ts';

/** How long after the one that goes first a send asks again: long enough for that one to have been claimed. */
const AFTER_YOU_MILLIS = 60_000;
/** What the log says of the send that gives way, whether the other one is still to come or has been quicker. */
const LOST = 'lower priority';

export type ChannelChoice =
  | {
      readonly kind: 'send';
      readonly channel: Channel;
      /** Of `best`: why it has taken this channel, and how likely that was. */
      readonly chosen?: { readonly chosen: WhyChannel; readonly odds: number };
    }
  | ({ readonly kind: 'defer'; readonly until: Instant } & NotNow)
  | ({ readonly kind: 'skip' } & NotNow);

interface NotNow {
  readonly channel: Channel;
  readonly reason: string;
  /** The journey whose send takes the place under the cap. */
  readonly yieldsTo?: string;
  /** What stands behind the reason. */
  readonly because?: string;
}

/** `content`: channels the message has content for; `refused`: channels whose provider refused this send for good. */
export function chooseChannel(
  deciding: Deciding,
  call: SendCall,
  content: readonly Channel[],
  refused: readonly Channel[],
  reached: Instant,
): ChannelChoice {
  const { document } = deciding;
  const against = (channel: Channel): string | undefined =>
    refused.includes(channel) ? 'refused by the provider' : impossible(deciding, call, channel, content);
  const isOpen = (channel: Channel): boolean =>
    against(channel) === undefined && obstacleNow(deciding, call, channel, reached) === undefined;
  const taken = drawnOrder(document, call.step, keyOf(call)).find(({ channel }) => isOpen(channel));
  if (taken !== undefined) {
    const { channel, because } = taken;
    if (because === undefined) return { kind: 'send', channel };
    const odds = oddsOf(document, call.step, call.step.channels.filter(isOpen), channel);
    return { kind: 'send', channel, chosen: { chosen: because, odds } };
  }
  let never: ChannelChoice | undefined;
  for (const { channel } of channelsInOrder(document, call.step)) {
    const reason = against(channel);
    if (reason === undefined)
      return obstacleNow(deciding, call, channel, reached) ?? { kind: 'send', channel };
    never ??= { kind: 'skip', channel, reason };
  }
  return never ?? { kind: 'skip', channel: 'email', reason: 'no channel' };
}

/** The first channel that waiting could help: it has content, an address, consent, and is not suppressed. */
export function usableChannel(
  deciding: Deciding,
  call: SendCall,
  content: readonly Channel[],
): Channel | undefined {
  return channelsInOrder(deciding.document, call.step).find(
    ({ channel }) => impossible(deciding, call, channel, content) === undefined,
  )?.channel;
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
  const expiry = expiryOf(deciding, step, reached);
  // By then it would be too late, and nothing can change that: what it would have waited for is told beside it.
  const deferTo = (until: Instant | 'never', why: Omit<NotNow, 'channel'>): ChannelChoice =>
    until === 'never' || until > expiry
      ? { kind: 'skip', channel, reason: 'expired', because: `${why.reason}, ${saidUntil(until)}` }
      : { kind: 'defer', channel, until, ...why };
  const casesOpen = casesOpenUntil(deciding);
  if (casesOpen !== undefined) {
    const until = earlier(casesOpen, expiry);
    return { kind: until > deciding.now ? 'defer' : 'skip', channel, until, reason: OPEN_SERVICE_CASE };
  }
  const place = placeUnderCaps(deciding, call, channel, reached);
  if (place !== undefined && (step.ifCapped === 'skip' || place.free === 'never'))
    return { kind: 'skip', channel, ...place.why };
  const open = place?.free ?? deciding.now;
  const closure =
    open === 'never' ? undefined : closureOf(deciding, step, channel, open, { run: call.run.run, expiry });
  if (closure !== undefined && step.ifQuiet === 'skip')
    return { kind: 'skip', channel, reason: closure.reason };
  if (closure === undefined && place === undefined) return undefined;
  return deferTo(closure?.until ?? open, place?.why ?? { reason: closure?.reason ?? '' });
}

function keyOf({ run, step, loop }: SendCall): string {
  return sendKey(run.run, step.id, loop.visit);
}

function saidUntil(until: Instant | 'never'): string {
  return until === 'never' ? 'for ever' : `until ${until}`;
}

/** Why there is no place for the send now, and from when on there may be one. */
function placeUnderCaps(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
  reached: Instant,
): { readonly free: Instant | 'never'; readonly why: Omit<NotNow, 'channel'> } | undefined {
  const asking = askingOf(deciding, call, channel);
  const binding = bindingCap(deciding, asking);
  if (binding !== undefined) {
    const { free, cap } = binding;
    const yieldsTo = journeyThatWentFirst(deciding, call, asking, reached);
    if (yieldsTo !== undefined) return { free, why: { reason: LOST, yieldsTo } };
    const { reason, because } = cap;
    return { free, why: { reason, ...(because === undefined ? {} : { because }) } };
  }
  const first = sendThatGoesFirst(deciding, call, channel, reached);
  if (first === undefined) return undefined;
  // It may be skipped when its time comes, and then the place is free after all: so ask again, and no later.
  const again = addMillis(later(first.at, deciding.now), AFTER_YOU_MILLIS);
  return { free: again, why: { reason: LOST, yieldsTo: first.journey } };
}
