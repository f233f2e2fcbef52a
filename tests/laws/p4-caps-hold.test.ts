// Promise P4: caps hold under any concurrency: several runs sending at once, retries, deferrals, refusals, crashes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '#lib/contracts/duration.ts';
import { toMillis } from '#lib/contracts/time.ts';
import type { Cap } from '#lib/contracts/step-calls.ts';
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import { sentMessages, type Sent } from './world/claims.ts';
import { MUCH_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce, play, scenarios } from './world/scenario.ts';
import { World } from './world/world.ts';

/** Milliseconds of a cap's window; the laws use exact ones. */
function windowOf(per: string): number {
  const duration = parseDuration(per);
  return 'problem' in duration ? Number.NaN : duration.milliseconds;
}

function inScope(other: Sent, one: Sent, of: Cap['of']): boolean {
  switch (of) {
    case 'journey':
      return other.call.run.journey === one.call.run.journey;
    case 'topic':
      return other.call.step.topic === one.call.step.topic;
    case 'channel':
      return other.claim.record.channel === one.claim.record.channel;
    case 'all':
      return true;
  }
}

/** Sends that their own caps forbade, by what had been sent when they were claimed. */
function brokenCaps(world: World): string[] {
  const sent = sentMessages(world.journal).filter(({ call }) => call.step.class === 'marketing');
  return sent.flatMap((one) =>
    one.call.step.caps.flatMap(({ most, per, of }) => {
      const at = toMillis(one.claim.record.at);
      const before = sent.filter((other) => {
        const age = at - toMillis(other.claim.record.at);
        const isOlder = other.claim.commit.at <= one.claim.commit.at;
        return (
          other.customer === one.customer &&
          isOlder &&
          (per === undefined || age < windowOf(per)) &&
          inScope(other, one, of)
        );
      });
      return before.length <= most
        ? []
        : [`${one.claim.record.key} is number ${before.length} of ${most} per ${per ?? 'life'} of ${of}`];
    }),
  );
}

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
