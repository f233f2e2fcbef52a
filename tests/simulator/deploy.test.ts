// A new version while people are inside, wherever they are: they go their own version's way, and what is drawn stays drawn.
import { describe, expect, it } from 'vitest';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { Simulation } from '#lib/simulator/simulation.ts';
import { compileJourneys, hours, START } from './small-shop.ts';

const DAY = 24 * 3_600_000;
const send = (id: string): object => ({ id, type: 'send', message: 'reminder', channel: 'email' });

function compiled(steps: readonly unknown[]): readonly CompiledJourney[] {
  return compileJourneys({
    journey: {
      name: 'J',
      status: 'live',
      entry: { event: 'Product Added', reentry: 'always' },
      delivery: { topic: 'promotions', quietHours: 'none' },
      steps,
    },
  });
}

/** Ada enters the first version and Ben the second, which is deployed a while later; what each gets. */
async function deployed(
  first: readonly unknown[],
  second: readonly unknown[],
  afterHours: number,
): Promise<string[]> {
  const settings = {
    timezone: 'UTC',
    locale: 'en',
    topics: { promotions: { withoutRecord: 'granted' as const } },
  };
  const [before, after] = [compiled(first), compiled(second)];
  const lines: string[] = [];
  const simulation: Simulation = new Simulation({
    journeys: { journeys: before, settings },
    renderer: {
      channels: () => ['email'],
      render: (_, channel, to, locale) => ({ channel, to, locale, text: 'Hello' }),
    },
    start: START,
    onDecision: (customer, { kind, step, branch, at }) => {
      if (['sends', 'takes', 'completes', 'fails'].includes(kind))
        lines.push(
          [simulation.externalOf(customer), (Date.parse(at) - Date.parse(START)) / DAY, kind, step, branch]
            .filter((part) => part !== undefined)
            .join(' '),
        );
    },
  });
  const enters = async (external: string, hour: number): Promise<void> => {
    const common = { at: hours(hour), received: hours(hour) };
    const traits = { email: `${external}@example.com` };
    await simulation.feed({ external, input: { kind: 'identify', id: `${external} 1`, ...common, traits } });
    const event = { kind: 'event', event: 'Product Added', properties: {} } as const;
    await simulation.feed({ external, input: { ...event, id: `${external} ${hour}`, ...common } });
  };
  await enters('ada', 0);
  await simulation.runUntil(hours(afterHours));
  await simulation.deploy({ journeys: after, earlier: before, settings });
  await enters('ben', afterHours);
  await simulation.runUntil(addMillis(START, 2000 * DAY));
  return lines;
}

const wait = (length: string): object => ({ id: 'rest', type: 'wait', for: length });

describe('a new version', () => {
  it.each([
    ['a wait', { id: 'rest', type: 'wait', for: '10 days' }, 10],
    ['a wait of years', { id: 'rest', type: 'wait', for: '800 days' }, 800],
    [
      'a wait for events',
      { id: 'rest', type: 'waitFor', within: '10 days', events: [{ event: 'Cart Viewed' }] },
      10,
    ],
  ])('leaves alone who is in %s that it does not have any more', async (_, rest, days) => {
    const told = await deployed([rest, send('old')], [send('new')], 48);
    expect(told).toEqual(
      expect.arrayContaining([
        'ben 2 sends new',
        'ben 2 completes',
        `ada ${days} sends old`,
        `ada ${days} completes`,
      ]),
    );
  });

  it('with a shorter wait lets nobody go earlier who is in the longer one', async () => {
    expect(await deployed([wait('10 days'), send('hello')], [wait('1 day'), send('hello')], 48)).toEqual([
      'ben 3 sends hello',
      'ben 3 completes',
      'ada 10 sends hello',
      'ada 10 completes',
    ]);
  });
});
