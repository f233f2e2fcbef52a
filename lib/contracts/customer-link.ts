/**
 * What a link in a message says: whom it is for, what it lets them do, about which message, and until when. Written as few bytes, because
 * text messages are paid for by length; signed and read where the key is (lib/runtime/customer-links). Ids only: no address, no name and
 * not the id by which an application knows the customer, since links are forwarded, logged by proxies and kept in browsers.
 */
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';
import { customerIdSchema, runIdSchema } from './ids.ts';
import { channelSchema } from './step-calls.ts';
import { fromMillis, instantSchema, toMillis } from './time.ts';

/**
 * What a link is good for. A link serves its purpose alone; a page leads to another only as long as the message's own link there would
 * still live (lib/pages/links/sibling-link.ts). Only ever added to: links in mailboxes name a purpose by its place in this list.
 */
export const LINK_PURPOSES = ['unsubscribe', 'preferences', 'why', 'confirm', 'privacy', 'click'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

export const customerLinkSchema = z.strictObject({
  purpose: z.enum(LINK_PURPOSES),
  customer: customerIdSchema,
  expires: instantSchema.describe('Full seconds'),
  send: z
    .strictObject({ run: runIdSchema, step: z.string().min(1), visit: z.int().positive().max(65_535) })
    .optional()
    .describe('The message that the link stands in; absent: it stands on a page'),
  topic: z.string().min(1).optional(),
  channel: channelSchema.optional(),
  detail: z
    .string()
    .min(1)
    .optional()
    .describe('What else the purpose needs, such as where a click leads. No personal data.'),
});
export type CustomerLink = z.infer<typeof customerLinkSchema>;

/** The first byte: another layout would be another version, and links of this one are read for as long as they live. */
const VERSION = 1;
/** Version, purpose, seconds, customer, visit. */
const HEAD_BYTES = 1 + 1 + 4 + 16 + 2;
const RUN_BYTES = 12;

/** The link as bytes. Expects what the schema says; seconds reach into the year 2106. */
export function encodeLink(link: CustomerLink): Uint8Array {
  const { send } = link;
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  head[0] = VERSION;
  head[1] = LINK_PURPOSES.indexOf(link.purpose);
  view.setUint32(2, toMillis(link.expires) / 1000);
  head.set(hexToBytes(link.customer), 6);
  view.setUint16(22, send?.visit ?? 0);
  const texts = [send?.step, link.topic, link.channel, link.detail];
  return concatBytes(
    head,
    send === undefined ? new Uint8Array() : hexToBytes(send.run),
    // Ids of steps, topics and channels are words of the workspace, and addresses are encoded: none holds a line break.
    utf8ToBytes(
      texts
        .map((text) => text ?? '')
        .join('\n')
        .replace(/\n+$/, ''),
    ),
  );
}

/** What {@link encodeLink} has written; undefined for anything else. */
export function decodeLink(bytes: Uint8Array): CustomerLink | undefined {
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const visit = view.getUint16(22);
  const textsFrom = HEAD_BYTES + (visit === 0 ? 0 : RUN_BYTES);
  if (bytes.length < textsFrom) return undefined;
  const [step = '', topic = '', channel = '', detail = ''] = new TextDecoder()
    .decode(bytes.subarray(textsFrom))
    .split('\n');
  return customerLinkSchema.safeParse({
    purpose: LINK_PURPOSES[bytes[1] ?? -1],
    customer: bytesToHex(bytes.subarray(6, 22)),
    expires: fromMillis(view.getUint32(2) * 1000),
    ...(visit === 0 ? {} : { send: { run: bytesToHex(bytes.subarray(HEAD_BYTES, textsFrom)), step, visit } }),
    ...(topic === '' ? {} : { topic }),
    ...(channel === '' ? {} : { channel }),
    ...(detail === '' ? {} : { detail }),
  }).data;
}

const DAY_SECONDS = 24 * 60 * 60;

/**
 * How long a link is good for, in seconds.
 *
 * - `unsubscribe`: messages lie in mailboxes for years, and whoever finds one may object; laws ask for thirty days at least (CAN-SPAM,
 *   16 CFR 316.5). What refuses is taken even from links that are older (docs/adr/0065): after five years it only shows nothing else.
 * - `preferences`: shows and changes choices. Half a year, so that a mailbox that somebody takes over later opens little.
 * - `why`: what it tells is kept for 90 days (timeline), so there is nothing to be told after that.
 * - `confirm`: whoever asks for messages confirms within days; what nobody has confirmed by then counts as not asked for.
 * - `privacy`: hands out everything that is stored, or erases it. One day, from a message that was just asked for.
 * - `click`: links must lead on for as long as somebody may read the message.
 */
export const LINK_SECONDS: Readonly<Record<LinkPurpose, number>> = {
  unsubscribe: 5 * 365 * DAY_SECONDS,
  preferences: 180 * DAY_SECONDS,
  why: 90 * DAY_SECONDS,
  confirm: 7 * DAY_SECONDS,
  privacy: DAY_SECONDS,
  click: 5 * 365 * DAY_SECONDS,
};
