/** Where a channel reaches the customer: always the primary address of the profile; push goes to every live token. */
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

function usable(value: unknown, form: RegExp): readonly string[] {
  return typeof value === 'string' && value.length <= 254 && form.test(value) ? [value] : [];
}
