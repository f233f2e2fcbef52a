// Promise P7: a run keeps the journey version (steps, messages, goal, exits) it started with. Deploying never disturbs, strands
// or ends those inside, nor makes them deaf.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileManifest, type CompiledJourney } from '#lib/compiler/compile.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { MUCH_TROUBLE, NO_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { inputOf, introduce } from './world/scenario.ts';
import { disagreements, missedEvents } from './world/waits.ts';
import { START, World } from './world/world.ts';

/** Each version has its own steps, and its own events for everything that it listens to. */
function versionNamed(name: string): CompiledJourney {
  return compileManifest(
    manifest(
      'journey',
      { event: 'Signed Up', reentry: { mode: 'after exit' } },
      {
        [`hello-${name}`]: letter(`hello-${name}`, `wait-${name}`),
        [`wait-${name}`]: awaiting('3 hours', [[`Clicked ${name}`, `more-${name}`]], `rest-${name}`),
        [`rest-${name}`]: pause('2 hours', `bye-${name}`),
        [`more-${name}`]: letter(`more-${name}`, null),
        [`bye-${name}`]: letter(`bye-${name}`, null),
      },
      {
        goal: { event: `Ordered ${name}`, ends: true, within: '5 hours' },
        exits: [{ event: `Left ${name}`, reason: `left ${name}` }],
      },
    ),
  );
}

const VERSIONS = ['one', 'two', 'three'].map(versionNamed);
const NAMES = new Map(VERSIONS.map(({ version }, index) => [version, ['one', 'two', 'three'][index] ?? '']));

/** Which version's name an entry of the log speaks of, by its step, arm, reason, message or event. */
function mixedUp(entry: LogEntry, events: ReadonlyMap<string, string>): string[] {
  const own = NAMES.get(entry.version ?? '');
  const event =
    entry.kind === 'enters' || entry.kind === 'refuses' ? undefined : events.get(entry.event ?? '');
  const spoken = [entry.step, entry.message?.split('@')[0], entry.reason, entry.branch, event];
  return spoken.flatMap((text) => {
    const named = [...NAMES.values()].find((name) => text?.endsWith(name));
    return named === undefined || named === own ? [] : [`a run of version ${own}: ${entry.kind} ${text}`];
  });
}

function tell(world: World, minute: number, event: string, events: Map<string, string>): void {
  const id = `${event} ${minute}`;
  events.set(id, event);
  world.at(minute, () => world.tell('ada', inputOf({ event, properties: {} }, id, world.now(), world.now())));
}

describe('versions', () => {
  it("whatever is deployed while people are inside: each run goes its own version's way to the end", async () => {
    const kinds = fc.constantFrom(
      'Signed Up',
      'Clicked one',
      'Clicked two',
      'Clicked three',
      'Ordered one',
      'Ordered two',
      'Left one',
      'Left two',
      'Left three',
    );
    const histories = fc.record({
      seed: fc.nat(),
      deployed: fc.array(fc.record({ minute: fc.nat({ max: 900 }), index: fc.nat({ max: 2 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
      told: fc.uniqueArray(fc.record({ minute: fc.nat({ max: 1200 }), event: kinds }), {
        minLength: 3,
        maxLength: 15,
        selector: ({ minute }) => minute,
      }),
    });
    await fc.assert(
      fc.asyncProperty(histories, async ({ seed, deployed, told }) => {
        const world = new World({
          seed,
          journeys: VERSIONS.slice(0, 1),
          trouble: MUCH_TROUBLE,
          calmAfter: 1300,
        });
        introduce(world);
        const events = new Map<string, string>();
        tell(world, 1, 'Signed Up', events);
        for (const { minute, index } of deployed.toSorted((a, b) => a.minute - b.minute))
          world.at(minute, () => world.deploy(VERSIONS.slice(index, index + 1)));
        for (const { minute, event } of told) tell(world, minute, event, events);
        await world.runUntil(3 * 24 * 60);
        const log = world.documents().flatMap(({ customer }) => world.journal.logOf(customer));
        expect(log.flatMap(({ entry }) => mixedUp(entry, events))).toEqual([]);
        // Every machine that ran, ran the states of its own version.
        const versions = new Map(
          log.flatMap(({ entry }) => (entry.kind === 'enters' ? [[entry.run, entry.version]] : [])),
        );
        const strange = world.journal.of('state').filter(
          ({ run, state }) =>
            mixedUp(
              {
                at: START,
                kind: 'takes',
                run,
                version: versions.get(run) ?? '',
                step: state.split(' ')[0] ?? '',
              },
              events,
            ).length > 0,
        );
        expect(strange).toEqual([]);
        expect([...missedEvents(world), ...disagreements(world)]).toEqual([]);
        expect(world.documents().flatMap(({ runs }) => Object.keys(runs))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('while functions are brought up to date one after the other, nothing is decided by one that does not know the version', async () => {
    const events = fc.uniqueArray(
      fc.record({
        // In the ten minutes in which some functions are behind; far enough apart that each is decided before the next.
        slot: fc.nat({ max: 2 }),
        event: fc.constantFrom('Clicked one', 'Clicked two', 'Ordered one', 'Ordered two', 'Left two'),
      }),
      { minLength: 1, selector: ({ slot }) => slot },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(), events, async (seed, told) => {
        const entered = new Map<string, string>();
        const story = async (world: World): Promise<string[]> => {
          introduce(world);
          tell(world, 1, 'Signed Up', entered);
          for (const { slot, event } of told) tell(world, 3 + slot * 2, event, entered);
          await world.runUntil(24 * 60);
          return world.journal
            .logOf(world.document('ada')?.customer ?? '')
            .map(({ entry: { kind, version = '', step = '', branch = '', reason = '' } }) =>
              [kind, NAMES.get(version), step, branch, reason].join(' '),
            );
        };
        const deploying = new World({
          seed,
          journeys: VERSIONS.slice(0, 1),
          trouble: { ...NO_TROUBLE, outdated: 50 },
          calmAfter: 60,
        });
        deploying.at(0, () => deploying.deploy(VERSIONS.slice(1, 2)));
        const decided = await story(deploying);
        // Who lets in decides on which version; from then on it is as if there had never been another.
        const version = VERSIONS[decided.some((line) => line.startsWith('enters one')) ? 0 : 1];
        const alone = new World({ seed, journeys: version === undefined ? [] : [version] });
        expect(decided).toEqual(await story(alone));
      }),
      { numRuns: 60 },
    );
  });

  it('new runs start on what is newest, and those inside hear the events that only their version knows', async () => {
    const world = new World({ seed: 1, journeys: VERSIONS.slice(0, 1) });
    introduce(world);
    const events = new Map<string, string>();
    world.at(2, () =>
      world.tell('ben', inputOf({ event: 'Signed Up', properties: {} }, 'ben', START, START)),
    );
    tell(world, 1, 'Signed Up', events);
    world.at(5, () => world.deploy(VERSIONS.slice(1, 2)));
    tell(world, 6, 'Ordered two', events);
    tell(world, 7, 'Clicked one', events);
    tell(world, 20, 'Signed Up', events);
    tell(world, 21, 'Left one', events);
    tell(world, 30, 'Ordered two', events);
    // The goal of the first run still counts after it has ended and been replaced.
    tell(world, 40, 'Ordered one', events);
    await world.runUntil(24 * 60);
    const told = world.journal
      .logOf(world.document('ada')?.customer ?? '')
      .filter(({ entry }) =>
        ['enters', 'takes', 'sends', 'completes', 'exits', 'converts'].includes(entry.kind),
      )
      .map(({ entry }) =>
        [entry.kind, NAMES.get(entry.version ?? ''), entry.step ?? entry.reason]
          .filter((part) => part !== undefined)
          .join(' '),
      );
    expect(told).toEqual([
      'enters one',
      'sends one hello-one',
      'takes one wait-one',
      'sends one more-one',
      'completes one',
      'enters two',
      'sends two hello-two',
      'converts two',
      'exits two goal',
      'converts one',
    ]);
    expect(world.document('ben')?.tallies['journey']).toMatchObject({ entered: 1, completed: 1, exited: {} });
  });
});
