import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, at } from '../bench.ts';

/** Whether a condition on the entry event lets in a customer with these traits. */
function holds(
  where: unknown,
  properties: Record<string, unknown> = {},
  traits: Record<string, unknown> = {},
  now = '2026-03-02T10:00:00Z',
): boolean {
  const entry = { event: 'Happened', where, reentry: { mode: 'always' } } as const;
  const ada = new Bench([manifest('journey', entry, { rest: pause('1 day', null) })]);
  ada.wait(at(now));
  ada.identify(traits);
  ada.event('Happened', properties);
  return ada.told('enters').length === 1;
}

describe('operators', () => {
  it.each([
    ['equals', 'DE', 'DE', true],
    ['equals another', 'DE', 'AT', false],
    ['a number is no text', 7, '7', false],
    ['one of', ['DE', 'AT'], 'AT', true],
    ['one of others', ['DE', 'AT'], 'CH', false],
    ['ne', { ne: 'DE' }, 'AT', true],
    ['ne equal', { ne: 'DE' }, 'DE', false],
    ['gt', { gt: 5 }, 5, false],
    ['gt above', { gt: 5 }, 5.1, true],
    ['gte', { gte: 5 }, 5, true],
    ['lt', { lt: 5 }, 5, false],
    ['lte', { lte: 5 }, 5, true],
    ['a range', { gte: 18, lt: 65 }, 65, false],
    ['gte of a text that is none', { gte: 5 }, 'six', false],
    ['in', { in: ['a', 'b'] }, 'b', true],
    ['notIn', { notIn: ['a', 'b'] }, 'c', true],
    ['notIn of one of them', { notIn: ['a', 'b'] }, 'b', false],
    ['contains in a list', { contains: 'red' }, ['blue', 'red'], true],
    ['contains in a text', { contains: 'red' }, 'a red shoe', true],
    ['contains nothing', { contains: 'red' }, 7, false],
    ['startsWith', { startsWith: 'shoe-' }, 'shoe-7', true],
    ['endsWith', { endsWith: '.de' }, 'ada@example.com', false],
    ['exists', { exists: true }, 0, true],
    ['exists with no', { exists: true }, false, true],
    ['does not exist', { exists: false }, 'x', false],
  ])('%s', (_, condition, value, expected) => {
    expect(holds({ 'profile.value': condition }, {}, { value })).toBe(expected);
    expect(holds({ 'event.value': condition }, { value })).toBe(expected);
  });

  it.each([
    'DE',
    ['DE'],
    { ne: 'DE' },
    { gt: 1 },
    { gte: 1 },
    { lt: 1 },
    { lte: 1 },
    { in: ['DE'] },
    { notIn: ['DE'] },
    { contains: 'D' },
    { startsWith: 'D' },
    { endsWith: 'D' },
    { exists: true },
    { before: '2026-01-01' },
    { after: '2026-01-01' },
    { 'within next': '1 day' },
    { 'within last': '1 day' },
    { 'more than ago': '1 day' },
    { near: { lat: 52.5, lon: 13.4, km: 30_000 } },
    { 'same as': 'event.other' },
  ])('a missing value fulfils nothing, and "not" of it is true: %j', (condition) => {
    for (const traits of [{}, { value: null }]) {
      expect(holds({ 'profile.value': condition }, { other: 'x' }, traits)).toBe(false);
      expect(holds({ not: { 'profile.value': condition } }, { other: 'x' }, traits)).toBe(true);
    }
  });

  it('a value that is another field, and one that is missing there', () => {
    const same = { 'event.cart': { 'same as': 'profile.cart' } };
    expect(holds(same, { cart: 'k1' }, { cart: 'k1' })).toBe(true);
    expect(holds(same, { cart: 'k1' }, { cart: 'k2' })).toBe(false);
    expect(holds(same, { cart: 'k1' })).toBe(false);
    expect(holds(same, {})).toBe(false);
    expect(holds({ 'event.n': { gt: { 'same as': 'profile.n' } } }, { n: 8 }, { n: 7 })).toBe(true);
  });

  it('several keys mean and; all, any, not', () => {
    expect(holds({ 'event.a': 1, 'event.b': 2 }, { a: 1, b: 3 })).toBe(false);
    expect(holds({ any: [{ 'event.a': 2 }, { 'event.b': 3 }] }, { a: 1, b: 3 })).toBe(true);
    expect(holds({ all: [{ 'event.a': 1 }, { not: { 'event.b': 2 } }] }, { a: 1, b: 3 })).toBe(true);
  });

  it('values inside values, and never what JavaScript adds to them', () => {
    expect(holds({ 'event.address.country': 'DE' }, { address: { country: 'DE' } })).toBe(true);
    expect(holds({ 'event.address.length': { gte: 0 } }, { address: 'DE' })).toBe(false);
    for (const field of ['event.constructor', 'event.toString', 'profile.constructor', 'event.a.constructor'])
      expect(holds({ [field]: { exists: true } }, { a: {} })).toBe(false);
  });
});

/** Whether 12 March has begun within the last hour. */
function started(traits: Record<string, unknown>, instant: string): boolean {
  const where = { 'profile.value': { 'within last': '1 hour' } };
  return holds(where, {}, { value: '2026-03-12', ...traits }, instant);
}

describe('time', () => {
  const now = '2026-03-02T10:00:00Z';

  it.each([
    [{ before: '2026-03-02' }, '2026-03-01T22:59:59.999Z', true],
    [{ before: '2026-03-02' }, '2026-03-01T23:00:00Z', false],
    [{ after: '2026-03-02' }, '2026-03-02T22:59:59.999Z', false],
    [{ after: '2026-03-02' }, '2026-03-02T23:00:00Z', true],
    [{ before: '2026-03-02T10:00:00Z' }, '2026-03-02T09:59:59.999Z', true],
    [{ before: '2026-03-02T10:00:00Z' }, '2026-03-02T10:00:00Z', false],
    [{ after: '2026-03-02T10:00:00Z' }, '2026-03-02T10:00:00Z', false],
    [{ after: '2026-03-02T10:00:00Z' }, '2026-03-02T10:00:00.001Z', true],
    [{ 'within next': '1 day' }, now, true],
    [{ 'within next': '1 day' }, '2026-03-03T09:59:59.999Z', true],
    [{ 'within next': '1 day' }, '2026-03-03T10:00:00Z', false],
    [{ 'within next': '1 day' }, '2026-03-02T09:59:59.999Z', false],
    [{ 'within last': '1 day' }, '2026-03-01T10:00:00Z', true],
    [{ 'within last': '1 day' }, '2026-03-01T09:59:59.999Z', false],
    [{ 'within last': '1 day' }, '2026-03-02T10:00:00.001Z', false],
    [{ 'more than ago': '1 day' }, '2026-03-01T10:00:00Z', false],
    [{ 'more than ago': '1 day' }, '2026-03-01T09:59:59.999Z', true],
    [{ before: '2026-03-02' }, 'yesterday', false],
    [{ before: '2026-03-02' }, 20_260_101, false],
    [{ after: '2026-01-01' }, '2026-02-30', false],
  ])('%j of %s', (condition, value, expected) => {
    expect(holds({ 'profile.value': condition }, {}, { value, timezone: 'Europe/Berlin' }, now)).toBe(
      expected,
    );
  });

  it("a date is a day in the customer's zone", () => {
    // Midnight of 12 March: 23:00Z in Berlin, 04:00Z in New York, 15:00Z in Japan.
    expect(started({ timezone: 'Europe/Berlin' }, '2026-03-12T23:30:00Z')).toBe(false);
    expect(started({ timezone: 'Europe/Berlin' }, '2026-03-11T23:30:00Z')).toBe(true);
    expect(started({ timezone: 'America/New_York' }, '2026-03-12T04:30:00Z')).toBe(true);
    expect(started({ timezone: 'nowhere', country: 'JP' }, '2026-03-11T15:30:00Z')).toBe(true);
    expect(started({ timezone: 7 }, '2026-03-11T23:30:00Z')).toBe(true);
  });

  it.each([
    // What is written without an offset is local time: in Berlin an hour ahead of UTC until 29 March 2026, then two.
    ['2026-03-12T09:00', {}, '2026-03-12T08:00:00Z'],
    ['2026-03-12 09:00:30', {}, '2026-03-12T08:00:30Z'],
    ['2026-03-12T09:00', { timezone: 'America/New_York' }, '2026-03-12T13:00:00Z'],
    // In the gap from 02:00 to 03:00: its end.
    ['2026-03-29T02:30', {}, '2026-03-29T01:00:00Z'],
    ['2026-03-29T03:00', {}, '2026-03-29T01:00:00Z'],
    ['2026-03-29T01:59', {}, '2026-03-29T00:59:00Z'],
    // 02:30 is twice on 25 October: the first.
    ['2026-10-25T02:30', {}, '2026-10-25T00:30:00Z'],
    ['2026-10-25T03:00', {}, '2026-10-25T02:00:00Z'],
  ])("a date and time without an offset is in the customer's zone: %s %j is %s", (value, where, moment) => {
    const traits = { value, timezone: 'Europe/Berlin', ...where };
    const begins = { 'profile.value': { 'within last': '1 hour' } };
    expect(holds(begins, {}, traits, moment)).toBe(true);
    expect(holds(begins, {}, traits, addMillis(at(moment), -1))).toBe(false);
    expect(holds({ 'profile.value': { after: '2026-03-12' } }, {}, traits, now)).toBe(
      !value.startsWith('2026-03-12'),
    );
    expect(holds({ 'profile.value': { lte: { 'same as': 'event.moment' } } }, { moment }, traits, now)).toBe(
      true,
    );
  });

  it('a number is no date, however much it looks like seconds or milliseconds', () => {
    for (const value of [20_260_302, 1_772_445_600, 1_772_445_600_000, '1772445600', '1772445600000'])
      for (const condition of [
        { 'within last': '100 years' },
        { before: '2999-01-01' },
        { after: '1800-01-01' },
      ])
        expect(holds({ 'profile.value': condition }, {}, { value }, now)).toBe(false);
  });

  it('a day that has 23 hours is a day', () => {
    const condition = { 'profile.value': { 'within last': '1 day' } };
    const traits = { value: '2026-03-28T11:00:00Z', timezone: 'Europe/Berlin' };
    expect(holds(condition, {}, traits, '2026-03-29T10:00:00Z')).toBe(true);
    expect(holds(condition, {}, traits, '2026-03-29T10:00:00.001Z')).toBe(false);
  });
});

describe('near', () => {
  const berlin = { near: { lat: 52.52, lon: 13.405, km: 30 } };

  it.each([
    ['Potsdam', { lat: 52.39, lon: 13.06 }, true],
    ['Hamburg', { lat: 53.55, lon: 9.99 }, false],
    ['a place without numbers', { lat: '52.5', lon: 13.4 }, false],
    ['a place without a longitude', { lat: 52.5 }, false],
    ['no place', 'Berlin', false],
  ])('%s', (_, value, expected) => {
    expect(holds({ 'profile.place': berlin }, {}, { place: value })).toBe(expected);
  });

  it('is near across the date line', () => {
    expect(
      holds({ 'event.at': { near: { lat: 0, lon: 179.9, km: 30 } } }, { at: { lat: 0, lon: -179.9 } }),
    ).toBe(true);
  });
});

function grant(ada: Bench): unknown {
  return ada.event('Consent Changed', { topic: 'news', channel: 'email', granted: true });
}

function email(ada: Bench): unknown {
  return ada.identify({ email: 'ada@example.com' });
}

describe('reachable', () => {
  const where = { reachable: 'email', topic: 'news' };

  function reachable(prepare: (ada: Bench) => void): boolean {
    const ada = new Bench([
      manifest(
        'journey',
        { event: 'Happened', where, reentry: { mode: 'always' } },
        { rest: pause('1 day', null) },
      ),
    ]);
    prepare(ada);
    ada.event('Happened');
    return ada.told('enters').length === 1;
  }

  it('means an address, consent and no suppression', () => {
    expect(
      reachable((ada) => [grant(ada), email(ada), ada.event('Message Complained', { channel: 'email' })]),
    ).toBe(false);
  });
});

describe('send … was', () => {
  it.each([
    ['delivered', 'Message Delivered', {}],
    ['opened', 'Message Opened', {}],
    ['clicked', 'Message Clicked', {}],
    ['replied', 'Message Replied', {}],
    ['bounced', 'Message Bounced', { type: 'soft' }],
    ['softBounced', 'Message Bounced', { type: 'soft' }],
    ['hardBounced', 'Message Bounced', { type: 'hard' }],
    ['complained', 'Message Complained', {}],
    ['unsubscribed', 'Message Unsubscribed', { topic: 'updates' }],
    ['shown', 'Message Shown', {}],
    ['dismissed', 'Message Dismissed', {}],
  ])('%s', (was, event, properties) => {
    const answers = [true, false].map((reported) => {
      const asks: FlowNode = {
        kind: 'branch',
        cases: [{ name: was, when: { send: 'hello', was }, next: null }],
        otherwise: 'rest',
      };
      const ada = new Bench([
        manifest('journey', 'Signed Up', {
          hello: letter('hello', 'before'),
          before: pause('1 hour', 'asks'),
          asks,
          rest: pause('1 day', null),
        }),
      ]);
      ada.identify({ email: 'ada@example.com' });
      ada.event('Signed Up');
      ada.send('hello');
      ada.sent('hello');
      if (reported)
        ada.event(event, { ...properties, send: ada.document.sends[0]?.key }, { at: addMillis(ada.now, 0) });
      return ada.plan('asks');
    });
    expect(answers).toMatchObject([{ plan: { route: { asks: 0 } } }, { plan: { route: { asks: 1 } } }]);
  });
});
