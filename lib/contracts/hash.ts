/**
 * Hashes, synchronous and without I/O, so that the pure layers can name things by content and draw stable lots.
 * SHA-256 comes from `@noble/hashes`; nothing here is a secret (customer ids are keyed, see `customerId` in ids.ts).
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of a text as lower-case hex, cut to `length` characters (64 when not given). */
export function hashHex(text: string, length = 64): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, length);
}

/** HMAC-SHA-256 of a text under a secret, as lower-case hex, cut to `length` characters. */
export function keyedHashHex(secret: string, text: string, length = 64): string {
  return bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(text))).slice(0, length);
}

/**
 * A stable draw in [0, 1): the same parts always give the same number, different parts independent ones.
 * 52 bits of SHA-256 over the parts, length-prefixed so that ("a", "bc") and ("ab", "c") differ.
 */
export function hashFraction(...parts: readonly string[]): number {
  const digest = sha256(utf8ToBytes(parts.map((part) => `${part.length}:${part}`).join('')));
  let value = 0;
  for (let index = 0; index < 6; index += 1) value = value * 256 + (digest[index] ?? 0);
  return (value * 16 + ((digest[6] ?? 0) >> 4)) / 2 ** 52;
}
