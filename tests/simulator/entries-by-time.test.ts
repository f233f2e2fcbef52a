// Journeys that nothing a customer does lets into: schedules, dates and events without a customer, in virtual time.
import { describe, expect, it } from 'vitest';
import { compileJourneys, hours, playStream, story, streamOf, type Said } from './small-shop.ts';

const STEPS = [{ id: 'rest', type: 'wait', for: '30 minutes' }];

/** Three customers: the first two from the beginning, the third after two days. */
const KNOWN: readonly Said[] = [
  [0, 'ada', { firstName: 'Ada' }],
  [0, 'bob', { firstName: 'Bob' }],
  [48, 'cyd', { firstName: 'Cyd' }],
  [96, 'ada', { firstName: 'Ada' }],
];

async function entriesOf(entry: unknown, said: readonly Said[] = KNOWN, extra = ''): Promise<string[]> {
  const journeys = compileJourneys({ timed: { name: 'Timed', status: 'live', entry, steps: STEPS } });
  const { trace } = await playStream(streamOf(said) + extra, { journeys });
  return story(trace.filter(({ kind }) => kind === 'enters' || kind === 'refuses'));
}

function once(priority: number): unknown {
  return {
    name: 'J',
    status: 'live',
    delivery: { priority },
    entry: { schedule: { at: '2026-03-28T09:00' } },
    steps: STEPS,
  };
}

function restock(hour: number, messageId: string): string {
  return `${JSON.stringify({ type: 'track', event: 'Order Completed', messageId, timestamp: hours(hour), properties: { total: 5 } })}\n`;
}

describe('a schedule in the simulator', () => {
  it('takes place by itself, for everybody who is known by then, in the order in which they came', async () => {
    expect(await entriesOf({ schedule: { every: 'day 09:00' } })).toEqual([
      '23 ada enters',
      '23 bob enters',
      '47 ada enters',
      '47 bob enters',
      '71 ada enters',
      '71 bob enters',
      '71 cyd enters',
      '95 ada enters',
      '95 bob enters',
      '95 cyd enters',
    ]);
  });

  it('ends with the stream where nobody says until when to play', async () => {
    const journeys = compileJourneys({
      long: {
        name: 'Long',
        status: 'live',
        entry: { schedule: { every: 'day 09:00' }, reentry: 'always' },
        steps: [{ id: 'rest', type: 'wait', for: '3 days' }],
      },
    });
    const { trace, end } = await playStream(streamOf(KNOWN.slice(0, 2)), { journeys });
    expect(trace).toEqual([]);
    expect(end).toBe(hours(0));
    const until = await playStream(streamOf(KNOWN.slice(0, 1)), { journeys, until: hours(48) });
    expect(story(until.trace.filter(({ kind }) => kind === 'enters'))).toEqual([
      '23 ada enters',
      '47 ada enters',
    ]);
  });

  it('several journeys at one instant: by priority, then by name', async () => {
    const journeys = compileJourneys({ b: once(50), c: once(60), a: once(50) });
    const { trace } = await playStream(streamOf(KNOWN), { journeys });
    const entered = trace.filter(({ kind, external }) => kind === 'enters' && external === 'ada');
    expect(entered.map((line) => line.journey)).toEqual(['c', 'a', 'b']);
  });
});

describe('an event without a customer in the simulator', () => {
  const entry = { event: 'Order Completed', audience: { 'profile.firstName': ['Ada', 'Cyd'] } };

  it('reaches everybody who is known when it arrives, once', async () => {
    const extra = restock(24, 'x') + restock(25, 'x') + restock(72, 'y');
    expect(await entriesOf(entry, KNOWN, extra)).toEqual(['24 ada enters', '72 ada enters', '72 cyd enters']);
  });

  it('is no call where no journey asks whom it concerns', async () => {
    const { report } = await playStream(streamOf(KNOWN) + restock(24, 'x'));
    expect(report.refused).toEqual({ 'no customer': 1 });
  });
});
