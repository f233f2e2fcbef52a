/**
 * A message as it is committed under `state-machines/messages/<message>@<hash>.json` and read by the sender: MJML is HTML by
 * now, every locale has its content, Liquid is still to be filled in. The hash is of the content, so a run that started
 * with one text never sends another.
 */
import * as z from 'zod';
import { hashHex } from '#lib/contracts/hash.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { tellsWordToStop } from '#lib/contracts/replies/opt-out-words.ts';
import { entryPropertiesIn, prints, savedPropertiesIn } from './printed-properties.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Recommendation } from '#lib/journey/recommendation.ts';

const compiledContentSchema = z.object({
  email: z.object({ subject: z.string(), html: z.string(), text: z.string() }).optional(),
  sms: z.object({ text: z.string() }).optional(),
  push: z.unknown().optional(),
  whatsapp: z.unknown().optional(),
  inapp: z.unknown().optional(),
  webhook: z.unknown().optional(),
});
export type CompiledContent = z.infer<typeof compiledContentSchema>;

export const compiledMessageSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  hash: z.string(),
  sender: z.string().optional(),
  /** Locale → channel → content. All locales have the same channels. */
  locales: z.record(z.string(), compiledContentSchema),
});
export type CompiledMessage = z.infer<typeof compiledMessageSchema>;

/** A way out of text messages that a text tells of. */
export type SmsStop = 'link' | 'word';

/** What the checks of journeys need to know of a message. */
export interface MessageSummary {
  readonly id: string;
  readonly hash: string;
  readonly channels: readonly Channel[];
  readonly locales: readonly string[];
  /** Whether every e-mail of it leads to `unsubscribe_url`; marketing without it does not ship. True without e-mail. */
  readonly unsubscribe: boolean;
  /** How its text message says that one can stop, in every language: by a link, by a word to answer with. */
  readonly smsStop: readonly SmsStop[];
  /** Channels on which it prints `confirm_url` in every language. */
  readonly confirms: readonly Channel[];
  /** Properties of the entry event that its texts print; `*`: all of them. */
  readonly entryProperties: readonly string[];
  /** What its texts print of answers and events kept by `saveAs`: `score.value`; `score.*`: all of one. */
  readonly savedProperties: readonly string[];
  /** Sender named in message.json. */
  readonly sender?: string;
}

/** `recommend`: from settings; what a recommendation asks of the entry event, the messages that show it ask too. */
export function summarise(
  message: CompiledMessage,
  recommend: Readonly<Record<string, Recommendation>> = {},
): MessageSummary {
  const contents = Object.values(message.locales);
  return {
    id: message.id,
    hash: message.hash,
    channels: channelsOf(message),
    locales: Object.keys(message.locales),
    unsubscribe: contents.every(
      (content) => content.email === undefined || leadsToUnsubscribe(content.email.html),
    ),
    smsStop: smsStopsOf(contents.flatMap(({ sms }) => (sms === undefined ? [] : [sms.text]))),
    confirms: channelsOf(message).filter((channel) =>
      contents.every((content) => prints(content[channel], 'confirm_url')),
    ),
    entryProperties: entryPropertiesIn(message.locales, recommend),
    savedProperties: savedPropertiesIn(message.locales),
    ...(message.sender === undefined ? {} : { sender: message.sender }),
  };
}

export function channelsOf(message: CompiledMessage): readonly Channel[] {
  return channelSchema.options.filter((channel) =>
    Object.values(message.locales).every((content) => content[channel] !== undefined),
  );
}

/** How sends name it: `cart-reminder@0f3c5a9d2b11`; also its file name. */
export function messageKey(message: { readonly id: string; readonly hash: string }): string {
  return `${message.id}@${message.hash}`;
}

/** 12 hex digits of what a customer would get: an edit of the name, the note or the sample data makes no new version. */
export function contentHash(content: Omit<CompiledMessage, 'hash'>): string {
  return hashHex(JSON.stringify(content), 12);
}

/** What each of the texts says. */
function smsStopsOf(texts: readonly string[]): readonly SmsStop[] {
  return [
    ...(texts.every(leadsOut) ? (['link'] as const) : []),
    ...(texts.every(tellsWord) ? (['word'] as const) : []),
  ];
}

function leadsOut(text: string): boolean {
  return prints(text, 'unsubscribe_url') || prints(text, 'preferences_url');
}

/** Names and conditions of Liquid are no words to the customer. */
function tellsWord(text: string): boolean {
  return tellsWordToStop(text.replaceAll(/\{\{.*?\}\}|\{%.*?%\}/gs, ' '));
}

function leadsToUnsubscribe(html: string): boolean {
  return /href\s*=\s*["']?\s*\{\{-?\s*unsubscribe_url\b/.test(html);
}
