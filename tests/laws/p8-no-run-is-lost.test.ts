// Promise P8: entered = active + completed + exited + failed, for every journey, always, by the documents. However an
// execution ends, its document learns of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { manifestOf } from '../compiler/flows.ts';
import { journeys } from './journeys.ts';
import { MUCH_TROUBLE, NO_TROUBLE } from './world/invocation.ts';
import { inputOf, introduce, play, scenarios } from './world/scenario.ts';
import { missedEvents } from './world/waits.ts';
import { World } from './world/world.ts';

/** Journeys whose sum is wrong, in words. */
function wrongSums(document: CustomerDocument): string[] {
  return Object.entries(document.tallies).flatMap(([journey, tally]) => {
    const runs = Object.values(document.runs).filter((run) => run.journey === journey);
    const active = runs.filter((run) => run.over === undefined).length;
    const exited = Object.values(tally.exited).reduce((sum, count) => sum + count, 0);
    const sum = active + tally.completed + exited + tally.failed;
    return sum === tally.entered
      ? []
      : [`${journey}: ${tally.entered} entered, ${sum} accounted for, at revision ${document.revision}`];
  });
}

/** Runs by how often their end was logged. */
function endsOfRuns(world: World): Map<string, number> {
  const ends = new Map<string, number>();
  for (const { customer } of world.documents())
    for (const { entry } of world.journal.logOf(customer)) {
      if (entry.run === undefined) continue;
      if (entry.kind === 'enters') ends.set(entry.run, 0);
      if (entry.kind === 'completes' || entry.kind === 'exits' || entry.kind === 'fails')
        ends.set(entry.run, (ends.get(entry.run) ?? 0) + 1);
    }
  return ends;
}

/** Everything that is amiss in a world that has come to rest, in words. */
function losses(world: World): string[] {
  return [
    ...world.journal.of('commit').flatMap(({ after }) => wrongSums(after)),
    ...[...endsOfRuns(world)].flatMap(([run, ends]) =>
      ends === 1 ? [] : [`${run} has ended ${ends} times`],
    ),
    ...world
      .documents()
      .flatMap(({ runs }) => Object.keys(runs).map((run) => `${run} is still in its document`)),
    ...world.executions.running().map((name) => `${name} is still on`),
  ];
}

/** Runs that failed, and why: nothing but an operator fails a run in these worlds, and everything is tried again. */
function failures(world: World): string[] {
  return world
    .documents()
    .flatMap(({ customer }) => world.journal.logOf(customer))
    .flatMap(({ entry }) => (entry.kind === 'fails' ? [`${entry.run}: ${entry.reason}`] : []));
}

describe('no run is lost', () => {
  it('at any moment of any interleaving the sums are right, and in the end every run has ended once', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const world = await play(scenario);
        expect([...losses(world), ...failures(world)]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('the document learns of executions that were stopped in the console, even where nobody told of it', async () => {
    const aborts = fc.array(fc.nat({ max: 2000 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(scenarios, aborts, async (scenario, minutes) => {
        const world = await play(scenario, {
          trouble: { ...MUCH_TROUBLE, lost: 60 },
          meanwhile: (abroad) => {
            for (const minute of minutes) abroad.at(minute, () => abroad.abortOne());
          },
        });
        expect(losses(world)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('where the stream tells nothing and starts are refused as often as not, the index of looks alone makes every phase true', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, fc.integer({ min: 60, max: 100 }), async (scenario, lost) => {
        // To the very end: a commit that the stream tells of would make up for all that it has lost before.
        const trouble = { ...NO_TROUBLE, lost, throttled: 50 };
        const world = await play(scenario, { trouble, calmAfter: Number.POSITIVE_INFINITY });
        expect([...losses(world), ...failures(world)]).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('whatever the journey: nobody who is inside is lost, failed or made deaf', async () => {
    const events = fc.array(
      fc.record({ minute: fc.nat({ max: 4000 }), event: fc.constantFrom('Event 0', 'Event 1', 'Event 2') }),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), journeys, events, async (seed, flow, told) => {
        const rules = manifestOf(flow, 'random');
        const entry = { ...rules.entry, reentry: { mode: 'always' } } as const;
        const random = compileManifest({ ...rules, entry, exits: [{ event: 'Event 2', reason: 'left' }] });
        const world = new World({ seed, journeys: [random], trouble: MUCH_TROUBLE, calmAfter: 4000 });
        introduce(world);
        const tell = (minute: number, event: string): void =>
          world.at(minute, () =>
            world.tell(
              'ada',
              inputOf({ event, properties: {} }, `${event} ${minute}`, world.now(), world.now()),
            ),
          );
        for (const minute of [1, 900]) tell(minute, 'Account Created');
        for (const { minute, event } of told) tell(minute + 2, event);
        await world.runUntil(5000);
        const sums = world.journal.of('commit').flatMap(({ after }) => wrongSums(after));
        expect([...sums, ...failures(world), ...missedEvents(world)]).toEqual([]);
        // Whoever is still active is waited for by an execution, and no execution is on without a run.
        const active = world.documents().flatMap(({ runs }) => Object.keys(runs).map((run) => `${run}-1`));
        expect(world.executions.running().toSorted()).toEqual(active.toSorted());
      }),
      { numRuns: 40 },
    );
  });
});
