// Promise P4: caps hold under any concurrency: several runs sending at once, retries, deferrals, refusals, crashes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cap } from '#lib/contracts/step-calls.ts';
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import { MUCH_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce, play, scenarios } from './world/scenario.ts';
import { brokenCaps } from './world/violations.ts';
import { World } from './world/world.ts';

const OF: readonly Cap['of'][] = ['journey', 'topic', 'channel', 'all'];

/** Three journeys that start with the same event; each sends three times, over two channels and two topics. */
function crowd(cap: Cap, ifCapped: 'wait' | 'skip'): CompiledJourney[] {
  return ['one', 'two', 'three'].map((name, index) => {
    // The third journey knows of no cap, but what it sends counts for the others.
    const caps = index === 2 ? [] : [cap];
    const rules = { caps, ifCapped, expires: '3 days', topic: index === 1 ? 'news' : 'updates' } as const;
    return compileManifest(
      manifest(
        name,
        { event: 'Signed Up', reentry: { mode: 'always' } },
        {
          first: letter('first', 'between', { ...rules, channels: ['email', 'push'] }),
          between: awaiting('1 hour', [['Lesson Done', 'second']], 'second'),
          second: letter('second', 'rest', { ...rules, channels: ['push', 'email'] }),
          rest: pause('90 minutes', 'third'),
          third: letter('third', null, rules),
        },
      ),
    );
  });
}

describe('caps hold', () => {
  it('in any history, no send goes beyond the caps of its step', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(brokenCaps(await play(scenario))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('whatever is counted together, for life or per period, when many runs send at once', async () => {
    const crowds = fc.record({
      seed: fc.nat(),
      cap: fc.record({
        most: fc.integer({ min: 1, max: 4 }),
        of: fc.constantFrom(...OF),
        per: fc.constantFrom('2 hours', '1 hour', undefined),
      }),
      ifCapped: fc.constantFrom('wait' as const, 'skip' as const),
      minutes: fc.array(fc.nat({ max: 200 }), { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(crowds, async ({ seed, cap: { most, of, per }, ifCapped, minutes }) => {
        const journeys = crowd({ most, of, ...(per === undefined ? {} : { per }) }, ifCapped);
        const world = new World({
          seed,
          journeys,
          trouble: { ...MUCH_TROUBLE, providerFails: 30 },
          calmAfter: 600,
        });
        introduce(world);
        const grant = { event: 'Consent Changed', properties: { topic: 'news', granted: true } };
        for (const [index, deed] of [
          grant,
          ...minutes.map(() => ({ event: 'Signed Up', properties: {} })),
        ].entries())
          world.at(minutes[index - 1] ?? 0, () =>
            world.tell('ada', inputOf(deed, `event ${index}`, world.now(), world.now())),
          );
        await world.runUntil(6 * 24 * 60);
        expect(brokenCaps(world)).toEqual([]);
      }),
      { numRuns: 35 },
    );
  });
});
