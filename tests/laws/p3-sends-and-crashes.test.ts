// Promise P3: a crash at any point never sends a marketing message twice and never silently drops a transactional one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { NO_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce, play, scenarios } from './world/scenario.ts';
import { disagreements, missedEvents } from './world/waits.ts';
import { callsByKey, dropped, sentTwice } from './world/violations.ts';
import { World } from './world/world.ts';

describe('sends and crashes', () => {
  it('in any history nothing is sent twice for marketing, and nothing transactional is dropped', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const world = await play(scenario);
        expect(sentTwice(world)).toEqual([]);
        expect(dropped(world)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('functions that were given up and go on later change nothing any more', async () => {
    const nodes: Record<string, FlowNode> = {
      one: letter('one', 'two', { class: 'transactional' }),
      two: letter('two', 'three'),
      three: letter('three', 'wait'),
      wait: awaiting('10 minutes', [['Lesson Done', 'four']], 'which'),
      which: {
        kind: 'branch',
        cases: [{ name: 'gold', when: { 'profile.plan': 'gold' }, next: null }],
        otherwise: 'again',
      },
      again: awaiting('5 minutes', [['Lesson Done', 'four']], 'four'),
      four: letter('four', null),
    };
    const journey = compileManifest(manifest('chain', 'Signed Up', nodes));
    const trouble = { ...NO_TROUBLE, abandoned: 12, stalls: 5 };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat({ max: 900 }), async (seed, second) => {
        const world = new World({ seed, journeys: [journey], trouble, calmAfter: 60 });
        introduce(world);
        for (const [minute, event] of [
          [1, 'Signed Up'],
          [1 + second / 60, 'Lesson Done'],
        ] as const)
          world.at(minute, () =>
            world.tell('ada', inputOf({ event, properties: {} }, event, world.now(), world.now())),
          );
        await world.runUntil(24 * 60);
        expect(sentTwice(world)).toEqual([]);
        expect(missedEvents(world)).toEqual([]);
        expect(disagreements(world)).toEqual([]);
        expect(world.document('ada')?.tallies['chain']).toMatchObject({ entered: 1, completed: 1 });
      }),
      { numRuns: 150 },
    );
  });

  it.each(['marketing', 'transactional'] as const)(
    'a %s send survives a crash in each of its moments',
    async (klass) => {
      const journey = compileManifest(
        manifest('short', 'Signed Up', {
          hello: letter('hello', 'rest', { class: klass }),
          rest: pause('1 hour', 'bye'),
          bye: letter('bye', null, { class: klass }),
        }),
      );
      const outcomes: string[] = [];
      let moments = 1;
      for (let moment = 0; moment < moments; moment += 1) {
        const world = new World({ seed: 1, journeys: [journey], dieInMoment: moment });
        introduce(world);
        world.at(5, () =>
          world.tell(
            'ada',
            inputOf({ event: 'Signed Up', properties: {} }, 'entry', world.now(), world.now()),
          ),
        );
        await world.runUntil(24 * 60);
        if (moment === 0) moments = world.sendMoments;
        const calls = callsByKey(world);
        expect([...calls.values()].flat().filter(({ answer }) => answer !== 'accepted').length).toBeLessThan(
          2,
        );
        expect([...sentTwice(world), ...dropped(world)]).toEqual([]);
        outcomes.push([...calls.values()].map((some) => some.length).join(' and '));
        expect(world.document('ada')?.tallies['short']).toMatchObject({ entered: 1, completed: 1 });
      }
      // Two sends of four calls each (load, commit, provider, commit), before and after.
      expect(outcomes.length).toBeGreaterThanOrEqual(16);
      expect(new Set(outcomes)).toEqual(
        klass === 'marketing' ? new Set(['1 and 1', '1']) : new Set(['1 and 1', '2 and 1', '1 and 2']),
      );
    },
  );
});
