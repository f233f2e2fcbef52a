// For random journeys and random histories the compiled state machines, with the engine that decides for them, do what the
// journey says when it is walked by hand: the same steps, the same ways, at the same instants.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothWays, compiled } from './equivalence/both-ways.ts';
import { FIRST, histories, type Told } from './equivalence/histories.ts';
import type { Step, WrittenJourney } from './equivalence/steps.ts';
import { writtenJourneys } from './equivalence/written.ts';
import { addMillis, fromMillis } from '#lib/contracts/time.ts';

const START = fromMillis(FIRST);
const HOUR = 3_600_000;

function journeyOf(steps: readonly Step[], rules: Partial<WrittenJourney> = {}): WrittenJourney {
  return {
    entry: { event: 'Start', where: { not: { 'profile.plan': 'gone' } }, reentry: 'after exit' },
    exit: [{ event: 'Stop' }],
    quiet: false,
    delivery: { topic: 'news', quietHours: 'none' },
    steps,
    ...rules,
  };
}

const QUIET = { quiet: true, delivery: { topic: 'news', quietHours: { from: '22:00', to: '08:00' } } };
const letter = (id: string): Step => ({ type: 'send', id, message: 'letter', channel: 'email' });
const hearing = (id: string, then: readonly Step[], rest: object = { within: '2 hours' }): Step => ({
  type: 'waitFor',
  id,
  events: [{ event: 'A', then }],
  otherwise: [],
  ...rest,
});

/** A call so many hours after the start; `lateBy` milliseconds earlier it happened. */
function call(hour: number, what: string | Record<string, unknown>, lateBy = 0): Told {
  const received = addMillis(START, hour * HOUR);
  const common = {
    id: `${JSON.stringify(what)} ${hour} ${lateBy}`,
    at: addMillis(received, -lateBy),
    received,
  };
  return typeof what === 'string'
    ? { kind: 'event', ...common, event: what, properties: { n: 1 } }
    : { kind: 'identify', ...common, traits: what };
}

/** What happened, as both say it; without the day. */
async function agreed(journey: WrittenJourney, told: readonly Told[]): Promise<string[]> {
  const result = compiled(journey);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  const ada = [call(0, { email: 'ada@example.com' }), call(0, 'Start')];
  const { played, walked } = await bothWays(result.journeys, journey, [...ada, ...told]);
  expect(played).toEqual(walked);
  return played.map((line) => line.slice('2026-03-'.length));
}

describe('a journey as it is written and as it runs', () => {
  it('does the same at the same instants, whatever comes late, twice, or at the very end of a wait', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(writtenJourneys, histories, async (journey, told) => {
        const result = compiled(journey);
        if ('problems' in result) {
          refused += 1;
          fc.pre(false);
          return;
        }
        const { played, walked } = await bothWays(result.journeys, journey, told);
        expect(played).toEqual(walked);
      }),
      { numRuns: 60 },
    );
    // Journeys that the checks refuse say nothing.
    expect(refused).toBeLessThan(60);
  });

  it('an event in the last millisecond of a wait ends it, one at its end does not', async () => {
    const journey = journeyOf([
      hearing('hear', [letter('seen'), { type: 'exit', reason: 'seen' }]),
      letter('gone'),
    ]);
    const last = [
      '27T12:00:00.000Z takes hear time is up',
      '27T12:00:00.000Z sends gone',
      '27T12:00:00.000Z completes',
    ];
    // Both are told when the time is up: then it is up.
    expect((await agreed(journey, [call(2, 'A')])).slice(1)).toEqual(last);
    expect((await agreed(journey, [call(2, 'A', 1)])).slice(1)).toEqual(last);
    expect((await agreed(journey, [call(2 - 1 / 3600, 'A')])).slice(1)).toEqual([
      '27T11:59:59.000Z takes hear A',
      '27T11:59:59.000Z sends seen',
      '27T11:59:59.000Z exits seen',
    ]);
  });

  it('an event ends one wait only, the same call again none', async () => {
    const journey = journeyOf([hearing('one', []), hearing('two', [letter('twice')])]);
    expect((await agreed(journey, [call(1, 'A'), call(1, 'A')])).slice(1)).toEqual([
      '27T11:00:00.000Z takes one A',
      '27T13:00:00.000Z takes two time is up',
      '27T13:00:00.000Z completes',
    ]);
  });

  it('a wait that looks back finds what came before it, told in whatever order', async () => {
    const journey = journeyOf([
      { type: 'wait', id: 'rest', for: '2 hours' },
      hearing('hear', [letter('seen')], { within: '1 day', since: 'entry', saveAs: 'heard' }),
    ]);
    for (const told of [[call(1, 'A')], [call(1.5, 'B'), call(1.75, 'A', HOUR / 2)]])
      expect((await agreed(journey, told)).slice(1, 3)).toEqual([
        '27T12:00:00.000Z takes hear A',
        '27T12:00:00.000Z sends seen',
      ]);
  });

  it('a wait behind a date that is past counts from then on, however late the entry was told', async () => {
    const journey = journeyOf([
      { type: 'wait', id: 'dated', until: { date: 'profile.renews' }, ifPast: { goto: 'hear' } },
      letter('on-date'),
      hearing('hear', []),
    ]);
    expect((await agreed(journey, [call(6, 'Start', HOUR)])).slice(-4)).toEqual([
      '27T16:00:00.000Z enters',
      '27T16:00:00.000Z takes dated the date is past',
      '27T18:00:00.000Z takes hear time is up',
      '27T18:00:00.000Z completes',
    ]);
  });

  it('a date that is moved to the very instant at which another wait ends', async () => {
    const journey = journeyOf([
      hearing('hear', [{ type: 'exit', reason: 'heard' }]),
      { type: 'wait', id: 'dated', until: { date: 'profile.renews' }, ifPast: 'exit' },
      letter('due'),
    ]);
    const noon = { renews: '2026-03-27T12:00:00Z' };
    expect((await agreed(journey, [call(1, noon)])).slice(1)).toEqual([
      '27T12:00:00.000Z takes hear time is up',
      // Not past: the wait begins, and has the second that every call has.
      '27T12:00:01.000Z sends due',
      '27T12:00:01.000Z completes',
    ]);
    expect((await agreed(journey, [call(2, noon)])).slice(1)).toEqual([
      '27T12:00:00.000Z takes hear time is up',
      '27T12:00:00.000Z exits no date',
    ]);
  });

  it('a date that moves while the customer waits for it: later, and then to before the first one', async () => {
    const journey = journeyOf([
      { type: 'wait', id: 'first', for: '1 hour' },
      { type: 'wait', id: 'dated', until: { date: 'profile.renews' } },
      letter('due'),
    ]);
    const later = [call(0, { renews: '2026-03-27T20:00:00Z' }), call(2, { renews: '2026-03-28T20:00:00Z' })];
    expect((await agreed(journey, later)).slice(1, 2)).toEqual(['28T20:00:00.000Z sends due']);
    const earlier = [...later, call(3, { renews: '2026-03-27T15:00:00Z' })];
    expect((await agreed(journey, earlier)).slice(1, 2)).toEqual(['27T15:00:00.000Z sends due']);
  });

  it('a date that changes while the send behind its wait is held up by quiet hours changes nothing any more', async () => {
    const journey = journeyOf(
      [{ type: 'wait', id: 'dated', until: { date: 'profile.renews' } }, letter('due')],
      QUIET,
    );
    const told = [call(0, { renews: '2026-03-27T23:00:00Z' }), call(16, { renews: '2026-04-27T23:00:00Z' })];
    const before = journeyOf([{ type: 'wait', id: 'first', for: '1 hour' }, ...journey.steps], QUIET);
    expect((await agreed(before, told)).slice(1)).toEqual([
      '28T08:00:00.000Z sends due',
      '28T08:00:00.000Z completes',
    ]);
  });
});
