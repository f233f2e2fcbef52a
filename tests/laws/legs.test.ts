// A run is one run, in however many executions it goes on: promises P3, P5 and P8 with waits of more than a year, goals that have
// steps of their own, and journeys that are paused and resumed at any moment.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { MUCH_TROUBLE, NO_TROUBLE } from './world/invocation.ts';
import { awaiting, letter, manifest, pause } from './world/journeys.ts';
import { sentMessages } from './world/claims.ts';
import { inputOf, introduce } from './world/scenario.ts';
import { disagreements, missedEvents } from './world/waits.ts';
import { World } from './world/world.ts';

const DAY = 24 * 60;
const GOAL_END = { kind: 'exit', reason: 'goal' } as const;

/** Waits of hours, of more than a year, for events for more than a year, a loop around them, and steps of the goal. */
const LONG = compileManifest(
  manifest(
    'long',
    { event: 'Signed Up', reentry: { mode: 'always' } },
    {
      hello: letter('hello', 'soon', { expires: '3 days' }),
      soon: awaiting('6 hours', [['Lesson Done', 'rest']], 'nudge'),
      nudge: letter('nudge', 'rest', { expires: '3 days' }),
      rest: pause('400 days', 'hear'),
      hear: awaiting(
        '500 days',
        [
          ['Cart Viewed', 'seen'],
          ['Help Asked', 'rest (goto)'],
        ],
        'bye',
      ),
      seen: letter('seen', 'later', { expires: '3 days' }),
      later: awaiting('2 hours', [['Price Dropped', 'bye']], null, '600 days'),
      'rest (goto)': { kind: 'goto', target: 'rest', atMost: 1, backward: true, next: 'bye' },
      bye: letter('bye', null, { expires: '3 days' }),
      thanks: letter('thanks', 'a-while', { expires: '3 days' }),
      'a-while': awaiting('1 day', [['Lesson Done', 'more']], '(goal end) (exit)'),
      more: letter('more', '(goal end) (exit)', { expires: '3 days' }),
      '(goal end) (exit)': GOAL_END,
    },
    {
      goal: { event: 'Order Placed', ends: true, start: 'thanks', within: '900 days' },
      exits: [{ event: 'Account Closed', reason: 'closed' }],
    },
  ),
);

const EVENTS = [
  'Signed Up',
  'Lesson Done',
  'Cart Viewed',
  'Help Asked',
  'Price Dropped',
  'Order Placed',
  'Account Closed',
];

interface Life {
  readonly seed: number;
  readonly events: readonly { readonly minute: number; readonly event: string }[];
  /** Minutes at which the journey is paused, and for how long. */
  readonly pauses: readonly { readonly minute: number; readonly lasts: number }[];
}

const minutes = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 2, max: 2 * DAY }) },
  { weight: 1, arbitrary: fc.integer({ min: 399 * DAY, max: 402 * DAY }) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 1500 * DAY }) },
);

const lives: fc.Arbitrary<Life> = fc.record({
  seed: fc.nat(),
  events: fc.array(fc.record({ minute: minutes, event: fc.constantFrom(...EVENTS) }), {
    minLength: 1,
    maxLength: 10,
  }),
  pauses: fc.array(fc.record({ minute: minutes, lasts: fc.integer({ min: 1, max: 3 * DAY }) }), {
    maxLength: 3,
  }),
});

/** Everything until long after the last run could have ended. */
async function live({ seed, events, pauses }: Life, trouble = MUCH_TROUBLE): Promise<World> {
  const world = new World({ seed, journeys: [LONG], trouble, calmAfter: 1500 * DAY });
  introduce(world);
  const tell = (minute: number, event: string, id: string): void =>
    world.at(minute, () =>
      world.tell('ada', inputOf({ event, properties: {} }, id, world.now(), world.now())),
    );
  tell(1, 'Signed Up', 'first');
  for (const [index, { minute, event }] of events.entries()) tell(minute, event, `event ${index}`);
  for (const { minute, lasts } of pauses) {
    world.at(minute, () => world.switchJourney('long', 'paused'));
    world.at(minute + lasts, () => world.switchJourney('long', 'live'));
  }
  await world.runUntil(4000 * DAY);
  return world;
}

function wrongSums(document: CustomerDocument): string[] {
  const tally = document.tallies['long'];
  if (tally === undefined) return [];
  const active = Object.values(document.runs).filter(({ over }) => over === undefined).length;
  const exited = Object.values(tally.exited).reduce((sum, count) => sum + count, 0);
  const sum = active + tally.completed + exited + tally.failed;
  return sum === tally.entered
    ? []
    : [`${tally.entered} entered, ${sum} accounted for, at revision ${document.revision}`];
}

/** Runs that have not ended, or failed; executions that are on. */
function leftBehind(world: World): string[] {
  return [
    ...world.documents().flatMap(({ runs }) => Object.keys(runs).map((run) => `${run} is still there`)),
    ...world.executions.running().map((name) => `${name} is still on`),
    ...world
      .documents()
      .flatMap(({ customer }) => world.journal.logOf(customer))
      .flatMap(({ entry }) => (entry.kind === 'fails' ? [`failed: ${entry.reason}`] : [])),
  ];
}

/** Sends of which a provider took more than one message. */
function sentTwice(world: World): string[] {
  const keys = sentMessages(world.journal).map(({ claim }) => claim.record.key);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** States of an older leg that were entered after one of a newer leg. */
function legsBesideEachOther(world: World): string[] {
  const newest = new Map<string, number>();
  return world.journal.of('state').flatMap(({ run, leg, state }) => {
    const known = newest.get(run) ?? 0;
    newest.set(run, Math.max(known, leg));
    return leg < known ? [`${run}: leg ${leg} entered ${state} after leg ${known}`] : [];
  });
}

/** Messages that were claimed while the journey was paused, but for those that were being decided when it was. */
function sentInPause(world: World, { pauses }: Life): string[] {
  const start = world.journal.all[0]?.at ?? 0;
  return sentMessages(world.journal).flatMap(({ claim: { commit, record } }) => {
    const minute = (commit.at - start) / 60_000;
    const during = pauses.filter((one) => minute > one.minute + 1 && minute < one.minute + one.lasts);
    const after = pauses.filter(
      (one) =>
        one.minute + one.lasts < minute && during.every((paused) => paused.minute < one.minute + one.lasts),
    );
    return during.length > 0 && after.length === 0 ? [`${record.step} at minute ${minute}`] : [];
  });
}

/** What is odd about the goal in the log of one run. */
function oddEnds(told: readonly { readonly entry: LogEntry }[]): string[] {
  const [first] = told;
  if (first?.entry.run === undefined) return [];
  const kinds = told.map(({ entry }) => `${entry.kind} ${entry.branch ?? entry.reason ?? ''}`.trim());
  const count = (kind: string): number => kinds.filter((one) => one === kind).length;
  const end = kinds.findLast((kind) => kind.startsWith('exits'));
  return [
    ...(count('converts') > 1 ? ['it has converted more than once'] : []),
    ...(count('takes goal') > 1 ? ['it has taken the steps of the goal more than once'] : []),
    ...(count('takes goal') === 1 && end !== 'exits goal' && end !== 'exits closed' ? [`it ${end}`] : []),
  ];
}

describe('a run in several executions', () => {
  it('is lost by no crash, loss or delay, sends nothing twice, and hears what it waits for', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const world = await live(life);
        const sums = world.journal.of('commit').flatMap(({ after }) => wrongSums(after));
        expect([
          ...sums,
          ...leftBehind(world),
          ...sentTwice(world),
          ...missedEvents(world),
          ...disagreements(world),
        ]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('never has a leg beside an older one, and sends nothing while its journey is paused', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const world = await live(life, NO_TROUBLE);
        expect([...legsBesideEachOther(world), ...sentInPause(world, life)]).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('converts once, and ends with the goal behind its steps', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const world = await live(life, NO_TROUBLE);
        const log = world.documents().flatMap(({ customer }) => world.journal.logOf(customer));
        expect([...Map.groupBy(log, ({ entry }) => entry.run).values()].flatMap(oddEnds)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});
