// A customer who moves to another time zone, or out of a known one, while a journey waits: the zone is read when a step is
// reached, so a wait that has begun ends when it was to end, and the next one knows better.
import { describe, expect, it } from 'vitest';
import { compileJourneys, playStream, story, streamOf, consent, type Said } from './small-shop.ts';

const send = (id: string): object => ({ id, type: 'send', message: 'reminder', channel: 'email' });

/** Hours after Friday 10:00 in UTC; Berlin is one hour ahead and two from Sunday on, New York four behind. */
async function sends(
  steps: readonly unknown[],
  moves: readonly Said[],
  delivery: object = {},
): Promise<string[]> {
  const journey = {
    name: 'J',
    status: 'live',
    entry: { event: 'Product Added' },
    delivery: { topic: 'promotions', quietHours: 'none', ...delivery },
    steps,
  };
  const said: readonly Said[] = [
    [0, 'ada', 'Consent Changed', consent],
    [0, 'ada', { email: 'ada@example.com', timezone: 'Europe/Berlin' }],
    [1, 'ada', 'Product Added', { price: 30 }],
    ...moves,
  ];
  const { trace } = await playStream(streamOf(said), { journeys: compileJourneys({ j: journey }) });
  return story(trace.filter(({ kind }) => kind === 'sends')).map((line) =>
    line.split(' ').slice(0, 4).join(' '),
  );
}

const newYork: Said = [5, 'ada', { timezone: 'America/New_York' }];
const morning = (id: string): object => ({ id, type: 'wait', until: '09:00' });

describe('a zone that changes while the customer waits', () => {
  it('does not move the wait that has begun; the next one counts in the new zone', async () => {
    const steps = [morning('one'), send('first'), morning('two'), send('second')];
    // Saturday 09:00 in Berlin is 08:00 in UTC, or hour 22; 09:00 in New York is 13:00 in UTC.
    expect(await sends(steps, [])).toEqual(['22 ada sends first', '45 ada sends second']);
    expect(await sends(steps, [newYork])).toEqual(['22 ada sends first', '27 ada sends second']);
  });

  it('moves no wait of days either, whose days are those of the zone where it began', async () => {
    const steps = [{ id: 'days', type: 'wait', for: '3 days' }, send('hello')];
    // From Friday to Monday, over the change of the clocks in Berlin: 71 hours.
    expect(await sends(steps, [])).toEqual(['72 ada sends hello']);
    expect(await sends(steps, [newYork])).toEqual(['72 ada sends hello']);
  });

  it('counts for quiet hours at the moment of the send', async () => {
    const quiet = { quietHours: { from: '21:00', to: '08:00' } };
    const steps = [
      { id: 'hear', type: 'waitFor', within: '30 hours', events: [{ event: 'Cart Viewed' }] },
      send('hello'),
    ];
    const viewed: Said = [25, 'ada', 'Cart Viewed', { cart_id: 'k' }];
    // Hour 25 is Saturday 11:00 in UTC: noon in Berlin, 07:00 in New York, where it is quiet for another hour.
    expect(await sends(steps, [viewed], quiet)).toEqual(['25 ada sends hello']);
    expect(await sends(steps, [newYork, viewed], quiet)).toEqual(['26 ada sends hello']);
  });

  it.each([[null], ['Atlantis/Nowhere'], [42]])(
    'to %j: the next wait counts in the zone of the workspace',
    async (timezone) => {
      const steps = [morning('one'), send('first'), morning('two'), send('second')];
      // 09:00 in UTC is hour 23 of the first day and 47 of the next.
      expect(await sends(steps, [[5, 'ada', { timezone }]])).toEqual([
        '22 ada sends first',
        '23 ada sends second',
      ]);
    },
  );
});
