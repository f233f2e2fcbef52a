// What does not happen to everybody: furniture that is delivered on a day of their own, vouchers, a talk with the planning desk, a
// second chance after something was sent back, and being away for two months. Each gets the customer's diary so far, and
// chance of its own: who already lived in the stream lives on in the same way.
import { PRODUCTS } from './catalogue.ts';
import type { Chance } from './chance.ts';
import { order } from './stories.ts';
import { DAY, HOUR, MINUTE } from './stream.ts';
import type { Diary, Moment } from './stream.ts';

const FURNITURE = PRODUCTS.filter(({ category }) => category === 'furniture');

/** Buys something large, chooses the day on which it comes, and oils it one day. */
export function orderFurniture(diary: Diary, chance: Chance, start: Moment): void {
  const product = chance.one(FURNITURE);
  const { product_id, name, price } = product;
  const order_id = `KF-${diary.person.id.slice(2)}-${Math.floor(start / HOUR)}`;
  diary.track(start, 'Product Viewed', { ...product, discount: false });
  const products = [{ product_id, name, price, quantity: 1 }];
  diary.track(start + 9 * MINUTE, 'Order Completed', { order_id, total: price, currency: 'EUR', products });
  const booked = start + chance.between(20, 90) * MINUTE;
  // Some want it at once, and book in the evening for tomorrow.
  const days = chance.inHundred(15) ? 1 : chance.between(3, 10);
  const evening = midnight(diary, booked) + 21 * HOUR;
  const at = days === 1 ? Math.max(booked, evening) : booked;
  const morning = midnight(diary, at) + days * DAY;
  const window = chance.one(['08:00-12:00', '12:00-16:00', '16:00-20:00']);
  diary.track(at, 'Delivery Booked', { order_id, delivery_date: day(diary, morning), window });
  const ending = chance.weighted({ delivered: 72, cancelled: 14, missed: 14 });
  if (ending === 'cancelled')
    return diary.track(at + chance.between(3, 16) * HOUR, 'Delivery Cancelled', { order_id });
  if (days > 1)
    diary.track(morning - 30 * HOUR, 'Order Shipped', { order_id, carrier: 'own van', tracking: order_id });
  // The van was full: it comes three days later.
  const arrived = morning + chance.between(9, 18) * HOUR + (ending === 'missed' ? 3 * DAY : 0);
  diary.track(arrived, 'Furniture Delivered', { order_id, product: name });
  const later = chance.weighted({ oils: 25, returns: 12, keeps: 63 });
  if (later === 'returns') diary.track(arrived + chance.between(2, 12) * DAY, 'Order Returned', { order_id });
  if (later === 'oils') diary.track(arrived + chance.between(5, 60) * DAY, 'Care Kit Ordered', { order_id });
}

/** Gets a voucher that ends one day, and forgets it, uses it, looks around, or has it extended. */
export function getVoucher(diary: Diary, chance: Chance, start: Moment): void {
  const code = `KV-${diary.person.id.slice(2)}`;
  const amount = chance.one([10, 15, 25]);
  const ends = midnight(diary, start) + chance.between(3, 40) * DAY;
  if (!chance.inHundred(6)) diary.identify(start, { voucherEndsOn: day(diary, ends) });
  diary.track(start + MINUTE, 'Voucher Received', { code, amount });
  const ending = chance.weighted({ forgets: 35, redeems: 20, clicks: 35, extends: 10 });
  if (ending === 'redeems')
    diary.track(start + Math.floor((ends - start) * 0.7), 'Voucher Redeemed', { code });
  const reminded = ends - 7 * DAY + chance.between(11, 20) * HOUR;
  if (reminded < start + 12 * HOUR) return;
  if (ending === 'clicks') diary.track(reminded, 'Message Clicked', { message: 'voucher-reminder' });
  if (ending === 'extends') diary.identify(reminded, { voucherEndsOn: day(diary, ends + 14 * DAY) });
}

/** Talks with the planning desk, which asks for the plan to be sent. */
export function planRoom(diary: Diary, chance: Chance, start: Moment): void {
  const rooms = { de: ['Küche', 'Diele', 'Balkon'], en: ['kitchen', 'hall', 'balcony'] } as const;
  const plan_id = `plan-${diary.person.id.slice(2)}`;
  const room = chance.one(rooms[diary.person.language]);
  diary.track(start, 'Journey Requested', { journey: 'room-planning', room, plan_id });
  if (chance.inHundred(25))
    order(diary, chance, start + chance.between(2, 20 * 24) * HOUR, [chance.one(PRODUCTS)], undefined);
}

/** The desk for returns asks for a second chance for some of those who have sent something back. */
export function giveSecondChances(diary: Diary, chance: Chance): void {
  for (const { happened, body } of diary.calls.filter(({ body: { event } }) => event === 'Order Returned')) {
    if (!chance.inHundred(60)) continue;
    const { order_id } = body['properties'] as { readonly order_id: string };
    const asked = happened + chance.between(2, 48) * HOUR;
    diary.track(asked, 'Journey Requested', { journey: 'second-chance', order_id });
    if (chance.inHundred(35))
      order(diary, chance, asked + chance.between(2, 18) * DAY, [chance.one(PRODUCTS)], undefined);
  }
}

/** Not heard of for sixty days, then back, after the letter that asks: looks around, orders, or wants no more letters. */
export function comeBack(diary: Diary, chance: Chance): void {
  const heard = diary.calls.filter(({ body: { event } }) => event !== undefined && !isReaction(event));
  const last = Math.max(...heard.map(({ happened }) => happened));
  const hasOrdered = heard.some(({ body: { event } }) => event === 'Order Completed');
  // Those of autumn would come back in winter, after the end of the stream.
  if (!hasOrdered || last > Date.UTC(2026, 6, 1)) return;
  const back = last + 60 * DAY + chance.between(30, 180) * HOUR;
  const ending = chance.weighted({ looks: 15, orders: 8, refuses: 7, stays: 70 });
  const product = chance.one(PRODUCTS);
  if (ending === 'looks') diary.track(back, 'Product Viewed', { ...product, discount: true });
  if (ending === 'refuses') diary.track(back, 'Consent Changed', { topic: 'promotions', granted: false });
  if (ending === 'orders') order(diary, chance, back, [product], undefined);
}

/** What is told of messages and of consent is no visit. */
function isReaction(event: unknown): boolean {
  return typeof event === 'string' && (event.startsWith('Message ') || event === 'Consent Changed');
}

/** Start of the customer's day. */
function midnight({ person: { offset } }: Diary, moment: Moment): Moment {
  return Math.floor((moment + offset * HOUR) / DAY) * DAY - offset * HOUR;
}

/** The customer's date, such as 2026-05-01. */
function day({ person: { offset } }: Diary, moment: Moment): string {
  return new Date(moment + offset * HOUR).toISOString().slice(0, 10);
}
