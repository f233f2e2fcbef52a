import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CART,
  compileJourneys,
  consent,
  hours,
  playStream,
  story,
  streamOf,
  type Said,
} from './small-shop.ts';

const ANNA: readonly Said[] = [
  [0, 'anna', { email: 'anna@example.com', firstName: 'Anna' }],
  [0, 'anna', 'Consent Changed', consent],
  [0, 'anna', 'Product Added', { price: 50, cart_id: 'k1' }],
];

const everything = (played: Awaited<ReturnType<typeof playStream>>): string =>
  JSON.stringify([played.report, played.trace, played.outbox]);

describe('a play', () => {
  it('runs a journey through to its end, in virtual time', async () => {
    const { report, trace, outbox } = await playStream(streamOf(ANNA));
    expect(story(trace)).toEqual([
      '0 anna enters',
      '0 anna waits give-time',
      '1 anna sends remind email',
      '1 anna waits looked-again',
      '49 anna takes looked-again time is up',
      '49 anna sends offer email',
      '49 anna completes',
    ]);
    expect(
      outbox.map(({ at, external, step, message, text }) => [at, external, step, message, text]),
    ).toEqual([
      [hours(1), 'anna', 'remind', 'reminder@0123456789ab', 'Hello Anna'],
      [hours(49), 'anna', 'offer', 'offer@0123456789ab', 'Hello Anna'],
    ]);
    expect(report).toEqual({
      events: 3,
      customers: 1,
      refused: {},
      journeys: {
        cart: {
          entered: 1,
          active: 0,
          completed: 1,
          exited: {},
          failed: 0,
          heldOut: 0,
          refused: {},
          converted: 0,
          transitions: 4,
          steps: {
            'give-time': { reached: 1 },
            remind: { reached: 1 },
            'looked-again': { reached: 1 },
            help: { reached: 0 },
            offer: { reached: 1 },
          },
        },
      },
      // The reminder and the offer, two days later: one message at a time.
      peaks: { email: { second: { messages: 1, at: hours(1) }, minute: { messages: 1, at: hours(1) } } },
      messages: {
        reminder: { email: { sent: 1, skipped: {}, deferred: {} } },
        offer: { email: { sent: 1, skipped: {}, deferred: {} } },
      },
    });
  });

  it('lets what is due at an instant happen before an event of that instant', async () => {
    const order: Said = [1, 'anna', 'Order Completed', { total: 50 }];
    const { trace } = await playStream(streamOf([...ANNA, order]));
    expect(story(trace).slice(2, 6)).toEqual([
      '1 anna sends remind email',
      '1 anna waits looked-again',
      '1 anna converts',
      '1 anna exits goal',
    ]);
  });

  it('lists journeys and steps that nobody has reached', async () => {
    const { report } = await playStream(streamOf([[0, 'anna', 'Cart Viewed']]));
    expect(report.journeys['cart']).toMatchObject({
      entered: 0,
      transitions: 0,
      steps: { offer: { reached: 0 } },
    });
    expect(report.messages).toEqual({});
  });

  it('stops where it is told to, with runs that are still active', async () => {
    const { report, trace, end } = await playStream(streamOf(ANNA), { until: hours(24) });
    expect(report.until).toBe(hours(24));
    expect(report.journeys['cart']).toMatchObject({ entered: 1, active: 1, completed: 0, transitions: 3 });
    expect(trace.every(({ at }) => at <= hours(24))).toBe(true);
    expect(end).toBe(hours(24));
  });

  it('leaves out events after the end', async () => {
    const { report } = await playStream(streamOf([...ANNA, [30, 'bert', 'Cart Viewed']]), {
      until: hours(24),
    });
    expect([report.events, report.customers]).toEqual([3, 1]);
  });

  it('takes no record for consent only where that is assumed, and says so', async () => {
    const [identify, , added] = ANNA;
    const stream = streamOf([identify, added].flatMap((said) => (said ? [said] : [])));
    const strict = await playStream(stream);
    expect(strict.report.messages['reminder']).toEqual({
      email: { sent: 0, skipped: { 'no consent': 1 }, deferred: {} },
    });
    expect(strict.report.assumedConsent).toBeUndefined();
    const assumed = await playStream(stream, { assumeConsent: ['promotions'] });
    expect(assumed.report.messages['reminder']?.email?.sent).toBe(1);
    expect(assumed.report.assumedConsent).toEqual(['promotions']);
  });

  it('counts a deferred send once for its step and every deferral for its message', async () => {
    // Twelve hours after the start it is 22:00; the send is due an hour later and waits for 08:00.
    const late = ANNA.map(([hour, ...rest]): Said => [hour + 12, ...rest]);
    const { report, trace } = await playStream(streamOf(late));
    expect(report.journeys['cart']?.steps['remind']).toEqual({ reached: 1 });
    expect(report.messages['reminder']?.email).toEqual({
      sent: 1,
      skipped: {},
      deferred: { 'quiet hours': 1 },
    });
    expect(story(trace)).toContain('13 anna defers remind email quiet hours');
    expect(story(trace)).toContain('22 anna sends remind email');
  });

  it('counts entries that did not happen, and customers who were held out, by reason', async () => {
    const again = { ...CART, entry: { ...CART.entry, holdout: '50%' } };
    const customers = Array.from({ length: 40 }, (_, index) => `c${index}`);
    const said = customers.flatMap((user): Said[] => [
      [0, user, 'Product Added', { price: 50 }],
      [1, user, 'Product Added', { price: 50 }],
    ]);
    const { report } = await playStream(streamOf(said), { journeys: compileJourneys({ cart: again }) });
    const { entered, heldOut, refused } = report.journeys['cart'] ?? { entered: 0, heldOut: 0, refused: {} };
    expect(entered).toBeGreaterThan(5);
    expect(heldOut).toBeGreaterThan(5);
    expect(entered + heldOut).toBe(40);
    expect(refused).toEqual({ 'already inside': entered, 'held out': heldOut });
  });
});

describe('a stream with faults', () => {
  it('is played as far as it goes; every line is counted', async () => {
    const lines = streamOf(ANNA).trimEnd().split('\n');
    const bad = [
      '{"type":',
      '{"type":"page","userId":"anna"}',
      '{"type":"track","event":"Seen","timestamp":"2026-03-27"}',
      '',
    ];
    const unknown = JSON.stringify({
      type: 'track',
      event: 'Seen',
      anonymousId: 'tablet',
      timestamp: hours(1),
    });
    const { report, refused } = await playStream([...bad, ...lines, unknown].join('\n'));
    expect(report.events).toBe(3);
    expect(report.refused).toEqual({
      anonymous: 1,
      'no customer': 1,
      'not JSON': 1,
      'unsupported type page': 1,
    });
    expect(refused).toContainEqual({ reason: 'anonymous', count: 1, lines: [8] });
    expect(report.journeys['cart']?.completed).toBe(1);
  });

  it('knows a device by the customer who has used it', async () => {
    const [identify = ''] = streamOf(ANNA).split('\n');
    const known = JSON.stringify({ ...JSON.parse(identify), anonymousId: 'tablet' });
    const event = { type: 'track', event: 'Product Added', properties: { price: 30 }, timestamp: hours(1) };
    const { report } = await playStream(`${known}\n${JSON.stringify({ ...event, anonymousId: 'tablet' })}`);
    expect([report.customers, report.journeys['cart']?.entered]).toEqual([1, 1]);
  });

  it.each([
    ['is empty: there is no event to play', ''],
    ['holds no event that can be played: not JSON (2, first in line 1)', 'a\nb\n'],
  ])('that holds nothing at all says so: %s', async (message, content) => {
    await expect(playStream(content)).rejects.toThrow(message);
  });
});

describe('the same stream', () => {
  const said: readonly Said[] = Array.from({ length: 30 }, (_, index) => `c${index}`).flatMap(
    (user, index): Said[] => [
      [index / 3, user, { email: `${user}@example.com`, firstName: user }],
      [index / 3 + 0.1, user, 'Consent Changed', { ...consent, granted: index % 4 > 0 }],
      [index / 3 + 0.2, user, 'Product Added', { price: 15 + index }],
      [index / 3 + (index % 5), user, 'Cart Viewed'],
      ...(index % 3 === 0
        ? ([[index / 3 + (index % 7) * 9, user, 'Order Completed', { total: 1 }]] satisfies Said[])
        : []),
    ],
  );

  it('gives the same report, trace and outbox, byte by byte, in disorder too', async () => {
    const stream = streamOf(said);
    for (const options of [{}, { disorder: 7 }]) {
      const once = everything(await playStream(stream, options));
      expect(everything(await playStream(gzipSync(stream), options))).toBe(once);
    }
  });

  it('gives the same whatever order its lines are in', async () => {
    // No two lines at one instant: those would stay in the order of the file.
    const apart = said
      .toSorted(([a], [b]) => a - b)
      .map(([hour, ...rest], index): Said => [hour + index / 36_000, ...rest]);
    const lines = streamOf(apart).trimEnd().split('\n');
    const once = everything(await playStream(lines.join('\n')));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(everything(await playStream(shuffled.join('\n')))).toBe(once);
      }),
      { numRuns: 10 },
    );
  });

  it('has its trace in the order of time', async () => {
    const { trace } = await playStream(streamOf(said), { disorder: 3 });
    const instants = trace.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted());
    expect(trace.length).toBeGreaterThan(100);
  });

  it('counts its duplicates in disorder, which change nothing', async () => {
    const plain = await playStream(streamOf(said));
    const { report } = await playStream(streamOf(said), { disorder: 3 });
    expect(report.events).toBeGreaterThan(plain.report.events);
    expect(report.customers).toBe(plain.report.customers);
    expect(report.disorder).toBe(3);
  });
});
