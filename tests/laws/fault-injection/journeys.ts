// Journeys whose sends get into each other's way: several runs of one customer send in the same second, under shared caps, over
// channels that can be taken from them, for both classes. A schedule takes one of these sets.
import type { Cap, SendSettings } from '#lib/contracts/step-calls.ts';
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import { awaiting, letter, manifest, pause } from '../world/journeys.ts';

const CAPS: readonly Cap[][] = [
  [{ most: 1, per: '1 hour', of: 'all' }],
  [{ most: 2, per: '2 hours', of: 'all' }],
  [{ most: 1, per: '30 minutes', of: 'topic' }],
  [{ most: 1, per: '2 hours', of: 'channel' }],
  [{ most: 3, of: 'all' }],
  [
    { most: 2, per: '1 day', of: 'all' },
    { most: 1, per: '1 hour', of: 'journey' },
  ],
];

const EXITS = [
  { event: 'Account Closed', reason: 'closed' },
  { when: { 'profile.plan': 'gone' }, reason: 'gone' },
];

/** Three journeys that begin with one event, two of them in the very same second. */
function rivals(caps: Cap[], ifCapped: 'wait' | 'skip'): readonly CompiledJourney[] {
  const rules: Partial<SendSettings> = { caps, ifCapped, expires: '12 hours' };
  const entry = { event: 'Signed Up', reentry: { mode: 'always' } } as const;
  return [
    manifest(
      'first',
      entry,
      {
        hello: letter('hello', 'rest', { ...rules, channels: ['email', 'push'] }),
        rest: pause('10 minutes', 'more'),
        more: letter('more', null, { ...rules, channels: ['push', 'email'], topic: 'news' }),
      },
      { exits: EXITS, goal: { event: 'Order Placed', ends: true }, priority: 60 },
    ),
    manifest(
      'second',
      entry,
      {
        receipt: letter('receipt', 'offer', { class: 'transactional', channels: ['email', 'sms'] }),
        offer: letter('offer', 'lesson', rules),
        lesson: awaiting('15 minutes', [['Lesson Done', 'praise']], 'last'),
        praise: letter('praise', null, { ...rules, channels: ['push'] }),
        last: letter('last', null, { class: 'transactional' }),
      },
      { exits: EXITS },
    ),
    manifest('third', entry, {
      // Knows of no cap, but what it sends counts for the others.
      news: letter('news', 'again', { channels: ['sms', 'email', 'push'] }),
      again: letter('again', null, { ...rules, topic: 'news' }),
    }),
  ].map(compileManifest);
}

/** Compiled once for all schedules. */
export const SETS: readonly (readonly CompiledJourney[])[] = CAPS.flatMap((caps) => [
  rivals(caps, 'skip'),
  rivals(caps, 'wait'),
]);
