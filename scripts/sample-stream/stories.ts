// What customers do, one story each: the ways through the journeys of the workspace, as people take them. A story gets the
// moment it begins and returns the moment it is over.
import { BASKET_TITLES, PRODUCTS } from './catalogue.ts';
import type { Product } from './catalogue.ts';
import type { Chance } from './chance.ts';
import { DAY, HOUR, MINUTE } from './stream.ts';
import type { Diary, Moment } from './stream.ts';

export type Story = (diary: Diary, chance: Chance, start: Moment) => Moment;

/** Looks at some products. */
export const look: Story = (diary, chance, start) => {
  let at = start;
  for (let count = chance.between(1, 4); count > 0; count -= 1) {
    diary.track(at, 'Product Viewed', viewed(chance, chance.one(PRODUCTS)));
    at += chance.between(1, 9) * MINUTE;
  }
  return at;
};

/** Looks, and reads the letter about it: some click, some only open it. */
export const lookAndRead: Story = (diary, chance, start) => {
  diary.track(start, 'Product Viewed', viewed(chance, chance.one(PRODUCTS.filter((one) => one.price >= 25))));
  const opened = start + chance.between(18, 38) * HOUR;
  diary.track(opened, 'Message Opened', { message: 'still-looking' });
  if (chance.inHundred(40)) diary.track(opened + MINUTE, 'Message Clicked', { message: 'still-looking' });
  return opened;
};

/** Fills a cart and leaves it; what happens then differs. */
export const leaveCart: Story = (diary, chance, start) => {
  const cart_id = `k-${diary.person.id.slice(2)}-${Math.floor(start / DAY)}`;
  const products = [
    chance.one(PRODUCTS),
    ...(chance.inHundred(50) ? [chance.one(PRODUCTS), chance.one(PRODUCTS)] : []),
  ];
  let at = start;
  for (const product of products) {
    diary.track(at, 'Product Viewed', viewed(chance, product));
    at += chance.between(1, 4) * MINUTE;
    diary.track(at, 'Product Added', { ...viewed(chance, product), cart_id });
    at += chance.between(3, 40) * MINUTE;
  }
  const last = products.at(-1);
  if (last === undefined) return at;
  const inCart = { ...viewed(chance, last), cart_id };
  const ending = chance.weighted({ buys: 18, later: 14, checkout: 22, looks: 16, empties: 6, nothing: 24 });
  if (ending === 'buys') {
    diary.track(at, 'Checkout Started', inCart);
    return order(diary, chance, at + 5 * MINUTE, products, cart_id);
  }
  if (ending === 'empties') diary.track(at + chance.between(1, 20) * HOUR, 'Cart Emptied', { cart_id });
  // After the reminder, which may have to wait for the morning.
  const back = at + chance.between(15, 22) * HOUR;
  if (ending === 'later') return order(diary, chance, back, products, cart_id);
  if (ending === 'checkout') diary.track(back, 'Checkout Started', inCart);
  if (ending === 'looks') diary.track(back, 'Cart Viewed', inCart);
  return back;
};

/** Buys without hesitation. */
export const buy: Story = (diary, chance, start) => {
  const products = [chance.one(PRODUCTS), chance.one(PRODUCTS)];
  return order(diary, chance, start, products, undefined);
};

/** Saves two baskets at once, one for each purpose. */
export const saveTwoBaskets: Story = (diary, chance, start) => {
  const titles = BASKET_TITLES[diary.person.language];
  const number = Math.floor(start / DAY);
  return Math.max(
    ...[1, 2].map((which) => {
      const cart_id = `b-${diary.person.id.slice(2)}-${number}-${which}`;
      const title = titles[(number + which) % titles.length];
      const saved = { cart_id, title, items: chance.between(1, 6), total: chance.between(20, 240) };
      return oneBasket(diary, chance, start + which * 7 * MINUTE, saved);
    }),
  );
};

function oneBasket(
  diary: Diary,
  chance: Chance,
  start: Moment,
  saved: { readonly cart_id: string; readonly items: number; readonly total: number },
): Moment {
  const { cart_id } = saved;
  diary.track(start, 'Basket Saved', saved);
  const later = start + chance.between(4, 8) * DAY + chance.between(0, 9) * HOUR;
  const ending = chance.weighted({ cheaper: 30, again: 20, discards: 10, orders: 15, nothing: 25 });
  if (ending === 'cheaper')
    diary.track(later, 'Basket Price Dropped', { cart_id, saving: chance.between(1, 30) });
  if (ending === 'again') diary.track(later, 'Basket Saved', { ...saved, items: saved.items + 1 });
  if (ending === 'discards') diary.track(later, 'Basket Discarded', { cart_id });
  if (ending === 'orders') return order(diary, chance, later, [chance.one(PRODUCTS)], cart_id);
  return later;
}

/** Asks to be told when something is there again; now and then it never is. */
export const askForStock: Story = (diary, chance, start) => {
  const { product_id, name, price } = chance.one(PRODUCTS);
  diary.track(start, 'Stock Alert Requested', { product_id, name });
  if (chance.inHundred(25)) return start;
  const back = start + chance.between(2, 20) * DAY + chance.between(0, 12) * HOUR;
  diary.track(back, 'Product Restocked', { product_id, price });
  if (chance.inHundred(40)) {
    const product = PRODUCTS.find((one) => one.product_id === product_id) ?? chance.one(PRODUCTS);
    diary.track(back + chance.between(2, 30) * HOUR, 'Product Added', viewed(chance, product));
  }
  return back;
};

/** No longer wants offers; some change their mind. */
export const sayNo: Story = (diary, chance, start) => {
  const channel = chance.inHundred(50) ? { channel: 'email' } : {};
  diary.track(start, 'Consent Changed', { topic: 'promotions', granted: false, ...channel });
  if (chance.inHundred(15))
    diary.track(start + HOUR, 'Consent Changed', { topic: 'feedback', granted: false });
  if (!chance.inHundred(30)) return start;
  const again = start + chance.between(3, 20) * DAY;
  diary.track(again, 'Consent Changed', { topic: 'promotions', granted: true, ...channel });
  return again;
};

/** Reaches a tier of the loyalty programme; a few turn out to work for the shop. */
export const reachTier: Story = (diary, chance, start) => {
  const tier = chance.weighted({ silver: 50, gold: 50 });
  diary.identify(start, { loyaltyTier: tier });
  if (tier === 'gold' && chance.inHundred(15)) {
    diary.identify(start + 20 * MINUTE, { loyaltyTier: 'staff' });
  }
  return start;
};

/** An order with all that follows: mostly it is sent and delivered, sometimes late, now and then it comes back. Gives the end of that. */
export function order(
  diary: Diary,
  chance: Chance,
  at: Moment,
  products: readonly Product[],
  cart_id: string | undefined,
): Moment {
  const order_id = `KL-${diary.person.id.slice(2)}-${Math.floor(at / HOUR)}`;
  const lines = products.map(({ product_id, name, price }) => ({
    product_id,
    name,
    price,
    quantity: chance.between(1, 2),
  }));
  const cents = lines.reduce((sum, line) => sum + Math.round(line.price * 100) * line.quantity, 0);
  diary.track(at, 'Order Completed', {
    order_id,
    total: cents / 100,
    currency: 'EUR',
    products: lines,
    ...(cart_id === undefined ? {} : { cart_id }),
  });
  return deliver(diary, chance, at, order_id, products[0]?.name ?? 'your order');
}

function deliver(diary: Diary, chance: Chance, ordered: Moment, order_id: string, product: string): Moment {
  if (chance.inHundred(8)) return ordered;
  let at = ordered + chance.between(6, 60) * HOUR;
  diary.track(at, 'Order Shipped', { order_id, carrier: 'Hansa Parcel', tracking: `HP${order_id.slice(3)}` });
  if (chance.inHundred(15)) {
    at += chance.between(1, 2) * DAY;
    diary.track(at, 'Order Delayed', { order_id, days: chance.between(1, 4) });
  }
  at += chance.between(2, 4) * DAY;
  diary.track(at, 'Order Delivered', { order_id, product });
  if (chance.inHundred(8)) {
    at += chance.between(1, 4) * DAY;
    diary.track(at, 'Order Returned', { order_id });
    return at;
  }
  // The letter that asks for a review comes on the fifth evening.
  const read = at + chance.between(7, 9) * DAY;
  const asked = chance.weighted({ reviews: 30, reads: 35, nothing: 35 });
  if (asked !== 'nothing') diary.track(read, 'Message Opened', { message: 'review-request' });
  if (asked === 'reviews') {
    diary.track(read + 5 * MINUTE, 'Review Submitted', { order_id, stars: chance.between(1, 5) });
  }
  return read;
}

function viewed(chance: Chance, product: Product): Record<string, unknown> {
  return { ...product, discount: chance.inHundred(12) };
}
