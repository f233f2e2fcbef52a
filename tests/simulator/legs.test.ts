// Runs that go on in one execution after the other, from outside: what customers get, and when.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { describe, expect, it } from 'vitest';
import {
  compileJourneys,
  consent,
  hours,
  playStream,
  START,
  story,
  streamOf,
  type Said,
} from './small-shop.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { Simulation, type SimulationOptions } from '#lib/simulator/simulation.ts';
import { traceLine, type TraceLine } from '#lib/simulator/trace.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';

const DAY = 24;
const calm = { topic: 'promotions', quietHours: 'none' };
const ada: readonly Said[] = [
  [0, 'ada', 'Consent Changed', consent],
  [0, 'ada', { email: 'ada@example.com' }],
];

async function trace(
  steps: readonly unknown[],
  said: readonly Said[] = [],
  rules: object = {},
): Promise<string[]> {
  const journey = {
    name: 'Long',
    status: 'live',
    entry: { event: 'Product Added' },
    delivery: calm,
    steps,
    ...rules,
  };
  const { trace: lines } = await playStream(
    streamOf([...ada, [1, 'ada', 'Product Added', { price: 30 }], ...said]),
    { journeys: compileJourneys({ long: journey }) },
  );
  return story(lines.filter(({ kind }) => kind !== 'enters'));
}

const hello = { id: 'hello', type: 'send', message: 'reminder', channel: 'email' };

describe('waits of more than a year', () => {
  it('end when they say', async () => {
    expect(await trace([{ id: 'rest', type: 'wait', for: '18 months' }, hello])).toEqual([
      '1 ada waits rest',
      // 27 March 2026 to 27 September 2027.
      `${1 + 549 * DAY} ada sends hello email`,
      `${1 + 549 * DAY} ada completes`,
    ]);
  });

  it('follow each other, exact ones too', async () => {
    const told = await trace([
      { id: 'a', type: 'wait', for: '8000 hours' },
      { id: 'b', type: 'wait', for: '8000 hours' },
      { id: 'c', type: 'wait', for: '8000 hours' },
      hello,
    ]);
    expect(told.at(-1)).toBe('24001 ada completes');
    expect(told.filter((line) => line.includes('waits'))).toEqual([
      '1 ada waits a',
      '8001 ada waits b',
      '16001 ada waits c',
    ]);
  });

  it('go round in loops for years, and each round has its own message', async () => {
    const told = await trace([
      { id: 'rest', type: 'wait', for: '1 year' },
      hello,
      { type: 'goto', step: 'rest', atMost: 4 },
    ]);
    const sends = told.filter((line) => line.includes('sends')).map((line) => Number(line.split(' ')[0]));
    // The days of the years to 27 March 2031; 2028 is a leap year.
    expect(sends).toEqual([365, 731, 1096, 1461, 1826].map((days) => 1 + days * DAY));
  });

  it('end early by the event that they wait for, also after a year', async () => {
    const waiting = [
      {
        id: 'hear',
        type: 'waitFor',
        within: '3 years',
        events: [{ event: 'Cart Viewed', then: [hello] }],
      },
    ];
    expect(await trace(waiting, [[600 * DAY, 'ada', 'Cart Viewed']])).toEqual([
      '1 ada waits hear',
      `${600 * DAY} ada takes hear Cart Viewed`,
      `${600 * DAY} ada sends hello email`,
      `${600 * DAY} ada completes`,
    ]);
    expect((await trace(waiting)).slice(1)).toEqual([
      `${1 + 1096 * DAY} ada takes hear time is up`,
      `${1 + 1096 * DAY} ada completes`,
    ]);
  });

  it('are left by an exit', async () => {
    const rules = { exit: [{ event: 'Order Completed', reason: 'bought' }] };
    expect(
      await trace(
        [{ id: 'rest', type: 'wait', for: '2 years' }, hello],
        [[500 * DAY, 'ada', 'Order Completed']],
        rules,
      ),
    ).toEqual(['1 ada waits rest', `${500 * DAY} ada exits bought`]);
  });
});

describe('very many steps', () => {
  it('go on although no execution may have so many', async () => {
    const told = await trace([
      { id: 'rest', type: 'wait', for: '1 minute' },
      hello,
      { type: 'goto', step: 'rest', atMost: 3000 },
    ]);
    expect(told.filter((line) => line.includes('sends'))).toHaveLength(3001);
    expect(told.at(-1)).toContain('completes');
  });

  it('also where nothing happens but waits', async () => {
    const told = await trace([
      { id: 'rest', type: 'wait', for: '5 hours' },
      { type: 'goto', step: 'rest', atMost: 8000 },
    ]);
    expect(told.at(-1)).toBe('40006 ada completes');
  });
});

const order = (hour: number): Said => [hour, 'ada', 'Order Completed', { total: 5 }];

describe('the steps of a goal', () => {
  const goal = {
    event: 'Order Completed',
    then: [
      { id: 'thanks', type: 'send', message: 'help', channel: 'email' },
      { id: 'a-while', type: 'wait', for: '2 hours' },
      { id: 'offer', type: 'send', message: 'offer', channel: 'email' },
    ],
  };
  const steps = [{ id: 'rest', type: 'wait', for: '10 hours' }, hello];

  it('are taken where the goal is reached, then the run ends with it; the goal counts once', async () => {
    expect(await trace(steps, [order(3), order(4)], { goal })).toEqual([
      '1 ada waits rest',
      '3 ada converts',
      '3 ada takes goal',
      '3 ada sends thanks email',
      '3 ada waits a-while',
      '5 ada sends offer email',
      '5 ada exits goal',
    ]);
  });

  it('are left by an exit as all steps are', async () => {
    const said: Said[] = [
      [3, 'ada', 'Order Completed', { total: 5 }],
      [4, 'ada', 'Cart Viewed'],
    ];
    const exit = [{ event: 'Cart Viewed', reason: 'viewed' }];
    expect((await trace(steps, said, { goal, exit })).slice(-2)).toEqual([
      '3 ada waits a-while',
      '4 ada exits viewed',
    ]);
  });

  it('obey what all sends obey', async () => {
    const said: Said[] = [
      [2, 'ada', 'Consent Changed', { ...consent, granted: false }],
      [3, 'ada', 'Order Completed', { total: 5 }],
    ];
    expect((await trace(steps, said, { goal })).filter((line) => line.includes('skips'))).toEqual([
      '3 ada skips thanks email no consent',
      '5 ada skips offer email no consent',
    ]);
  });
});

/** A simulation of one journey, and what it tells. */
class Watched {
  readonly lines: TraceLine[] = [];
  readonly simulation: Simulation;
  #calls = 0;

  constructor(journey: object, rules: Partial<JourneyRules> = {}) {
    const journeys = compileJourneys({
      journey: { name: 'J', status: 'live', entry: { event: 'Product Added' }, delivery: calm, ...journey },
    });
    const options: SimulationOptions = {
      journeys: {
        journeys,
        rules: { journey: { status: 'live', whilePaused: 'hold', ...rules } },
        settings: { timezone: 'UTC', locale: 'en', topics: { promotions: { withoutRecord: 'granted' } } },
      },
      renderer: {
        channels: () => ['email'],
        render: (_, channel, to, locale) => ({ channel, to, locale, text: 'Hello' }),
      },
      start: START,
      onDecision: (customer, entry) =>
        this.lines.push(traceLine(entry, customer, this.simulation.externalOf(customer))),
    };
    this.simulation = new Simulation(options);
  }

  async says(hour: number, external: string, event: string): Promise<void> {
    const received = hours(hour);
    const id = `call ${(this.#calls += 1)}`;
    if (this.#calls === 1 || event === 'Product Added')
      await this.simulation.feed({
        external,
        input: {
          kind: 'identify',
          id: `${id} who`,
          at: received,
          received,
          traits: { email: `${external}@example.com` },
        },
      });
    await this.simulation.feed({
      external,
      input: { kind: 'event', id, at: received, received, event, properties: {} },
    });
  }

  async switch(hour: number, to: 'paused' | 'live'): Promise<void> {
    await this.simulation.runUntil(hours(hour));
    await this.simulation.switchJourney('journey', to);
    await this.simulation.runUntil(hours(hour));
  }

  async story(): Promise<string[]> {
    await this.simulation.runUntil(addMillis(hours(0), 1000 * DAY * 3_600_000));
    return story(this.lines.filter(({ kind }) => kind !== 'enters'));
  }
}

describe('a journey that is paused at run time', () => {
  const steps = [{ id: 'rest', type: 'wait', for: '10 hours' }, hello];

  it('holds what falls due, and goes on in the order of due', async () => {
    const shop = new Watched({ steps });
    await shop.says(2, 'ben', 'Product Added');
    await shop.says(1, 'ada', 'Product Added');
    await shop.switch(5, 'paused');
    await shop.says(6, 'eve', 'Product Added');
    await shop.switch(20, 'live');
    expect(await shop.story()).toEqual([
      '2 ben waits rest',
      '2 ada waits rest',
      '6 eve refuses paused',
      '12 ben holds hello paused',
      '12 ada holds hello paused',
      '20 ben sends hello email',
      '20 ben completes',
      '20 ada sends hello email',
      '20 ada completes',
    ]);
  });

  it('lets events, exits and goals count meanwhile, and waits run out', async () => {
    const hear = {
      id: 'hear',
      type: 'waitFor',
      within: '10 hours',
      events: [{ event: 'Cart Viewed', then: [hello] }],
    };
    const shop = new Watched({
      steps: [hear, { id: 'bye', type: 'send', message: 'offer', channel: 'email' }],
      goal: { event: 'Order Completed' },
    });
    for (const [hour, who] of [
      [1, 'ada'],
      [2, 'ben'],
      [3, 'eve'],
    ] as const)
      await shop.says(hour, who, 'Product Added');
    await shop.switch(4, 'paused');
    await shop.says(5, 'ada', 'Cart Viewed');
    await shop.says(6, 'ben', 'Order Completed');
    await shop.switch(20, 'live');
    expect((await shop.story()).slice(3)).toEqual([
      '5 ada takes hear Cart Viewed',
      '5 ada holds hello paused',
      '6 ben converts',
      '6 ben exits goal',
      '13 eve takes hear time is up',
      '13 eve holds bye paused',
      '20 ada sends hello email',
      '20 ada sends bye email',
      '20 ada completes',
      '20 eve sends bye email',
      '20 eve completes',
    ]);
  });

  it('skips at resume what is not worth sending any more, counted from when it was due', async () => {
    const shop = new Watched({
      steps: [
        { id: 'rest', type: 'wait', for: '10 hours' },
        { ...hello, expires: '5 hours' },
      ],
    });
    await shop.says(1, 'ada', 'Product Added');
    await shop.says(2, 'ben', 'Product Added');
    await shop.switch(5, 'paused');
    await shop.switch(16.5, 'live');
    expect((await shop.story()).slice(-4)).toEqual([
      '16.5 ada skips hello email expired',
      '16.5 ada completes',
      '16.5 ben sends hello email',
      '16.5 ben completes',
    ]);
  });

  it('drains: those inside go on', async () => {
    const shop = new Watched({ steps }, { whilePaused: 'drain' });
    await shop.says(1, 'ada', 'Product Added');
    await shop.switch(5, 'paused');
    await shop.says(6, 'ben', 'Product Added');
    expect((await shop.story()).slice(1)).toEqual([
      '6 ben refuses paused',
      '11 ada sends hello email',
      '11 ada completes',
    ]);
  });

  it('drops: those inside leave at once', async () => {
    const shop = new Watched({ steps }, { whilePaused: 'drop' });
    await shop.says(1, 'ada', 'Product Added');
    await shop.switch(5, 'paused');
    expect((await shop.story()).slice(1)).toEqual(['5 ada exits paused']);
  });
});
