/** What a customer has written to us, before it is known who it was. Holds personal data: never logged. */
import type { Channel } from '../step-calls.ts';
import type { Instant } from '../time.ts';

/** Channels on which customers can write back. */
export const REPLY_CHANNELS = ['sms', 'whatsapp', 'email'] as const satisfies readonly Channel[];
export type ReplyChannel = (typeof REPLY_CHANNELS)[number];

/** Ten parts of a text message; what is longer says no more to a condition. */
const LONGEST_TEXT = 1600;

export interface Reply {
  readonly channel: ReplyChannel;
  /** By the provider: the same again is the same reply. */
  readonly id: string;
  readonly at: Instant;
  /** Ids by which the provider knows the messages that are answered, the likeliest first. */
  readonly answers: readonly string[];
  /** The telephone number that it came from, in the form E.164; e-mails are told by what they answer. */
  readonly from?: string;
  /** Undefined for what has none: a picture, an e-mail of which only the head is told. */
  readonly text?: string;
  /** Said by a switch of the app and not in words. */
  readonly wish?: 'stop' | 'start';
}

export type ReplyReading =
  | { readonly kind: 'replies'; readonly replies: readonly Reply[] }
  /** As it should be, and no reply of a customer; the reason can be counted. */
  | { readonly kind: 'none'; readonly reason: string }
  /** The reason holds nothing of the notification. */
  | { readonly kind: 'refused'; readonly reason: string };

export function shortened(text: string): string {
  return text.slice(0, LONGEST_TEXT);
}
