/**
 * Links that tell when they are followed, on channels whose provider does not: each address of the web that the author has written out
 * leads over the deployment's own pages. An address that a value has a part in is left as it is: nobody may have one of theirs signed
 * by calling themselves so, and nothing of a customer gets into the token. So addresses are looked for in the text as it is written,
 * before anything is filled in.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { RenderedMessage } from '#lib/engine/ports.ts';
import { partsOfLiquid } from './link-contexts.ts';

/** The address that leads over our own page to this one. */
export type TrackLink = (target: string) => string;

type Content = Pick<RenderedMessage, 'text' | 'content'>;

/** Channels whose links nobody else tells of: e-mail is tracked by SES, a webhook's body is its receiver's. */
export const TRACKED_CHANNELS: ReadonlySet<Channel> = new Set(['sms', 'whatsapp', 'push', 'inapp']);

/** A full stop behind an address ends the sentence. */
const ADDRESS = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/gi;
/** What follows would be a part of the address. */
const GOES_ON = /^[^\s<>"')\]]/;
/**
 * Around the number of an address, letters that Unicode keeps for private use. A value that holds them as well can name no address but
 * one of the author's.
 */
const MARKED = /\uE001(\d+)\uE002/g;

/** The text with each address that stands there in full replaced by a mark; the addresses are added to `addresses`. */
export function markAddresses(text: string, addresses: string[]): string {
  const parts = partsOfLiquid(text);
  return parts
    .map((part, index) => {
      if (/^\{[{%]/.test(part)) return part;
      return part.replace(ADDRESS, (address, at: number) => {
        const rest = part.slice(at + address.length);
        // A full stop between address and output may belong to either.
        const isPart = /^[.,;:!?)\]]*$/.test(rest) && GOES_ON.test(parts[index + 1] ?? '');
        if (isPart) return address;
        addresses.push(address);
        return `\uE001${addresses.length - 1}\uE002`;
      });
    })
    .join('');
}

/** Whether addresses in this field of the channel's content are followed: of a notification only where a tap leads. */
export function isFollowed(channel: Channel, field: string | undefined): boolean {
  return channel === 'whatsapp' || field === 'link';
}

/** The content with each mark replaced by what leads over our own page to its address. */
export function withTrackedLinks<T extends Content>(
  content: T,
  addresses: readonly string[],
  track: TrackLink,
): T {
  const unmarked = (text: string): string =>
    text.replace(MARKED, (_, number: string) => {
      const address = addresses[Number(number)];
      return address === undefined ? '' : track(address);
    });
  return {
    ...content,
    ...(content.text === undefined ? {} : { text: unmarked(content.text) }),
    ...(content.content === undefined ? {} : { content: changed(content.content, unmarked) }),
  };
}

function changed(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => changed(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, changed(one, change)]));
}
