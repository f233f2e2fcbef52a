import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import { LIVE } from '#lib/journey/journey-rules.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import { letter, manifest, pause, type WrittenEntry } from '../../laws/world/journeys.ts';
import { Bench, at } from '../bench.ts';

const HOUR = 60 * 60 * 1000;
const rules = { exits: [{ event: 'Left', reason: 'left' }] };

function entering(
  entry: Partial<Extract<WrittenEntry, { event: string }>>,
  name = 'journey',
  more: Partial<UnnamedManifest> = {},
): UnnamedManifest {
  return manifest(
    name,
    { event: 'Signed Up', reentry: { mode: 'after exit' }, ...entry },
    { rest: pause('90 days', null) },
    { ...rules, ...more },
  );
}

function keyed(mode: 'after exit' | 'never'): UnnamedManifest {
  return entering({ key: 'event.cart.id', reentry: { mode } });
}

/** Enters, leaves and comes again after each of the gaps; what the log says of the entries. */
function comesAgain(ada: Bench, ...gaps: number[]): string[] {
  ada.event('Signed Up');
  for (const gap of gaps) {
    ada.event('Left');
    ada.wait(gap);
    ada.event('Signed Up');
  }
  return ada.told('enters', 'refuses');
}

describe('re-entry', () => {
  it('"never": no earlier entry, for ever', () => {
    const ada = new Bench([entering({ reentry: { mode: 'never' } })]);
    expect(comesAgain(ada, HOUR, 400 * 24 * HOUR)).toEqual([
      'enters',
      'refuses entered before',
      'refuses entered before',
    ]);
  });

  it('"after exit": not while inside, at once when outside', () => {
    const ada = new Bench([entering({})]);
    ada.event('Signed Up');
    ada.event('Signed Up');
    ada.event('Left');
    ada.event('Signed Up');
    expect(ada.told('enters', 'refuses')).toEqual(['enters', 'refuses already inside', 'enters']);
  });

  it.each([
    [2 * HOUR - 1, 'refuses too soon'],
    [2 * HOUR, 'enters'],
  ])('after a duration since the last entry: %i ms later', (gap, outcome) => {
    const ada = new Bench([entering({ reentry: { mode: 'after', after: '2 hours' } })]);
    expect(comesAgain(ada, gap)).toEqual(['enters', outcome]);
  });

  it("after a duration needs an exit as well, and counts calendar days in the customer's zone", () => {
    const ada = new Bench([entering({ reentry: { mode: 'after', after: '1 day' } })]);
    ada.wait(at('2026-03-28T11:00:00Z'));
    ada.identify({ timezone: 'Europe/Berlin' });
    ada.event('Signed Up');
    // The clocks go forward this night: the same local time comes after 23 hours.
    ada.wait(at('2026-03-29T10:00:00Z'));
    ada.event('Signed Up');
    ada.event('Left');
    ada.event('Signed Up', {}, { at: addMillis(ada.now, -1) });
    ada.event('Signed Up');
    expect(ada.told('enters', 'refuses')).toEqual([
      'enters',
      'refuses already inside',
      'refuses too soon late',
      'enters',
    ]);
  });

  it('"always": runs may overlap', () => {
    const ada = new Bench([entering({ reentry: { mode: 'always' } })]);
    for (let count = 0; count < 3; count += 1) ada.event('Signed Up');
    expect(Object.keys(ada.document.runs)).toHaveLength(3);
  });

  it.each(['always', 'after exit', 'after'] as const)('"atMost" limits entries for life (%s)', (mode) => {
    const after = mode === 'after' ? { after: '1 hour' } : {};
    const ada = new Bench([entering({ reentry: { mode, atMost: 2, ...after } })]);
    expect(comesAgain(ada, 2 * HOUR, 90 * 24 * HOUR, 2 * HOUR)).toEqual([
      'enters',
      'enters',
      'refuses entered often enough',
      'refuses entered often enough',
    ]);
  });

  it("is reckoned by the events' own time: one that happened before the last entry is too soon", () => {
    const ada = new Bench([entering({ reentry: { mode: 'after', after: '1 minute' } })]);
    ada.event('Signed Up');
    ada.event('Left');
    ada.minutes(60);
    ada.event('Signed Up', {}, { at: addMillis(ada.now, -3 * HOUR) });
    expect(ada.told('enters', 'refuses')).toEqual(['enters', 'refuses too soon late']);
  });
});

describe('keys', () => {
  it('count re-entry by themselves', () => {
    const ada = new Bench([keyed('never')]);
    for (const id of ['k1', 'k2', 'k1']) ada.event('Signed Up', { cart: { id } });
    expect(ada.told('enters', 'refuses')).toEqual(['enters', 'enters', 'refuses entered before']);
  });

  it.each([
    [{}],
    [{ cart: {} }],
    [{ cart: { id: '' } }],
    [{ cart: { id: null } }],
    [{ cart: 'id' }],
    [{ cart: { id: ['k1'] } }],
  ])('an event without it does not enter: %j', (properties) => {
    const ada = new Bench([keyed('after exit')]);
    ada.event('Signed Up', properties);
    expect(ada.told('enters', 'refuses')).toEqual(['refuses no key']);
  });

  it('a number and a text are different keys', () => {
    const ada = new Bench([keyed('after exit')]);
    for (const id of [7, '7', true]) ada.event('Signed Up', { cart: { id } });
    expect(ada.told('enters')).toHaveLength(3);
  });

  it('are kept as hashes only', () => {
    const ada = new Bench([keyed('never')]);
    ada.event('Signed Up', { cart: { id: 'ada@example.com' } });
    ada.event('Left');
    expect(JSON.stringify(ada.document.entries)).not.toContain('ada');
  });

  it('beyond two thousand "never" refuses instead of forgetting', () => {
    const ada = new Bench([keyed('never')]);
    const remembered = Array.from({ length: 2000 }, (_, index) => [
      `key ${index}`,
      { count: 1, last: ada.now },
    ]);
    ada.document = { ...ada.document, revision: 1, entries: { journey: Object.fromEntries(remembered) } };
    ada.event('Signed Up', { cart: { id: 'one more' } });
    expect(ada.told('refuses')).toEqual(['refuses too many keys']);
  });
});

describe('who enters', () => {
  it('several journeys by one event: by priority, then by id', () => {
    const ada = new Bench([entering({}, 'b'), entering({}, 'c', { priority: 90 }), entering({}, 'a')]);
    ada.event('Signed Up');
    expect(ada.log.filter(({ kind }) => kind === 'enters').map(({ journey }) => journey)).toEqual([
      'c',
      'a',
      'b',
    ]);
  });

  it('only where the condition holds, with the traits of this moment', () => {
    const ada = new Bench([
      entering({ where: { all: [{ 'event.price': { gte: 20 } }, { 'profile.plan': 'gold' }] } }),
    ]);
    ada.event('Signed Up', { price: 30 });
    ada.identify({ plan: 'gold' });
    ada.event('Signed Up', { price: 19.99 });
    ada.event('Signed Up', { price: 20 });
    expect(ada.told()).toEqual(['enters', 'waits rest']);
  });

  it('a new customer enters by being created, once', () => {
    const ada = new Bench([entering({ event: 'Customer Created' })]);
    ada.identify({ plan: 'gold' });
    ada.identify({ plan: 'silver' });
    expect(ada.told('enters')).toHaveLength(1);
  });

  it('a changed trait is an event of its own, an equal one is none', () => {
    const where = { all: [{ 'event.trait': 'plan' }, { 'event.value': 'gold' }] };
    const ada = new Bench([entering({ event: 'Trait Changed', where, reentry: { mode: 'always' } })]);
    for (const plan of ['silver', 'gold', 'gold', 'silver', 'gold']) {
      ada.identify({ plan });
      ada.minutes(1);
    }
    expect(ada.told('enters')).toHaveLength(2);
  });

  it('a journey that is over before its first Task completes with the entry', () => {
    const ada = new Bench([
      manifest('journey', 'Signed Up', { 'start (exit)': { kind: 'exit', reason: 'nothing to do' } }),
    ]);
    ada.event('Signed Up');
    expect(ada.told()).toEqual(['enters', 'exits nothing to do']);
    expect(ada.document.runs).toEqual({});
  });

  it('more than forty runs at once are refused', () => {
    const ada = new Bench([entering({ reentry: { mode: 'always' } })]);
    for (let count = 0; count < 41; count += 1) ada.event('Signed Up');
    expect(ada.told('refuses')).toEqual(['refuses too many runs']);
  });
});

describe('start and end of a journey', () => {
  const open = { ...LIVE, starts: '2026-03-02T12:00', ends: '2026-03-03' };

  it.each([
    ['a moment before it starts', '2026-03-02T10:59:59.999Z', 'refuses not started'],
    ['at the moment it starts, in the zone of the workspace', '2026-03-02T11:00:00Z', 'enters'],
    ['a moment before it ends', '2026-03-02T22:59:59.999Z', 'enters'],
    ['at the beginning of the day on which it ends', '2026-03-02T23:00:00Z', 'refuses ended'],
  ])('%s', (_, when, told) => {
    const ada = new Bench([entering({})]);
    ada.setStatus('journey', open);
    ada.wait(at(when));
    ada.event('Signed Up');
    expect(ada.told('enters', 'refuses')).toEqual([told]);
  });

  it('an event that happened before the start does not enter when it arrives after it', () => {
    const ada = new Bench([entering({})]);
    ada.setStatus('journey', open);
    ada.wait(at('2026-03-02T12:00:00Z'));
    ada.event('Signed Up', {}, { at: at('2026-03-02T10:00:00Z') });
    expect(ada.told('enters', 'refuses')).toEqual(['refuses not started']);
  });

  it('holds for versions that are older than itself, and may be moved without a new version', () => {
    const ada = new Bench([entering({ reentry: { mode: 'always' } })]);
    ada.event('Signed Up');
    ada.setStatus('journey', { ...open, starts: undefined });
    ada.wait(at('2026-03-05T10:00:00Z'));
    ada.event('Signed Up');
    ada.setStatus('journey', { ...LIVE, ends: '2026-03-06T00:00:00Z' });
    ada.event('Signed Up');
    expect(ada.told('enters', 'refuses')).toEqual(['enters', 'refuses ended', 'enters']);
    expect(Object.keys(ada.document.runs)).toHaveLength(2);
  });
});

describe('the end of a journey for those inside', () => {
  const END = '2026-03-06T00:00:00Z';

  it.each([
    ['drain', ['enters']],
    ['exit', ['enters', 'exits ended']],
  ] as const)('%s', (atEnd, told) => {
    const ada = new Bench([entering({})]);
    ada.setStatus('journey', { ...LIVE, ends: END, atEnd });
    ada.event('Signed Up');
    ada.wait(addMillis(at(END), -1));
    ada.decide({ kind: 'time' });
    expect(ada.told('enters', 'exits')).toEqual(['enters']);
    ada.minutes(1);
    ada.decide({ kind: 'time' });
    expect(ada.told('enters', 'exits')).toEqual(told);
  });

  it('comes by time alone, at its instant, whoever looks first', () => {
    const ada = new Bench([entering({})]);
    ada.setStatus('journey', { ...LIVE, ends: END, atEnd: 'exit' });
    ada.event('Signed Up');
    expect(ada.document.due).toBe('2026-03-06T00:00:00.000Z');
    ada.wait(at('2026-03-07T00:00:00Z'));
    ada.event('Anything');
    expect(ada.log.at(-1)).toMatchObject({ kind: 'exits', reason: 'ended', at: '2026-03-06T00:00:00.000Z' });
  });

  it('that is moved while they are inside holds for them, whatever their version', () => {
    const ada = new Bench([entering({})]);
    ada.event('Signed Up');
    ada.deploy([entering({ reentry: { mode: 'never' } })]);
    ada.setStatus('journey', { ...LIVE, ends: '2026-03-02T10:00:00Z', atEnd: 'exit' });
    ada.minutes(1);
    ada.decide({ kind: 'time' });
    expect(ada.told('enters', 'exits')).toEqual(['enters', 'exits ended']);
  });
});

describe('the holdout', () => {
  const held = entering({ holdout: 20, reentry: { mode: 'always' } });

  it('keeps about its share out, the same customers always, and is no entry', () => {
    const customers = Array.from({ length: 2000 }, (_, index) => new Bench([held], `customer ${index}`));
    for (const customer of customers) {
      customer.event('Signed Up');
      customer.event('Signed Up');
    }
    const out = customers.filter(({ document }) => document.tallies['journey']?.heldOut === 1);
    // Four standard deviations around 400: sqrt(2000 * 0.2 * 0.8) = 17.9.
    expect(Math.abs(out.length - 400)).toBeLessThan(72);
    expect(new Set(out.map((customer) => customer.told('enters', 'refuses').join()))).toEqual(
      new Set(['refuses holdout,refuses held out']),
    );
    expect(customers.filter(({ document }) => Object.keys(document.runs).length === 2)).toHaveLength(
      2000 - out.length,
    );
  });

  it('is for ever in this journey, whatever a later version says, and says nothing about others', () => {
    const ada = new Bench([entering({ holdout: 100 }, 'one'), entering({ holdout: 0 }, 'two')]);
    ada.event('Signed Up');
    ada.deploy([entering({}, 'one')]);
    ada.event('Signed Up');
    expect(
      ada.log
        .map(({ kind, journey, reason }) => [kind, journey, reason].join(' ').trim())
        .filter((one) => !one.startsWith('waits')),
    ).toEqual(['refuses one holdout', 'enters two', 'refuses one held out', 'refuses two already inside']);
  });

  it('is drawn for each journey by itself', () => {
    const both = [entering({ holdout: 50 }, 'one'), entering({ holdout: 50 }, 'two')];
    const outcomes = new Set<string>();
    for (let index = 0; index < 60; index += 1) {
      const customer = new Bench(both, `customer ${index}`);
      customer.event('Signed Up');
      outcomes.add(Object.keys(customer.document.heldOut).toSorted().join());
    }
    expect(outcomes).toEqual(new Set(['', 'one', 'two', 'one,two']));
  });
});

describe('what a run keeps of its entry', () => {
  it('is what its conditions read, if that is small', () => {
    const flow = { rest: pause('9 days', 'bye'), bye: letter('bye', null) };
    const goal = { event: 'Ordered', where: { 'event.cart': { 'same as': 'entry.cart' } }, ends: true };
    const ada = new Bench([
      manifest('journey', { event: 'Signed Up', reentry: { mode: 'always' } }, flow, { goal }),
    ]);
    ada.event('Signed Up', { cart: 'k2', text: 'x'.repeat(20_000) });
    ada.event('Signed Up', { cart: 'x'.repeat(20_000) });
    expect(Object.values(ada.document.runs).map(({ event }) => event)).toEqual([{ cart: 'k2' }, {}]);
  });
});
