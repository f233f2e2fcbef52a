// Erasure: once it is committed nothing is claimed, nothing of the customer stays, and nothing that still comes brings them back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { claimsOf } from './world/claims.ts';
import { play, scenarios } from './world/scenario.ts';
import { idOf, type World } from './world/world.ts';

/** The sections of a tombstone that may hold anything. */
const STAYS: ReadonlySet<string> = new Set([
  'customer',
  'schema',
  'revision',
  'decided',
  'look',
  'created',
  'erased',
  'tallies',
  'runs',
  'log',
]);

/** Fields of a run that say nothing but what has to be stopped. */
const STAYS_OF_RUN: ReadonlySet<string> = new Set([
  'journey',
  'version',
  'leg',
  'phase',
  'phaseAt',
  'entered',
  'event',
  'first',
  'since',
  'over',
]);

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : value === '';
}

/** What a tombstone should not know, in words. */
function knows(document: CustomerDocument): string[] {
  const { external, runs, ...sections } = document;
  return [
    ...(external.user === '' ? [] : ['the external id']),
    ...Object.entries(sections).flatMap(([name, value]) => (STAYS.has(name) || isEmpty(value) ? [] : [name])),
    ...Object.values(runs).flatMap((run) => [
      ...Object.keys(run).filter((field) => !STAYS_OF_RUN.has(field)),
      ...(isEmpty(run.event) ? [] : ['an entry event']),
      ...(run.over === undefined ? ['a run that is on'] : []),
    ]),
    ...document.log.flatMap(({ kind, reason }) => (kind === 'exits' && reason === 'erased' ? [] : [kind])),
  ];
}

/** Everything that is amiss with Ada, who was erased, in words. */
function remains(world: World): string[] {
  const commits = world.journal
    .of('commit')
    .filter(({ after }) => after.customer === world.document('ada')?.customer);
  const erased = commits.findIndex(({ after }) => after.erased !== undefined);
  if (erased < 0) return ['never erased'];
  const since = commits.slice(erased);
  return [
    ...since.flatMap(({ after }) => (after.erased === undefined ? ['back'] : knows(after))),
    ...claimsOf(world.journal).flatMap(({ commit, record }) =>
      since.includes(commit) ? [`${record.key} was claimed`] : [],
    ),
    ...world.belongings.of(idOf('ada')).map((kept) => `${kept} is still kept`),
    ...Object.keys(world.document('ada')?.runs ?? {}).map((run) => `${run} is still stopping`),
    ...(world.document('ada')?.erased?.removal === 'sure' ? [] : ['the removal is not sure']),
    ...(world.document('ada')?.look === undefined ? [] : ['somebody still looks']),
  ];
}

describe('an erased customer', () => {
  it('is gone whatever was under way, and stays gone whatever comes after', async () => {
    const erasures = fc.record({
      scenario: scenarios,
      minute: fc.integer({ min: 1, max: 400 }),
      twice: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(erasures, async ({ scenario, minute, twice }) => {
        const world = await play(scenario, {
          meanwhile: (one) => {
            one.at(minute, () => one.erase('ada'));
            if (twice) one.at(minute + 30, () => one.erase('ada'));
          },
        });
        expect(remains(world)).toEqual([]);
        expect(world.executions.running()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is gone in whichever millisecond of a send, a start or a wake it is decided', async () => {
    const race = fc.record({
      seed: fc.nat(),
      millis: fc.nat({ max: 3000 }),
      event: fc.constantFrom('Signed Up', 'Cart Filled'),
    });
    await fc.assert(
      fc.asyncProperty(race, async ({ seed, millis, event }) => {
        const deed = { event, properties: { cart: 'k1' } };
        const viewed = { event: 'Cart Viewed', properties: { cart: 'k1' } };
        const moments = [
          { minute: 1, customer: 'ada', deed, lateBy: 0 },
          { minute: 2, customer: 'ada', deed: viewed, lateBy: 0 },
          { minute: 5, customer: 'ada', deed, lateBy: 0 },
          { minute: 90, customer: 'ada', deed: viewed, lateBy: 80 },
        ] as const;
        const world = await play(
          { seed, moments },
          { meanwhile: (one) => one.at(1 + millis / 60_000, () => one.erase('ada')) },
        );
        expect(remains(world)).toEqual([]);
        expect(world.executions.running()).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
