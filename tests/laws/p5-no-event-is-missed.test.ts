// Promise P5: an event that ends a wait is never missed, whether it came before, during or after the registration. Event
// against time-out: the document decides, and the run takes exactly that branch.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMillis, toMillis } from '#lib/contracts/time.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { MUCH_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce, play, scenarios } from './world/scenario.ts';
import { disagreements, missedEvents } from './world/waits.ts';
import { START, World } from './world/world.ts';

/** Waits that did not end as the document says, or should not have, in words. */
function brokenWaits(world: World): string[] {
  return [...missedEvents(world), ...disagreements(world)];
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

describe('no event is missed', () => {
  it('in any history, no time-out is taken over an event that counted, and machine and document agree', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(brokenWaits(await play(scenario))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  for (const [name, nodes] of Object.entries(WAYS))
    it(`${name}: before, during and after registration, in the time-out's own second, with lost wakes and retries`, async () => {
      const journey = compileManifest(manifest('short', 'Signed Up', { ...nodes, ...after }));
      const nearEnds = [0, 30, 45, 60, 90, 120, 180, 210].map((minute) =>
        fc.integer({ min: -1500, max: 2500 }).map((millis) => minute * 60_000 + millis),
      );
      const races = fc.record({
        seed: fc.nat(),
        events: fc.array(
          fc.record({
            at: fc.oneof(...nearEnds, fc.nat({ max: 4 * 3_600_000 })),
            event: fc.constantFrom('Lesson Done', 'Help Asked', 'Cart Viewed'),
            lag: fc.oneof(fc.constant(0), fc.nat({ max: 3000 })),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      });
      await fc.assert(
        fc.asyncProperty(races, async ({ seed, events }) => {
          const world = new World({
            seed,
            journeys: [journey],
            trouble: { ...MUCH_TROUBLE, lost: 15 },
            calmAfter: 600,
          });
          introduce(world);
          const tellAt = (event: string, at: number, lag: number, id: string): void => {
            const instant = addMillis(START, 60_000 + at);
            const received = addMillis(instant, lag);
            world.clock.at(toMillis(received), () =>
              world.tell('ada', inputOf({ event, properties: {} }, id, instant, received)),
            );
          };
          tellAt('Signed Up', 0, 0, 'entry');
          for (const [index, { event, at, lag }] of events.entries())
            tellAt(event, Math.max(at, 1), lag, `event ${index}`);
          await world.runUntil(2 * 24 * 60);
          expect(brokenWaits(world)).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });
});
