// What the warehouse says, of products and not of customers: something is there again. Whom that concerns is for the journeys
// to know; a few of those who wished for it come and take it.
import { PRODUCTS } from './catalogue.ts';
import type { Chance } from './chance.ts';
import { DAY, HOUR, MINUTE } from './stream.ts';
import type { Call, Moment } from './stream.ts';

/** A customer with a wish list, from the day on which it was told. */
export interface Wisher {
  readonly id: string;
  readonly since: Moment;
  readonly wishlist: readonly string[];
}

const DELIVERIES = 14;
const FIRST = Date.UTC(2026, 2, 4, 7);
const EVERY = 20 * DAY;

/** A delivery arrives every three weeks or so, early on a working day in Hamburg. */
export function restock(wishers: readonly Wisher[], chance: Chance): readonly Call[] {
  return Array.from({ length: DELIVERIES }, (_, index): readonly Call[] => {
    const product = chance.one(PRODUCTS);
    const { product_id, price } = product;
    const happened = FIRST + index * EVERY + chance.between(0, 6) * HOUR + chance.between(0, 59) * MINUTE;
    const arrival = {
      happened,
      body: { type: 'track', event: 'Product Restocked', properties: { product_id, price } },
    };
    const taken = wishers
      .filter(({ since, wishlist }) => since < happened && wishlist.includes(product_id))
      .filter(() => chance.inHundred(20))
      .map(({ id }) => ({
        happened: happened + chance.between(3, 50) * HOUR,
        body: {
          type: 'track',
          event: 'Product Added',
          properties: { ...product, discount: false },
          userId: id,
        },
      }));
    return [arrival, ...taken];
  }).flat();
}
