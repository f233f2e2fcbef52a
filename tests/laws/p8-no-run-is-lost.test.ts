// Promise P8: entered = active + completed + exited + failed, for every journey, always, by the documents. However an
// execution ends, its document learns of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { MUCH_TROUBLE } from './world/invocation.ts';
import { play, scenarios } from './world/scenario.ts';
import type { World } from './world/world.ts';

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

describe('no run is lost', () => {
  it('at any moment of any interleaving the sums are right, and in the end every run has ended once', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        expect(losses(await play(scenario))).toEqual([]);
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
});
