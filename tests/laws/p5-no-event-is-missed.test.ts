// Promise P5: an event that ends a wait is never missed, whether it came before, during or after the registration. Event
// against time-out: the document decides, and the run takes exactly that branch.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { MUCH_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce, play, scenarios, type Deed } from './world/scenario.ts';
import { disagreements, missedEvents } from './world/waits.ts';
import { START, World } from './world/world.ts';

/** Waits that did not end as the document says, or should not have, or that kept nothing of their event, in words. */
function brokenWaits(world: World): string[] {
  const forgotten = world
    .documents()
    .flatMap(({ customer }) => world.journal.logOf(customer))
    .filter(({ entry: { step, branch } }) => step === 'kept' && branch === 'otherwise')
    .map(({ entry }) => `${entry.run}: the event was not kept`);
  return [...missedEvents(world), ...disagreements(world), ...forgotten];
}

const after = {
  clicked: letter('clicked', null, { class: 'transactional' }),
  replied: letter('replied', null, { class: 'transactional' }),
  silent: letter('silent', null, { class: 'transactional' }),
};
const arms = [
  ['Lesson Done', 'clicked'],
  ['Help Asked', 'replied'],
] as const;

/** Ways to come to a wait of an hour, and what follows its time-out: each is registered, planned and settled differently. */
const WAYS: Readonly<Record<string, Record<string, FlowNode>>> = {
  'after a send': { first: letter('first', 'wait'), wait: awaiting('1 hour', arms, 'silent') },
  'at once': { wait: awaiting('1 hour', arms, 'silent') },
  'after an exact wait': { first: pause('30 minutes', 'wait'), wait: awaiting('1 hour', arms, 'silent') },
  'after a wait of days': {
    first: { kind: 'wait', until: '12:00', next: 'wait' },
    wait: awaiting('1 hour', arms, 'silent'),
  },
  'since entry': { first: pause('30 minutes', 'wait'), wait: awaiting('1 hour', arms, 'silent', 'entry') },
  'looking back': { first: pause('2 hours', 'wait'), wait: awaiting('1 hour', arms, 'silent', '45 minutes') },
  'after another wait': {
    first: awaiting('30 minutes', [['Cart Viewed', 'thanks']], 'wait'),
    thanks: letter('thanks', 'wait'),
    wait: awaiting('1 hour', arms, 'silent'),
  },
  'before a branch': {
    wait: awaiting('1 hour', arms, 'which'),
    which: {
      kind: 'branch',
      cases: [{ name: 'gold', when: { 'profile.plan': 'gold' }, next: null }],
      otherwise: 'second',
    },
    second: awaiting('1 hour', arms, 'silent'),
  },
  'in a loop': {
    wait: awaiting('1 hour', arms, 'again (goto)'),
    'again (goto)': { kind: 'goto', target: 'wait', atMost: 2, backward: true, next: 'silent' } as const,
  },
};

/** A wait for events whose end is a date of the profile, which `renewed` moves. */
const untilRenewal: FlowNode = {
  kind: 'waitFor',
  date: { of: 'profile.renewsOn' },
  since: 'step',
  events: arms.map(([event, next]) => ({ event, next })),
  otherwise: 'silent',
};

/** Waits whose end or arms hang on the profile, and what the run keeps of the event that ends them. */
const WAYS_BY_PROFILE: Readonly<Record<string, Record<string, FlowNode>>> = {
  'until a date that stays': {
    wait: { ...untilRenewal, date: { of: addMillis(START, 61 * 60_000) } },
  },
  'until a date that is followed': { wait: untilRenewal },
  'until a date that is followed, after a send': { first: letter('first', 'wait'), wait: untilRenewal },
  'until a date that is followed, after an exact wait': {
    first: pause('30 minutes', 'wait'),
    wait: untilRenewal,
  },
  'until something is true, or an event': {
    wait: {
      ...awaiting('1 hour', arms, 'silent'),
      when: { condition: { 'profile.plan': 'gold' }, next: 'replied' },
    },
  },
  'until something is true before a followed date': {
    first: pause('30 minutes', 'wait'),
    wait: { ...untilRenewal, when: { condition: { 'profile.plan': 'gold' }, next: 'replied' } },
  },
  'keeping the event': {
    first: letter('first', 'wait'),
    wait: { ...awaiting('1 hour', arms, 'silent'), saveAs: 'lesson' },
    clicked: letter('clicked', 'kept', { class: 'transactional' }),
    kept: {
      kind: 'branch',
      cases: [{ name: 'yes', when: { 'saved.lesson.number': { exists: true } }, next: 'replied' }],
      otherwise: 'silent',
    },
  },
};

const nearEnds = [0, 30, 45, 60, 90, 120, 180, 210].map((minute) =>
  fc.integer({ min: -1500, max: 2500 }).map((millis) => minute * 60_000 + millis),
);
/** What ends waits, and what moves their ends: to a later date, to an earlier one, to one that is past, to none. */
const anyDeed = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('Lesson Done', 'Help Asked', 'Cart Viewed')
      .map((event): Deed => ({ event, properties: { number: 7 } })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(45, 60, 90, 180, -10, undefined)
      .map((minutes): Deed => ({ traits: { renewsOn: minutes === undefined ? null : dateOf(minutes) } })),
  },
  { weight: 1, arbitrary: fc.constantFrom('gold', 'basic').map((plan): Deed => ({ traits: { plan } })) },
);
const races = fc.record({
  seed: fc.nat(),
  deeds: fc.array(
    fc.record({
      at: fc.oneof(...nearEnds, fc.nat({ max: 4 * 3_600_000 })),
      deed: anyDeed,
      lag: fc.oneof(fc.constant(0), fc.nat({ max: 3000 })),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

describe('no event is missed', () => {
  it('in any history, no time-out is taken over an event that counted, and machine and document agree', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(brokenWaits(await play(scenario))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  for (const [name, nodes] of Object.entries({ ...WAYS, ...WAYS_BY_PROFILE }))
    it(`${name}: before, during and after registration, in the time-out's own second, with lost wakes and retries`, async () => {
      const journey = compileManifest(manifest('short', 'Signed Up', { ...after, ...nodes }, startOf(nodes)));
      await fc.assert(
        fc.asyncProperty(races, async ({ seed, deeds }) => {
          const world = new World({
            seed,
            journeys: [journey],
            trouble: { ...MUCH_TROUBLE, lost: 15 },
            calmAfter: 600,
          });
          introduce(world);
          const tellAt = (deed: Deed, at: number, lag: number, id: string): void => {
            const instant = addMillis(START, 60_000 + at);
            const received = addMillis(instant, lag);
            world.clock.at(toMillis(received), () => world.tell('ada', inputOf(deed, id, instant, received)));
          };
          tellAt({ traits: { renewsOn: dateOf(60) } }, -1000, 0, 'date');
          tellAt({ event: 'Signed Up', properties: {} }, 0, 0, 'entry');
          for (const [index, { at, deed, lag }] of deeds.entries())
            tellAt(deed, Math.max(at, 1), lag, `deed ${index}`);
          await world.runUntil(2 * 24 * 60);
          expect(brokenWaits(world)).toEqual([]);
          for (const { runs } of world.documents()) expect(runs).toEqual({});
        }),
        { numRuns: 40 },
      );
    });
});

/** What comes first in a journey that is written with its ends before its beginning. */
function startOf(nodes: Record<string, FlowNode>): {
  flow: { start: string; nodes: Record<string, FlowNode> };
} {
  return { flow: { start: Object.keys(nodes)[0] ?? '', nodes: { ...after, ...nodes } } };
}

/** So many minutes after the entry. */
function dateOf(minutes: number): Instant {
  return addMillis(START, 60_000 + minutes * 60_000);
}
