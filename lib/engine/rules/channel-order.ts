/**
 * In which order a send tries its channels. `best` puts first what the customer prefers, then the channels on which the
 * customer has reacted most, then the others as they are listed; a plain list stays as it is.
 */
import { channelSchema, type Channel, type SendSettings } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument, Reactions } from '../document.ts';

/** Why a channel stands where it does; undefined for a plain list. */
export interface RankedChannel {
  readonly channel: Channel;
  readonly because?: 'preferred' | 'learned' | 'listed';
}

export function channelsInOrder(
  document: CustomerDocument,
  { channels, best }: Pick<SendSettings, 'channels' | 'best'>,
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
