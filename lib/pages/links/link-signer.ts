/**
 * Signs and reads the links of customers. A token is the link's bytes and a half of their HMAC-SHA-256, in base64url: whoever has it can do
 * what it says, and nobody can make one or change one without the deployment's secret.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { decodeLink, encodeLink, type CustomerLink } from '#lib/contracts/customer-link.ts';
import type { Instant } from '#lib/contracts/time.ts';

export interface LinkSigner {
  /** The last part of a link's address: letters, digits, `-` and `_`. */
  sign(link: CustomerLink): string;
  /**
   * What a token says, if it was signed here. `expired` tells whether its time is over: whoever asks decides what an old link may still
   * do. Undefined for everything that was not signed with this secret.
   */
  read(token: string, now: Instant): ReadLink | undefined;
}

export interface ReadLink {
  readonly link: CustomerLink;
  readonly expired: boolean;
}

/**
 * What the key is for (RFC 5869, `info`): customer ids are hashed under the same secret, and no token must ever be usable as one of them
 * or the other way round. Another text would end all links that are in mailboxes.
 */
const PURPOSE_OF_KEY = 'wend customer links, version 1';
const KEY_BYTES = 32;
/** 128 bits: RFC 2104, section 5, takes half of the hash for the least. */
const MAC_BYTES = 16;
/** The longest that `sign` makes for a long address that a click leads to; longer ones are not looked at. */
const LONGEST_TOKEN = 4096;

/** @param secret of the deployment, under which customer ids are hashed. */
export function createLinkSigner(secret: string): LinkSigner {
  const key = Buffer.from(hkdfSync('sha256', secret, '', PURPOSE_OF_KEY, KEY_BYTES));
  const macOf = (bytes: Uint8Array): Buffer =>
    createHmac('sha256', key).update(bytes).digest().subarray(0, MAC_BYTES);
  return {
    sign(link) {
      const bytes = encodeLink(link);
      return Buffer.concat([bytes, macOf(bytes)]).toString('base64url');
    },
    read(token, now) {
      if (token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return undefined;
      const signed = Buffer.from(token, 'base64url');
      const bytes = signed.subarray(0, -MAC_BYTES);
      // A byte has several spellings at the end of base64: one link has one token.
      if (bytes.length === 0 || signed.toString('base64url') !== token) return undefined;
      if (!timingSafeEqual(macOf(bytes), signed.subarray(-MAC_BYTES))) return undefined;
      const link = decodeLink(bytes);
      return link === undefined ? undefined : { link, expired: link.expires <= now };
    },
  };
}
