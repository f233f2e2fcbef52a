/**
 * In which order a send tries its channels. `best` puts first what the customer prefers, then the channels on which the
 * customer has reacted most, then the others as they are listed; a plain list stays as it is.
 *
 * What has only been tried on one channel teaches nothing about the others. So a part of the sends (`explore`) tries all channels but the
 * preferred in an order that is drawn. The draw hangs on the send alone: wherever a send is thought about, it comes out the same. It is
 * between channels that are open; when a send waits, and for which channel, is decided without it.
 */
import { hashFraction } from '#lib/contracts/hash.ts';
import { channelSchema, type Channel, type SendSettings } from '#lib/contracts/step-calls.ts';
import { DEFAULT_EXPLORE } from '#lib/journey/channels.ts';
import { percentOf } from '#lib/journey/percent.ts';
import type { CustomerDocument, Reactions } from '../document.ts';

/** Why a channel stands where it does. */
export type WhyChannel = 'preferred' | 'learned' | 'listed' | 'explored';

export interface RankedChannel {
  readonly channel: Channel;
  /** Undefined for a plain list. */
  readonly because?: WhyChannel;
}

type Choosing = Pick<SendSettings, 'channels' | 'best'>;

/** Without a draw: what is waited for where no channel is open, and what a plain list says. */
export function channelsInOrder(
  document: CustomerDocument,
  { channels, best }: Choosing,
): readonly RankedChannel[] {
  if (best === undefined) return channels.map((channel) => ({ channel }));
  const preferred = preferredChannel(document, best.preferred);
  const learned = channels
    .filter((channel) => channel !== preferred && (document.reactions?.[channel]?.reacted ?? 0) > 0)
    // Stable: of equals the one that is listed first.
    .toSorted((a, b) => compareReactions(document.reactions?.[b], document.reactions?.[a]));
  const ranked: RankedChannel[] = [];
  if (preferred !== undefined && channels.includes(preferred))
    ranked.push({ channel: preferred, because: 'preferred' });
  for (const channel of learned) ranked.push({ channel, because: 'learned' });
  for (const channel of channels)
    if (!ranked.some((one) => one.channel === channel)) ranked.push({ channel, because: 'listed' });
  return ranked;
}

/** The order in which a send takes the first that is open. `key`: run/step/visit. */
export function drawnOrder(
  document: CustomerDocument,
  settings: Choosing,
  key: string,
): readonly RankedChannel[] {
  const ranked = channelsInOrder(document, settings);
  if (settings.best === undefined || !explores(settings.best, key)) return ranked;
  const drawn = ranked
    .filter(({ because }) => because !== 'preferred')
    .map(({ channel }) => ({ channel, lot: hashFraction('explore', key, channel) }))
    .toSorted((a, b) => a.lot - b.lot);
  return [
    ...ranked.filter(({ because }) => because === 'preferred'),
    ...drawn.map(({ channel }) => ({ channel, because: 'explored' as const })),
  ];
}

/** Odds are whole millionths: decisions repeat to the byte. */
export const CERTAIN = 1_000_000;

/**
 * How likely it was, in millionths, that the send would take this channel, over all draws: what is judged later has to be weighed by it.
 * `open`: the channels that could take it now, in whatever order.
 */
export function oddsOf(
  document: CustomerDocument,
  settings: Choosing,
  open: readonly Channel[],
  chosen: Channel,
): number {
  const order = channelsInOrder(document, settings).filter(({ channel }) => open.includes(channel));
  const [first] = order;
  if (first?.because === 'preferred') return first.channel === chosen ? CERTAIN : 0;
  const explored = percentOf(settings.best?.explore ?? DEFAULT_EXPLORE) / 100;
  const byLot = (explored * CERTAIN) / order.length;
  const byRank = first?.channel === chosen ? (1 - explored) * CERTAIN : 0;
  return Math.round(byRank + byLot);
}

function explores({ explore = DEFAULT_EXPLORE }: NonNullable<SendSettings['best']>, key: string): boolean {
  return hashFraction('explore', key) * 100 < percentOf(explore);
}

/** The trait names a channel, in whatever case; anything else prefers none. */
function preferredChannel(document: CustomerDocument, path: string | undefined): Channel | undefined {
  if (path === undefined) return undefined;
  const [, root = '', ...deeper] = path.split('.');
  let value: unknown = document.traits[root]?.value;
  for (const part of deeper)
    value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
  if (typeof value !== 'string') return undefined;
  return channelSchema.safeParse(value.trim().toLowerCase().replace('-', '')).data;
}

/**
 * By the part of the messages that the customer has reacted to, reckoned with one reaction and one silence more, so that one
 * opening of one message does not outdo forty of fifty. Whole numbers only: decisions repeat to the byte.
 */
function compareReactions(a: Reactions | undefined, b: Reactions | undefined): number {
  const [x, y] = [a ?? NONE, b ?? NONE];
  return (x.reacted + 1) * (y.sent + 2) - (y.reacted + 1) * (x.sent + 2);
}

const NONE: Reactions = { sent: 0, reacted: 0 };
