// Promise P3 for the steps that act: whatever crashes, comes twice or is given up, a trait is counted up once for each visit, an
// event goes out under one id, a function is called under one key, and nobody is lost.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { MUCH_TROUBLE, NO_TROUBLE } from './world/invocation.ts';
import { acting, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce } from './world/scenario.ts';
import { World } from './world/world.ts';

const ROUNDS = 3;
const COUNT: ActionSettings = {
  type: 'update',
  id: 'count',
  increment: { points: 1 },
  add: { seen: '{{ run.round }}' },
};
const ASK: ActionSettings = {
  type: 'invoke',
  id: 'ask',
  function: 'score',
  input: { points: '{{ profile.points }}' },
  saveAs: 'score',
  onFailure: 'continue',
};
const TELL: ActionSettings = {
  type: 'emit',
  id: 'tell',
  event: 'Scored',
  properties: { tier: "{{ saved.score.tier | default: 'none' }}", round: '{{ run.round }}' },
};

const source = manifest(
  'source',
  { event: 'Signed Up', reentry: { mode: 'always' } },
  {
    count: acting(COUNT, 'ask'),
    ask: acting(ASK, 'tell'),
    tell: acting(TELL, 'rest'),
    rest: pause('10 minutes', 'rest (goto)'),
    'rest (goto)': { kind: 'goto', target: 'count', atMost: ROUNDS - 1, backward: true, next: null },
  },
  { saved: { score: ['tier'] } },
);
const echo = manifest(
  'echo',
  { event: 'Scored', reentry: { mode: 'always' } },
  { hear: acting({ type: 'update', id: 'hear', increment: { heard: 1 } }, null) },
);
const JOURNEYS = [compileManifest(source), compileManifest(echo)];

/** Ada signs up at these minutes; trouble lasts for three hours, then everything comes to rest. */
async function played(seed: number, minutes: readonly number[], trouble = MUCH_TROUBLE): Promise<World> {
  const world = new World({ seed, journeys: JOURNEYS, trouble, calmAfter: 180 });
  introduce(world);
  for (const [index, minute] of minutes.entries())
    world.at(minute, () =>
      world.tell(
        'ada',
        inputOf({ event: 'Signed Up', properties: {} }, `in ${index}`, world.now(), world.now()),
      ),
    );
  await world.runUntil(3 * 24 * 60);
  return world;
}

function valueOf(world: World, trait: string): unknown {
  return world.document('ada')?.traits[trait]?.value;
}

describe('acting and crashes', () => {
  it('in any trouble each visit counts once, each event has one id, and all that set out arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(fc.nat({ max: 150 }), { minLength: 1, maxLength: 3 }),
        async (seed, minutes) => {
          const world = await played(seed, minutes);
          const document = world.document('ada');
          const runs = document?.tallies['source']?.entered ?? 0;
          expect(runs).toBe(minutes.length);
          expect(document?.tallies['source']?.completed).toBe(runs);
          expect(valueOf(world, 'points')).toBe(runs * ROUNDS);
          const emitted = new Set(world.journal.of('bus').map(({ event }) => event.id));
          expect(emitted.size).toBe(runs * ROUNDS);
          // What went out under one id was one event, however often it was put.
          const told = new Map(world.journal.of('bus').map(({ event }) => [event.id, JSON.stringify(event)]));
          for (const { event } of world.journal.of('bus'))
            expect(JSON.stringify(event)).toBe(told.get(event.id));
          expect(document?.tallies['echo']).toMatchObject({ entered: emitted.size, completed: emitted.size });
          expect(valueOf(world, 'heard')).toBe(emitted.size);
          expect(new Set(world.journal.of('outside').map(({ key }) => key)).size).toBe(runs * ROUNDS);
          expect(document?.emitted).toBeUndefined();
          expect(document?.runs).toEqual({});
        },
      ),
      { numRuns: 40 },
    );
  });

  it('where nothing goes wrong everything is asked once', async () => {
    const world = await played(1, [5], NO_TROUBLE);
    expect(world.journal.of('outside')).toHaveLength(ROUNDS);
    expect(world.journal.of('bus').map(({ event }) => event.properties)).toEqual(
      [0, 1, 2].map((round) => ({ tier: 'gold', round })),
    );
    expect(valueOf(world, 'seen')).toEqual([0, 1, 2]);
  });
});
