// Promise P2: after an exit, goal, unsubscribe or suppression is committed, no send that it forbids is claimed. A claim lives
// ten seconds of the sender's monotonic clock and is checked directly before the provider is called.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import { claimsOf, type Claim } from './world/claims.ts';
import { unlawfulSends } from './world/violations.ts';
import { MUCH_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest } from './world/journeys.ts';
import { inputOf, introduce, play, scenarios, type Deed } from './world/scenario.ts';
import { START, World } from './world/world.ts';
import { addMillis, toMillis } from '#lib/contracts/time.ts';

const journey = compileManifest(
  manifest(
    'short',
    'Signed Up',
    {
      hello: letter('hello', 'lesson'),
      lesson: awaiting('1 hour', [['Lesson Done', 'more']], 'more'),
      more: letter('more', null),
    },
    {
      goal: { event: 'Order Placed', ends: true },
      exits: [
        { event: 'Account Closed', reason: 'closed' },
        { when: { 'profile.plan': 'gone' }, reason: 'gone' },
      ],
    },
  ),
);

const STOPPERS: readonly Deed[] = [
  { event: 'Order Placed', properties: {} },
  { event: 'Account Closed', properties: {} },
  { event: 'Message Unsubscribed', properties: { topic: 'updates', channel: 'email' } },
  { event: 'Consent Changed', properties: { topic: 'updates', channel: 'email', granted: false } },
  { event: 'Preferences Changed', properties: { pausedUntil: '2027-01-01T00:00:00Z' } },
  { event: 'Message Complained', properties: { channel: 'email' } },
  { traits: { plan: 'gone' } },
  { traits: { email: null } },
];

describe('nothing forbidden is sent', () => {
  it('in any history, no claim is made against the document, and no provider is called without a young claim', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(unlawfulSends(await play(scenario))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('whatever forbids a send arrives in any millisecond of it: once committed, nothing more is claimed', async () => {
    const race = fc.record({
      seed: fc.nat(),
      millis: fc.nat({ max: 1200 }),
      stopper: fc.constantFrom(...STOPPERS),
      trouble: fc.constantFrom({ ...MUCH_TROUBLE, stalls: 20 }, { ...MUCH_TROUBLE, dies: 0, abandoned: 0 }),
    });
    await fc.assert(
      fc.asyncProperty(race, async ({ seed, millis, stopper, trouble }) => {
        const world = new World({ seed, journeys: [journey], trouble, calmAfter: 30 });
        introduce(world);
        const tellAt = (deed: Deed, at: number, id: string): void => {
          const instant = addMillis(START, at);
          world.clock.at(toMillis(instant), () => world.tell('ada', inputOf(deed, id, instant, instant)));
        };
        tellAt({ event: 'Signed Up', properties: {} }, 60_000, 'entry');
        tellAt(stopper, 60_000 + millis, 'stopper');
        await world.runUntil(600);
        expect(unlawfulSends(world)).toEqual([]);
        const committed = world.journal.of('commit');
        const stopped = committed.findIndex(
          ({ before, after }) => !isForbidding(before) && isForbidding(after),
        );
        const claims = claimsOf(world.journal).map(({ commit }) => committed.indexOf(commit));
        expect(stopped === -1 ? [] : claims.filter((claim) => claim > stopped)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

/** True from the write on that forbids every further send to Ada. */
function isForbidding(document: { readonly [key: string]: unknown } | undefined): boolean {
  const { runs, consent, preferences, suppressed, traits, recent } = (document ?? {}) as Partial<
    Claim['commit']['after']
  >;
  if (suppressed?.['email'] !== undefined || consent?.['updates']?.['email']?.granted === false) return true;
  if ((preferences?.pausedUntil?.value ?? '') > START) return true;
  if ((recent?.length ?? 0) >= 2 && traits?.['email']?.value === null) return true;
  return Object.values(runs ?? {}).some((run) => run.over !== undefined);
}
