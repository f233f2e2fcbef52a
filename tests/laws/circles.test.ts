// Journeys that set themselves off come to rest, whatever sets them off: nothing goes round for ever at one instant. Each of these
// would, were it not bounded; what bounds it is in the log.
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { MOST_BUILT_IN_EVENTS, MOST_SET_OFF } from '#lib/engine/budgets.ts';
import type { EntryTrigger } from '#lib/journey/entries/trigger.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import { acting, letter, manifest } from './world/journeys.ts';
import { inputOf, introduce } from './world/scenario.ts';
import { START, World } from './world/world.ts';

const round = (
  name: string,
  trigger: EntryTrigger,
  nodes: Record<string, FlowNode>,
  rules: Partial<UnnamedManifest> = {},
): UnnamedManifest => manifest(name, { trigger, reentry: { mode: 'always' } }, nodes, { ...rules });

const begin = (nodes: Record<string, FlowNode>): UnnamedManifest => manifest('begin', 'Begun', nodes);
const sets = (id: string, plan: string): FlowNode => acting({ type: 'update', id, set: { plan } }, null);
const onEvent = (event: string): EntryTrigger => ({ kind: 'event', event });
const touch = acting({ type: 'update', id: 'touch', set: { seen: true } }, null);

interface Circle {
  readonly journeys: readonly UnnamedManifest[];
  readonly segments?: readonly SegmentDefinition[];
}

const CIRCLES: Readonly<Record<string, Circle>> = {
  'a journey that begins when it has ended': {
    journeys: [
      begin({ hello: letter('hello', null) }),
      round('again', onEvent('Journey Completed'), { touch }),
    ],
  },
  'a journey that begins when it has ended, without a step': {
    journeys: [begin({ hello: letter('hello', null) }), round('again', onEvent('Journey Completed'), {})],
  },
  'a journey that begins when somebody leaves it': {
    journeys: [
      begin({ hello: letter('hello', null) }),
      round('again', onEvent('Journey Completed'), { touch, out: { kind: 'exit', reason: 'out' } }),
      round('more', onEvent('Journey Exited'), {
        touch: { ...touch, next: 'out' },
        out: { kind: 'exit', reason: 'out' },
      }),
    ],
  },
  'a message about each message': {
    journeys: [
      begin({ hello: letter('hello', null) }),
      round('again', onEvent('Message Sent'), { more: letter('more', null) }),
    ],
  },
  'two journeys that change a trait to and fro': {
    journeys: [
      begin({ first: sets('first', 'gold') }),
      round('down', { kind: 'trait', trait: 'profile.plan', to: 'gold' }, { basic: sets('basic', 'basic') }),
      round('up', { kind: 'trait', trait: 'profile.plan', to: 'basic' }, { gold: sets('gold', 'gold') }),
    ],
  },
  'a segment of those who are not in the journey that it lets in': {
    segments: [{ id: 'outside', when: { not: { inJourney: 'again' } } }],
    journeys: [
      begin({ hello: letter('hello', null) }),
      round('again', { kind: 'enters', segment: 'outside', existing: 'enter' }, { touch }),
    ],
  },
  'a segment of those who are not in the journey, which they leave with it': {
    segments: [{ id: 'outside', when: { not: { inJourney: 'again' } } }],
    journeys: [
      begin({ hello: letter('hello', null) }),
      round(
        'again',
        { kind: 'enters', segment: 'outside', existing: 'enter' },
        { wait: { kind: 'wait', for: '30 days', next: null } },
        { exits: [{ leaves: 'outside', reason: 'inside' }] },
      ),
    ],
  },
  'two journeys of which each lets in who is not in the other': {
    segments: [
      { id: 'not-one', when: { not: { inJourney: 'one' } } },
      { id: 'not-two', when: { not: { inJourney: 'two' } } },
    ],
    journeys: [
      begin({ hello: letter('hello', null) }),
      round(
        'one',
        { kind: 'enters', segment: 'not-two', existing: 'enter' },
        { wait: { kind: 'wait', for: '30 days', next: null } },
        { exits: [{ leaves: 'not-two', reason: 'left' }] },
      ),
      round(
        'two',
        { kind: 'enters', segment: 'not-one', existing: 'enter' },
        { wait: { kind: 'wait', for: '30 days', next: null } },
        { exits: [{ leaves: 'not-one', reason: 'left' }] },
      ),
    ],
  },
};

/** Why the engine has ended a circle. */
const BOUNDS = [
  'too much set off by journeys within an hour',
  'too many built-in events in a row',
  'segments and journeys turn in a circle',
];

describe('what sets itself off ends', () => {
  it.each(Object.entries(CIRCLES))('%s', async (_, { journeys, segments = [] }) => {
    const world = new World({ seed: 1, journeys: journeys.map(compileManifest), segments });
    introduce(world);
    world.at(1, () =>
      world.tell('ada', inputOf({ event: 'Begun', properties: {} }, 'begun', START, world.now())),
    );
    await world.runUntil(24 * 60);
    const log = world.documents().flatMap(({ customer }) => world.journal.logOf(customer));
    const entries = log.filter(({ entry }) => entry.kind === 'enters' && entry.journey !== 'begin');
    // Two customers, and as many hours as the circle was begun in: at most two.
    expect(entries.length).toBeLessThanOrEqual(2 * 2 * (MOST_SET_OFF + MOST_BUILT_IN_EVENTS));
    expect(entries.length).toBeGreaterThanOrEqual(MOST_BUILT_IN_EVENTS);
    expect(log.some(({ entry }) => BOUNDS.includes(entry.reason ?? ''))).toBe(true);
    expect(
      log.filter(({ entry }) => entry.at > '2026-03-27T12:00:00.000Z' && entry.kind === 'enters'),
    ).toEqual([]);
  });
});
