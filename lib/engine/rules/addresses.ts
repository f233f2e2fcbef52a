/** Where a channel reaches the customer: always the primary address of the profile; push goes to every live token. */
import { hashHex } from '#lib/contracts/hash.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '../document.ts';

const EMAIL = /^[^\s@<>",;:]+@[^\s@<>",;:]+\.[^\s@<>",;:]+$/;
/** E.164: a plus and up to 15 digits. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/** Empty where the profile has no usable address. In-app messages and webhooks need none: they go to the customer's id. */
export function addressesOf(document: CustomerDocument, channel: Channel): readonly string[] {
  switch (channel) {
    case 'email':
      return usable(document.traits['email']?.value, EMAIL);
    case 'sms':
    case 'whatsapp':
      return usable(document.traits['phone']?.value, PHONE);
    case 'push': {
      const tokens = document.traits['pushTokens']?.value;
      return Array.isArray(tokens) ? tokens.filter((token) => typeof token === 'string' && token !== '') : [];
    }
    case 'inapp':
    case 'webhook':
      return [document.customer];
  }
}

/**
 * A short mark of the addresses that a send went to: a bounce belongs to them and not to those that the customer has by now.
 */
export function markOf(addresses: readonly string[]): string {
  return hashHex(addresses.join(' '), 8);
}

/** A complaint holds for the channel, a bounce only as long as the address that bounced is the customer's. */
export function isSuppressed(document: CustomerDocument, channel: Channel): boolean {
  const record = document.suppressed[channel];
  if (record === undefined) return false;
  return record.to === undefined || record.to === markOf(addressesOf(document, channel));
}

function usable(value: unknown, form: RegExp): readonly string[] {
  return typeof value === 'string' && value.length <= 254 && form.test(value) ? [value] : [];
}
