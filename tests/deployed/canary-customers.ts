// Customers whose every word can be told: what applications, providers and they themselves say of them has a canary in it, each place
// another one. They do everything that the sample workspace has a journey for, over some weeks.
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { SegmentCall } from '#lib/laptop/running-cloud.ts';

export const CANARY = /canary|15112345\d\d\d/i;

export const START = '2026-03-05T10:00:00.000Z' as Instant;
const HOUR = 60 * 60 * 1000;

/** Who they are: the place of each canary is in it. */
export interface CanaryCustomer {
  /** An address, as many applications have it for an id. */
  readonly external: string;
  readonly email: string;
  readonly phone: string;
  readonly token: string;
}

export function canaryCustomer(number: number): CanaryCustomer {
  return {
    external: `canary-id.${number}@example.com`,
    email: `canary-mail.${number}@example.com`,
    phone: `+4915112345${String(number).padStart(3, '0')}`,
    token: `canary-token-${number}`,
  };
}

/** Hours after the start → what an application tells of the customer then. */
export function storyOf({
  external,
  email,
  phone,
  token,
}: CanaryCustomer): ReadonlyMap<Instant, SegmentCall[]> {
  const story = new Map<Instant, SegmentCall[]>();
  let calls = 0;
  const tell = (hours: number, call: SegmentCall): void => {
    const instant = addMillis(START, hours * HOUR);
    calls += 1;
    const told = {
      userId: external,
      anonymousId: `canary-device.${external}`,
      messageId: `canary-call.${calls}.${external}`,
      timestamp: instant,
      context: {
        ip: '203.0.113.7',
        userAgent: 'canary-browser',
        page: { url: 'https://shop.example/canary-page' },
      },
      ...call,
    };
    story.set(instant, [...(story.get(instant) ?? []), told]);
  };
  const track = (hours: number, event: string, properties: object = {}): void =>
    tell(hours, { type: 'track', event, properties: { ...properties, note: 'canary-property' } });
  const product = { product_id: 'canary-product', name: 'canary-thing', category: 'canary-kind', price: 120 };
  const order = { order_id: 'canary-order' };
  const cart = { cart_id: 'canary-cart' };

  tell(0, {
    type: 'identify',
    traits: {
      email,
      phone,
      pushTokens: [token],
      firstName: 'Canary-name',
      lastName: 'Canary-family',
      birthday: '1990-03-08',
      'address.city': 'Canary-city',
      address: { city: 'Canary-city', street: 'Canary street 1', country: 'DE' },
      timezone: 'Europe/Berlin',
      preferredChannel: 'push',
      persona: 'canary-persona',
      wishlist: ['canary-product'],
      voucherEndsOn: '2026-03-20',
      unheardOf: 'canary-trait',
    },
  });
  for (const topic of ['promotions', 'baskets', 'feedback'])
    track(0, 'Consent Changed', {
      topic,
      granted: true,
      source: 'canary-source',
      text: 'canary-text',
      proof: 'canary-proof',
    });
  track(0, 'Customer Created');
  track(1, 'Order Delayed', { ...order, days: 2 });
  track(1, 'Product Viewed', product);
  track(1, 'Basket Saved', { ...cart, title: 'canary-title', items: 2, total: 80 });
  track(1, 'Stock Alert Requested', product);
  track(3, 'Product Restocked', product);
  track(1, 'Voucher Received', { code: 'canary-code', amount: 10 });
  track(1, 'Delivery Booked', { ...order, delivery_date: '2026-03-10', window: 'canary-window' });
  track(1, 'Consent Requested', { topic: 'studio-letter', channel: 'email', source: 'canary-form' });
  track(1, 'Privacy Requested', { request: 'export', words: 'canary-words' });
  track(3, 'Journey Requested', { journey: 'room-planning', plan_id: 'canary-plan', room: 'canary-room' });
  track(3, 'Journey Requested', { journey: 'second-chance', ...order });
  track(26, 'Product Added', { ...product, ...cart });
  track(28, 'Cart Viewed', { ...product, ...cart });
  track(50, 'Checkout Started', { ...product, ...cart });
  track(50, 'Basket Price Dropped', { ...cart, saving: 20 });
  track(72, 'Order Completed', {
    ...order,
    ...cart,
    total: 1200,
    currency: 'CANARY',
    products: ['canary-product'],
  });
  track(72, 'Order Shipped', { ...order, carrier: 'canary-carrier', tracking: 'canary-tracking' });
  track(98, 'Order Delivered', { ...order, product: 'canary-thing' });
  track(98, 'Furniture Delivered', { order_id: 'canary-other-order', product: 'canary-thing' });
  track(98, 'Review Submitted', { order_id: 'canary-other-order', stars: 5 });
  track(130, 'Ticket Opened', { ticket_id: 'canary-ticket' });
  track(160, 'Ticket Closed', { ticket_id: 'canary-ticket' });
  track(160, 'Order Returned', order);
  track(200, 'Preferences Changed', { frequency: 'weekly', pausedUntil: '2026-03-15T00:00:00Z' });
  track(300, 'Consent Changed', { topic: 'promotions', granted: false, source: 'canary-source' });
  return story;
}

/** What no function understands, or can decide: as applications make mistakes. */
export function mistakes(): readonly SegmentCall[] {
  const who = { userId: 'canary-id.mistake@example.com', messageId: 'canary-call' };
  return [
    { type: 'track', event: 'Product Viewed', properties: { note: 'canary-nobody' } },
    { ...who, type: 'canary-type', event: 'Product Viewed' },
    { ...who, type: 'track', event: 'Product Viewed', timestamp: 'canary-time' },
    { ...who, type: 'track', event: 'Product Viewed', userId: { email: 'canary-mail@example.com' } },
    { ...who, type: 'track', event: 'Product Viewed', properties: 'canary-properties' },
    { ...who, type: 'identify', traits: ['canary-trait'] },
    { ...who, type: 'track', event: ['canary-event'] },
  ];
}
