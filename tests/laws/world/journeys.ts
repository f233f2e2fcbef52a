// Five journeys that between them use the whole language: waits, waits for events with every kind of `since`, branches,
// splits, loops, caps, quiet hours, goals that end and goals that only count, exits by event and by condition, every
// re-entry mode, keys, a holdout.
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import type { SendSettings } from '#lib/contracts/step-calls.ts';
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import type { EngineSettings } from '#lib/engine/workspace.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';

/** By event, by consent, by time alone, by what runs do, and by each other. */
export const SEGMENTS: readonly SegmentDefinition[] = [
  { id: 'keen', when: { did: 'Cart Viewed', within: '20 hours' } },
  {
    id: 'steady',
    when: { all: [{ segment: 'reachable', for: '30 hours' }, { not: { inJourney: 'course' } }] },
  },
  { id: 'reachable', when: { reachable: 'email', topic: 'updates' } },
];

export const SETTINGS: EngineSettings = {
  timezone: 'Europe/Berlin',
  locale: 'en',
  topics: { news: {}, updates: { withoutRecord: 'granted' } },
};

/** A marketing e-mail of the topic that needs no record of consent, unless told otherwise. */
export function letter(
  id: string,
  next: string | null,
  settings: Partial<SendSettings> = {},
): NodeOf<'send'> {
  return {
    kind: 'send',
    settings: {
      id,
      message: `${id}@000000000000`,
      channels: ['email'],
      topic: 'updates',
      class: 'marketing',
      ifQuiet: 'wait',
      caps: [],
      ifCapped: 'skip',
      expires: '1 day',
      onFailure: 'continue',
      ...settings,
    },
    next,
  };
}

/** `arms`: the event of each arm and the step it leads to; several arms may wait for one event. */
export function awaiting(
  within: string,
  arms: readonly (readonly [event: string, next: string | null, where?: unknown])[],
  otherwise: string | null,
  since = 'step',
): NodeOf<'waitFor'> {
  return {
    kind: 'waitFor',
    within,
    since,
    events: arms.map(([event, next, where]) => ({ event, next, ...(where === undefined ? {} : { where }) })),
    otherwise,
  };
}

/** A step that acts. */
export function acting(settings: ActionSettings, next: string | null): NodeOf<'action'> {
  return { kind: 'action', settings, next };
}

export function pause(length: string, next: string | null): NodeOf<'wait'> {
  return { kind: 'wait', for: length, next };
}

/** An entry as tests write it: most are let in by an event, which then stands for its trigger. */
export type WrittenEntry =
  | UnnamedManifest['entry']
  | (Omit<UnnamedManifest['entry'], 'trigger'> & { readonly event: string });

function entryOf(written: WrittenEntry): UnnamedManifest['entry'] {
  if (!('event' in written)) return written;
  const { event, ...rest } = written;
  return { trigger: { kind: 'event', event }, ...rest };
}

export function manifest(
  journey: string,
  entry: WrittenEntry | string,
  nodes: Record<string, FlowNode>,
  rules: Partial<UnnamedManifest> = {},
): UnnamedManifest {
  return {
    format: 1,
    journey,
    entry: entryOf(typeof entry === 'string' ? { event: entry, reentry: { mode: 'after exit' } } : entry),
    priority: 50,
    exits: [],
    flow: { start: Object.keys(nodes)[0] ?? null, nodes },
    ...rules,
  };
}

const CAPS: SendSettings['caps'] = [
  { most: 2, per: '24 hours', of: 'all' },
  { most: 1, per: '6 hours', of: 'topic' },
  { most: 4, of: 'journey' },
];

const recovery = manifest(
  'recovery',
  { event: 'Cart Filled', key: 'event.cart', reentry: { mode: 'after exit' } },
  {
    'give-time': pause('1 hour', 'remind'),
    remind: letter('remind', 'looked', { channels: ['sms', 'email'] }),
    looked: awaiting(
      '2 days',
      [
        ['Cart Viewed', 'help', { 'event.cart': { 'same as': 'entry.cart' } }],
        ['Help Asked', null],
      ],
      'worth-more',
    ),
    help: letter('help', null, { class: 'transactional' }),
    'worth-more': {
      kind: 'branch',
      cases: [
        { name: 'gold', when: { 'profile.plan': 'gold' }, next: 'personal' },
        { name: 'opened', when: { send: 'remind', was: 'opened' }, next: 'warm' },
        { name: 'again', when: { did: 'Cart Filled', since: 'entry' }, next: 'warm' },
      ],
      otherwise: 'offer',
    },
    personal: letter('personal', null),
    warm: pause('2 hours', null),
    offer: letter('offer', null, { topic: 'news', onFailure: 'exit' }),
  },
  {
    goal: {
      event: 'Order Placed',
      where: { 'event.cart': { 'same as': 'entry.cart' } },
      within: '7 days',
      ends: true,
    },
    exits: [
      { event: 'Account Closed', reason: 'closed' },
      { when: { 'profile.plan': 'gone' }, reason: 'gone' },
    ],
  },
);

const course = manifest(
  'course',
  { event: 'Signed Up', reentry: { mode: 'after', after: '2 hours', atMost: 3 } },
  {
    hello: letter('hello', 'lesson', { caps: CAPS, ifCapped: 'wait' }),
    lesson: awaiting(
      '6 hours',
      [
        ['Lesson Done', 'praise'],
        ['Lesson Skipped', 'lesson skipped (exit)'],
      ],
      'nudge',
    ),
    praise: letter('praise', null),
    'lesson skipped (exit)': { kind: 'exit', reason: 'skipped' },
    nudge: letter('nudge', 'nudge (goto)', { caps: CAPS, ifCapped: 'skip' }),
    'nudge (goto)': { kind: 'goto', target: 'lesson', atMost: 2, backward: true, next: 'draw' },
    draw: {
      kind: 'split',
      experiment: 'course/draw',
      arms: [
        { name: 'bye', share: 50, next: 'bye' },
        { name: 'none', share: 50, holdout: true, next: null },
      ],
    },
    bye: letter('bye', null, { caps: CAPS, ifCapped: 'wait' }),
  },
  { exits: [{ event: 'Account Closed', reason: 'closed' }], priority: 60 },
);

const prices = manifest(
  'prices',
  { event: 'Price Dropped', reentry: { mode: 'always' }, holdout: 20 },
  {
    ring: letter('ring', 'seen', { class: 'transactional', channels: ['push', 'email'] }),
    seen: awaiting('3 hours', [['Cart Viewed', 'deal']], 'tell', 'entry'),
    deal: letter('deal', null, { caps: CAPS, ifCapped: 'wait', expires: '3 days' }),
    tell: letter('tell', 'tail', { caps: CAPS }),
    tail: pause('30 minutes', 'more'),
    more: pause('1 hour', 'quick'),
    quick: awaiting('1 hour', [['Cart Viewed', null]], 'later'),
    later: awaiting('2 hours', [['Help Asked', 'done']], null, '5 hours'),
    done: letter('done', null),
  },
  {
    goal: { event: 'Order Placed', within: '1 day', ends: false },
    exits: [{ leaves: 'keen', reason: 'no longer keen' }],
  },
);

const evening = manifest(
  'evening',
  { event: 'Customer Created', reentry: { mode: 'never' } },
  {
    settle: pause('8 hours', 'night'),
    night: letter('night', 'morning', { quietHours: { from: '17:00', to: '08:00' }, expires: '2 days' }),
    morning: { kind: 'wait', until: '09:00', next: 'answered' },
    answered: awaiting('1 day', [['Help Asked', 'thanks']], null, 'entry'),
    thanks: letter('thanks', null, { topic: 'news', channels: ['email', 'inapp'], caps: CAPS }),
  },
  {
    goal: { event: 'Order Placed', ends: true },
    exits: [{ enters: 'steady', reason: 'steady' }],
  },
);

/** Acts: counts, asks, tells an endpoint, and emits what ends a wait of another journey. */
const points = manifest(
  'points',
  { event: 'Page Read', reentry: { mode: 'after', after: '3 hours' } },
  {
    count: acting(
      { type: 'update', id: 'count', increment: { points: 1 }, add: { read: '{{ run.round }}' } },
      'ask',
    ),
    ask: acting(
      { type: 'invoke', id: 'ask', function: 'score', input: {}, saveAs: 'score', onFailure: 'continue' },
      'which',
    ),
    which: {
      kind: 'branch',
      cases: [{ name: 'gold', when: { 'saved.score.tier': 'gold' }, next: 'nap' }],
      otherwise: null,
    },
    nap: pause('40 minutes', 'call'),
    call: acting({ type: 'webhook', id: 'call', endpoint: 'crm', body: {}, onFailure: 'exit' }, 'tell'),
    tell: acting(
      { type: 'emit', id: 'tell', event: 'Lesson Done', properties: { of: '{{ profile.points }}' } },
      'nap (goto)',
    ),
    'nap (goto)': { kind: 'goto', target: 'nap', atMost: 1, backward: true, next: null },
  },
  { exits: [{ event: 'Account Closed', reason: 'closed' }] },
);

export const JOURNEYS: readonly CompiledJourney[] = [recovery, course, prices, evening, points].map(
  compileManifest,
);
