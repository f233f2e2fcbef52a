// What is personal about customers who are full of canaries, and the journey through which they go.
import { compileManifest } from '#lib/compiler/compile.ts';
import { acting, awaiting, letter, manifest, pause } from '../laws/world/journeys.ts';

export const MAIL = 'canary@example.com';
export const PHONE = '+4915112345678';
export const WORDS = `canary ${MAIL} ${PHONE}`;
export const CANARY = /canary|15112345678/i;

const CHANNELS = ['email', 'sms', 'push', 'whatsapp', 'inapp', 'webhook'] as const;
const body = { mail: '{{ profile.email }}', cart: '{{ entry.cart }}' };
/** Takes every kind of step that tells anybody anything. */
export const journey = compileManifest(
  manifest(
    'all',
    { event: 'Cart Filled', reentry: { mode: 'after exit' } },
    {
      invoke: acting(
        { type: 'invoke', id: 'invoke', function: 'score', input: body, onFailure: 'continue' },
        'update',
      ),
      update: acting({ type: 'update', id: 'update', set: { cart: '{{ entry.cart }}' } }, 'emit'),
      emit: acting({ type: 'emit', id: 'emit', event: 'Noted', properties: body }, 'webhook'),
      webhook: acting(
        { type: 'webhook', id: 'webhook', endpoint: 'crm', body, onFailure: 'continue' },
        'enter',
      ),
      enter: acting({ type: 'enter', id: 'enter', journey: 'all' }, 'send-email'),
      ...Object.fromEntries(
        CHANNELS.map((channel, index) => {
          const next = CHANNELS[index + 1];
          const id = `send-${channel}`;
          const settings = {
            message: 'hello@000000000000',
            channels: [channel],
            class: 'transactional' as const,
          };
          return [id, letter(id, next === undefined ? 'await' : `send-${next}`, settings)];
        }),
      ),
      await: awaiting('1 hour', [['Cart Viewed', null]], null),
      rest: pause('1 day', null),
    },
    {
      entry: {
        trigger: { kind: 'event', event: 'Cart Filled' },
        reentry: { mode: 'after exit' },
        prints: ['cart'],
      },
    },
  ),
);

/** Somebody tries what an address of the pages may do; as a function URL tells it. */
export function asksPage(method: string): unknown {
  return {
    version: '2.0',
    rawPath: `/${MAIL}`,
    rawQueryString: `t=${encodeURIComponent(WORDS)}`,
    headers: {
      host: 'pages.example',
      'user-agent': WORDS,
      'content-type': 'application/x-www-form-urlencoded',
    },
    requestContext: { http: { method, path: `/${MAIL}`, sourceIp: '203.0.113.7', userAgent: WORDS } },
    body: `mail=${encodeURIComponent(MAIL)}&${WORDS}`,
    isBase64Encoded: false,
  };
}
