// What some customers tell of themselves beyond name and address: when they were born, what they wish for, where they like to
// hear from the shop. Drawn from a sequence of its own, so that it changes nothing of what they do.
import { PRODUCTS } from './catalogue.ts';
import type { Chance } from './chance.ts';

/** Most say nothing of all this. */
export function drawWishes(chance: Chance): Readonly<Record<string, unknown>> {
  const birthday = chance.inHundred(35) ? { birthday: drawBirthday(chance) } : {};
  const preferred = chance.weighted({ none: 70, email: 10, push: 16, sms: 4 });
  const preferredChannel = preferred === 'none' ? {} : { preferredChannel: preferred };
  return {
    ...birthday,
    ...preferredChannel,
    ...(chance.inHundred(25) ? { wishlist: drawWishlist(chance) } : {}),
  };
}

/** One in a hundred was born on 29 February. */
function drawBirthday(chance: Chance): string {
  const year = chance.between(1948, 2006);
  if (chance.inHundred(1)) return `${year - (year % 4)}-02-29`;
  return `${year}-${twoDigits(chance.between(1, 12))}-${twoDigits(chance.between(1, 28))}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function drawWishlist(chance: Chance): readonly string[] {
  const wishes = Array.from({ length: chance.between(1, 4) }, () => chance.one(PRODUCTS).product_id);
  return [...new Set(wishes)];
}
