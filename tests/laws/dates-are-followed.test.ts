// A wait for a date of the profile ends when the document says, however often the date changes and whatever goes wrong on the
// way: machines, relay and engine together, against a direct reckoning of what must become of each run.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMillis, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { NodeOf } from '#lib/journey/flow.ts';
import { MUCH_TROUBLE, NO_TROUBLE, type Trouble } from './world/invocation.ts';
import { letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce } from './world/scenario.ts';
import { START, World } from './world/world.ts';

const HOUR = 3_600_000;
const ENTRY = addMillis(START, HOUR);

/** What is lost is found by the sweep, after a quarter of an hour; a step may be that late, and twice if luck is bad. */
const SWEPT_MINUTES = 35;

type IfPast = 'continue' | 'exit' | 'goto';

const journeyOf = (ifPast: IfPast, before: boolean) => {
  const wait: NodeOf<'wait'> = {
    kind: 'wait',
    date: { of: 'profile.plan' },
    next: 'on-date',
    ...(ifPast === 'continue' ? {} : { ifPast: ifPast === 'exit' ? 'exit' : { goto: 'too-late' } }),
  };
  const nodes = {
    ...(before ? { rest: pause('30 minutes', 'wait') } : {}),
    wait,
    'on-date': letter('on-date', null, { class: 'transactional' }),
    'too-late': letter('too-late', null, { class: 'transactional' }),
  };
  return compileManifest(manifest('dated', 'Signed Up', nodes));
};

/** A date so many hours after the entry; undefined: none. */
const hours = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -2, max: 40 }) }, fc.constant(undefined));

const histories = fc.record({
  seed: fc.nat(),
  ifPast: fc.constantFrom<IfPast>('continue', 'exit', 'goto'),
  before: fc.boolean(),
  first: hours,
  changes: fc.array(
    fc.record({
      // Around the instants at which waits end, too: a full hour, give or take a second.
      at: fc.oneof(
        fc.integer({ min: 1, max: 45 * 60 }).map((minutes) => minutes * 60_000),
        fc
          .record({ hour: fc.integer({ min: 1, max: 40 }), millis: fc.integer({ min: -1500, max: 1500 }) })
          .map(({ hour, millis }) => hour * HOUR + millis),
      ),
      date: hours,
    }),
    { maxLength: 4 },
  ),
});

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

function dateOf(after: number | undefined): string | null {
  return after === undefined ? null : addMillis(ENTRY, after * HOUR);
}

/** What must become of the run, and when at the earliest, by the changes alone. */
function expected({ ifPast, before, first, changes }: History): {
  readonly what: string;
  readonly at: Instant;
} {
  const reached = before ? addMillis(ENTRY, HOUR / 2) : ENTRY;
  const past = { continue: 'on-date', exit: 'exit', goto: 'too-late' }[ifPast];
  let date = first;
  const sorted = changes.toSorted((a, b) => a.at - b.at);
  for (const change of sorted) if (addMillis(ENTRY, change.at) <= reached) ({ date } = change);
  let end = dateOf(date);
  if (end === null || end < reached) return { what: past, at: reached };
  for (const change of sorted) {
    const at = addMillis(ENTRY, change.at);
    if (at <= reached || at >= end) continue;
    const next = dateOf(change.date);
    if (next === null || next < at) return { what: past, at };
    end = next;
  }
  return { what: 'on-date', at: end as Instant };
}

async function played(history: History, trouble: Trouble): Promise<World> {
  const { seed, ifPast, before, first, changes } = history;
  const world = new World({ seed, journeys: [journeyOf(ifPast, before)], trouble, calmAfter: 50 * 60 });
  introduce(world);
  const tell = (at: Instant, deed: Parameters<typeof inputOf>[0], id: string): void => {
    world.clock.at(toMillis(at), () => world.tell('ada', inputOf(deed, id, at, at)));
  };
  // Well before the entry: with bad luck it takes minutes until it is known.
  tell(addMillis(ENTRY, -HOUR / 2), { traits: { plan: dateOf(first) } }, 'first');
  tell(ENTRY, { event: 'Signed Up', properties: {} }, 'entry');
  for (const [index, { at, date }] of changes.entries())
    tell(addMillis(ENTRY, at), { traits: { plan: dateOf(date) } }, `change ${index}`);
  await world.runUntil(10 * 24 * 60);
  return world;
}

/** The first message, sent or not, or the exit, and when it was decided. */
function outcome(world: World): { readonly what: string; readonly at: string } {
  for (const { entry } of world.journal.logOf(world.document('ada')?.customer ?? '')) {
    if (entry.kind === 'sends' || entry.kind === 'skips') return { what: entry.step ?? '', at: entry.at };
    if (entry.kind === 'exits') return { what: 'exit', at: entry.at };
  }
  // The answer that tells of a sending may come after another attempt was told to try later: then the provider alone knows.
  const heard = world.journal.of('provider').find(({ answer }) => answer === 'accepted');
  return { what: heard?.key.split('/')[1] ?? 'nothing', at: heard === undefined ? '' : fromMillis(heard.at) };
}

/** Two things within so many minutes of each other may be decided either way: a decision takes its moments. */
function isClear({ before, first, changes }: History, minutes: number): boolean {
  const apart = (a: number, b: number): boolean => Math.abs(a - b) > minutes * 60_000;
  const reached = before ? [0, HOUR / 2] : [0];
  const decided = [...reached, ...changes.map(({ at }) => at)].toSorted((a, b) => a - b);
  const dates = [first, ...changes.map(({ date }) => date)].flatMap((date) =>
    date === undefined ? [] : [date * HOUR],
  );
  return (
    decided.every((one, index) => index === 0 || apart(one, decided[index - 1] ?? 0)) &&
    dates.every((date) => decided.every((one) => apart(date, one)))
  );
}

describe('dates are followed', () => {
  it('to the second where nothing goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories.filter((history) => isClear(history, 1)),
        async (history) => {
          const world = await played(history, NO_TROUBLE);
          const { what, at } = expected(history);
          const found = outcome(world);
          expect(found.what).toBe(what);
          // Calls take moments here, and the relay up to a second and a half.
          expect(toMillis(found.at as Instant) - toMillis(at)).toBeGreaterThanOrEqual(0);
          expect(toMillis(found.at as Instant) - toMillis(at)).toBeLessThan(10_000);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('with crashes, lost records and repeated calls each run still ends once, as it should, and not before its date', async () => {
    const clear = histories.filter((history) => isClear(history, SWEPT_MINUTES));
    await fc.assert(
      fc.asyncProperty(fc.oneof(histories, clear), async (history) => {
        const world = await played(history, MUCH_TROUBLE);
        const document = world.document('ada');
        const { completed = 0, exited = {} } = document?.tallies['dated'] ?? {};
        expect(completed + Object.values(exited).reduce((sum, count) => sum + count, 0)).toBe(1);
        expect(document?.runs).toEqual({});
        expect(world.executions.running()).toEqual([]);
        if (!isClear(history, SWEPT_MINUTES)) return;
        const { what, at } = expected(history);
        const found = outcome(world);
        expect(found.what).toBe(what);
        expect(found.at >= at).toBe(true);
      }),
      { numRuns: 80 },
    );
  });
});
