import { describe, expect, test } from 'vitest';
import { CART } from '../small-shop.ts';
import { play } from './small-scenarios.ts';

const told = (result: Awaited<ReturnType<typeof play>>): string[] => [
  ...result.problems,
  ...result.missing.map(({ expected: { kind, fields }, instead }) =>
    [kind.words(fields), ...(instead?.differences ?? [])].join(' | '),
  ),
  ...result.unexpected.map(({ kind, message, reason }) => `${kind} ${message?.split('@')[0] ?? reason}`),
];

describe('what is expected happens', () => {
  test('exactly at its moment, with its channel and text', async () => {
    const expect_ = [
      { at: '0 minutes', enters: true },
      { at: '1 hour', sends: 'reminder', channel: 'email', contains: ['Hello', 'Anna'], step: 'remind' },
      { at: '49 hours', takes: 'time is up', branch: 'looked-again' },
      { at: '49 hours', sends: 'offer' },
      { completes: true },
    ];
    const result = await play({ expect: expect_, nothingElse: true });
    expect(told(result)).toEqual([]);
    expect(result.passed).toBe(true);
  });

  test.each([
    ['a millisecond off', { at: '2026-03-27T11:00:00.001Z', sends: 'reminder' }, 'at another time'],
    ['another message', { at: '1 hour', sends: 'help' }, 'message reminder and not help'],
    ['another channel', { at: '1 hour', sends: 'reminder', channel: 'sms' }, 'channel email and not sms'],
    ['another text', { at: '1 hour', sends: 'reminder', contains: 'Bob' }, 'the message lacks "Bob"'],
  ])('or fails, and says in what it differs: %s', async (_, expectation, difference) => {
    const { passed, missing } = await play({ expect: [expectation] });
    expect(passed).toBe(false);
    expect(missing[0]?.instead?.differences).toContain(difference);
  });

  test('one thing fulfils one expectation', async () => {
    const twice = [
      { at: '1 hour', sends: 'reminder' },
      { at: '1 hour', sends: 'reminder' },
    ];
    expect((await play({ expect: twice })).missing.map(({ expected }) => expected.index)).toEqual([1]);
  });

  test('without a moment it comes after what is written above it', async () => {
    expect(told(await play({ expect: [{ sends: 'reminder' }, { sends: 'offer' }] }))).toEqual([]);
    expect((await play({ expect: [{ sends: 'offer' }, { sends: 'reminder' }] })).passed).toBe(false);
  });

  test('what must not happen fails the scenario where it does', async () => {
    expect((await play({ expect: [{ enters: false }] })).passed).toBe(false);
    const cheap = [{ at: '0 minutes', event: 'Product Added', properties: { price: 19.99 } }];
    expect((await play({ timeline: cheap, expect: [{ enters: false }] })).passed).toBe(true);
    expect((await play({ expect: [{ at: '1 hour', completes: false }] })).passed).toBe(true);
  });
});

test('nothing else: any other send or exit fails, other things do not', async () => {
  const expected = [{ at: '1 hour', sends: 'reminder' }];
  expect((await play({ expect: expected })).passed).toBe(true);
  expect(told(await play({ expect: expected, nothingElse: true }))).toEqual(['sends offer']);
  const order = { at: '2 hours', event: 'Order Completed' };
  const timeline = [{ at: '0 minutes', event: 'Product Added', properties: { price: 50 } }, order];
  expect(told(await play({ timeline, expect: expected, nothingElse: true }))).toEqual(['exits goal']);
});

const withFailure = (fail: object): Record<string, unknown> => ({
  timeline: [
    { at: '0 minutes', ...fail },
    { at: '0 minutes', event: 'Product Added', properties: { price: 50 } },
  ],
});

describe('a timeline', () => {
  const entry = { at: '0 minutes', event: 'Product Added', properties: { price: 50 } };

  test('what lies before the start is known, and lets nobody in', async () => {
    const timeline = [
      { at: '-1 hour', event: 'Product Added', properties: { price: 50 } },
      { at: '-1 minute', withdraw: { promotions: 'all' } },
      entry,
    ];
    const expected = [
      { at: '0 minutes', enters: true },
      { at: '1 hour', skips: 'reminder', reason: 'no consent' },
      { at: '49 hours', skips: 'offer' },
    ];
    expect(told(await play({ timeline, expect: expected, nothingElse: true }))).toEqual([]);
  });

  test('a customer with nothing known is new to everybody', async () => {
    const welcome = { ...CART, entry: { event: 'Customer Created' } };
    const timeline = [{ at: '5 minutes', traits: { email: 'bob@example.com' } }];
    const customers = [{ id: 'bob' }];
    const result = await play(
      { customers, timeline, expect: [{ at: '5 minutes', enters: true }] },
      { cart: welcome },
    );
    expect(told(result)).toEqual([]);
    const known = await play({ timeline, expect: [{ enters: false }] }, { cart: welcome });
    expect(told(known)).toEqual([]);
  });

  test('the same event again changes nothing', async () => {
    const timeline = [entry, { at: '10 minutes', duplicate: 'Product Added' }];
    expect((await play({ timeline, expect: [{ refuses: false }, { enters: true }] })).passed).toBe(true);
  });

  test('a provider that refuses, is busy, or does not answer', async () => {
    const refused = [{ at: '1 hour', skips: 'reminder', reason: 'refused by the provider' }];
    expect(told(await play({ ...withFailure({ fail: 'refuses' }), expect: refused }))).toEqual([]);
    const busy = [{ at: '1 hour', defers: 'reminder', reason: 'provider is busy' }, { sends: 'reminder' }];
    expect(
      told(await play({ ...withFailure({ fail: 'try later', for: '90 minutes' }), expect: busy })),
    ).toEqual([]);
    const doubt = [{ at: '1 hour', sends: 'reminder', contains: 'Anna' }];
    expect(told(await play({ ...withFailure({ fail: 'no answer' }), expect: doubt }))).toEqual([]);
  });

  test('a report on what was not sent is a problem of the scenario', async () => {
    const timeline = [entry, { at: '30 minutes', report: 'opened', send: 'remind' }];
    expect(told(await play({ timeline, expect: [{ enters: true }] }))).toEqual([
      '"opened" cannot be reported: the step "remind" has sent nothing so far',
    ]);
  });

  test('a call that arrives late is judged by its own timestamp', async () => {
    const late = { at: '8 days', happened: '6 days', event: 'Order Completed' };
    const expected = [{ at: '8 days', converts: true }];
    expect(told(await play({ timeline: [entry, late], expect: expected }))).toEqual([]);
    const onTime = { at: '8 days', event: 'Order Completed' };
    expect(told(await play({ timeline: [entry, onTime], expect: [{ converts: false }] }))).toEqual([]);
  });

  test('a paused journey lets nobody in, and goes on when it is resumed', async () => {
    const timeline = [
      { at: '0 minutes', pause: 'cart' },
      { at: '1 minute', event: 'Product Added', properties: { price: 50 } },
      { at: '1 hour', resume: 'cart' },
      { at: '2 hours', event: 'Product Added', properties: { price: 50 } },
    ];
    const expected = [
      { at: '1 minute', refuses: true },
      { at: '2 hours', enters: true },
    ];
    expect(told(await play({ timeline, expect: expected }))).toEqual([]);
  });
});

test('the same scenario gives the same result', async () => {
  const first = await play({ expect: [{ sends: 'reminder' }] });
  const second = await play({ expect: [{ sends: 'reminder' }] });
  expect(second.actual).toEqual(first.actual);
  expect(second.end).toBe(first.end);
});
