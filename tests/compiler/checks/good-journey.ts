// A journey that uses every part of the language and has no mistakes, and the workspace that it belongs to.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { readWorkspace, type CheckedWorkspace, type MessageSummary } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';

export const SETTINGS = {
  brand: { name: 'Sample shop' },
  timezone: 'Europe/Berlin',
  locale: 'en',
  vocabulary: {
    events: {
      'Product Added': {
        price: 'number',
        cart_id: 'text',
        'address.city': 'text',
        sizes: 'list',
        gift: 'yes/no',
        at: 'date-time',
      },
      'Order Completed': { cart_id: 'text' },
      'Cart Viewed': {},
      Scored: { score: 'number', note: 'text' },
    },
    traits: {
      country: 'text',
      age: 'number',
      birthday: 'date',
      renews: 'date-time',
      tags: 'list',
      member: 'yes/no',
      home: 'place',
    },
  },
  topics: { promotions: { name: 'Offers' } },
  functions: { score: { lambda: 'score', answer: { value: 'number' } } },
  endpoints: { crm: { url: 'https://crm.example/customers' } },
  quietHours: { default: { from: '21:00', to: '08:00' } },
  senders: { default: { email: { from: 'shop@shop.example' }, sms: { sender: '+49301234567' } } },
};

const MESSAGES: readonly MessageSummary[] = ['cart-reminder', 'need-help'].map((id) => ({
  id,
  hash: `hash-of-${id}`,
  channels: ['email', 'sms', 'push', 'inapp'],
  locales: ['en'],
  file: `messages/${id}/message.json`,
  savedProperties: [],
}));

const SAME_CART = { 'event.cart_id': { 'same as': 'entry.cart_id' } };

export const GOOD_JOURNEY = {
  name: 'Cart recovery',
  status: 'live',
  entry: {
    event: 'Product Added',
    where: { 'event.price': { gte: 20 } },
    key: 'event.cart_id',
    reentry: { after: '30 days' },
    holdout: '5%',
  },
  goal: { event: 'Order Completed', where: SAME_CART, within: '7 days' },
  exit: [{ event: 'Cart Viewed', anyKey: true, reason: 'viewed' }, { when: { 'profile.country': 'FR' } }],
  delivery: {
    topic: 'promotions',
    quietHours: 'default',
    priority: 50,
    caps: [{ most: 3, per: '1 week', of: 'all' }],
    expires: '1 day',
  },
  steps: [
    { id: 'give-time', type: 'wait', for: '1 hour' },
    { id: 'remind', type: 'send', message: 'cart-reminder', channel: 'email', ifCapped: 'skip' },
    {
      id: 'looked',
      type: 'waitFor',
      within: '2 days',
      since: 'entry',
      events: [
        {
          event: 'Cart Viewed',
          anyKey: true,
          then: [{ id: 'help', type: 'send', message: 'need-help', channel: ['inapp', 'email'] }],
        },
      ],
      otherwise: [
        {
          id: 'worth',
          type: 'branch',
          cases: [
            { name: 'big', when: { 'profile.age': { gt: 3 } }, then: [{ type: 'exit', reason: 'big' }] },
            { name: 'opened', when: { send: 'remind', was: 'opened' }, then: [] },
          ],
          otherwise: [{ id: 'offer', type: 'send', message: 'need-help', channel: 'sms' }],
        },
      ],
    },
    {
      id: 'test',
      type: 'split',
      arms: [
        {
          name: 'a',
          share: '50%',
          steps: [{ id: 'pause', type: 'wait', until: '09:00', on: ['weekdays'], timezone: 'Europe/Berlin' }],
        },
        { name: 'b', share: '50%', holdout: true },
      ],
    },
    { id: 'again', type: 'wait', for: '1 day' },
    { type: 'goto', step: 'again', atMost: 3 },
  ],
};

/** What is said about texts of journeys, by their file names, in the workspace above. */
export function readJourneys(
  texts: Readonly<Record<string, string>>,
  settings: unknown = SETTINGS,
): CheckedWorkspace {
  return readWorkspace({
    readLiquid,
    settings: { path: 'settings.json', text: JSON.stringify(settings) },
    journeys: Object.entries(texts).map(([name, text]) => ({ path: `journeys/${name}`, text })),
    messages: MESSAGES,
  });
}

/** The good journey with other values at some JSON pointers; undefined removes what is there. */
export function changed(values: Readonly<Record<string, unknown>>): string {
  const journey: unknown = structuredClone(GOOD_JOURNEY);
  for (const [pointer, value] of Object.entries(values)) {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    let holder = journey;
    for (const part of path.slice(0, -1)) holder = Reflect.get(Object(holder), part);
    const last = path.at(-1) ?? '';
    if (value === undefined) Reflect.deleteProperty(Object(holder), last);
    else Reflect.set(Object(holder), last, value);
  }
  return JSON.stringify(journey, null, 2);
}
