// What conditions mean, and what is said about those that mean nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition } from '#lib/journey/conditions/condition.ts';
import { demandedPairs, fieldsOf, stepsOf } from '#lib/journey/conditions/mentions.ts';
import { fieldName } from '#lib/journey/conditions/field.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';

function meaning(written: unknown): Condition {
  const parsed = parseCondition(written);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.condition;
}

function problems(written: unknown): unknown {
  const parsed = parseCondition(written);
  return 'problems' in parsed ? parsed.problems : 'none';
}

const country = { root: 'profile', path: ['country'] };

describe('meaning', () => {
  test('a bare value is equality, a bare list is one of', () => {
    expect(meaning({ 'profile.country': 'DE' })).toEqual({
      kind: 'compare',
      field: country,
      operator: 'eq',
      value: 'DE',
      path: ['profile.country'],
    });
    expect(meaning({ 'profile.country': ['DE', 'AT'] })).toMatchObject({
      operator: 'in',
      value: ['DE', 'AT'],
    });
  });

  test('several fields and several operators mean all of them', () => {
    expect(meaning({ 'profile.country': 'DE', 'profile.age': { gte: 18, lt: 65 } })).toMatchObject({
      kind: 'all',
      of: [
        { operator: 'eq', value: 'DE' },
        { operator: 'gte', value: 18, path: ['profile.age', 'gte'] },
        { operator: 'lt', value: 65, path: ['profile.age', 'lt'] },
      ],
    });
  });

  test('same as compares with another field, alone or behind an operator', () => {
    const sameAs = { root: 'entry', path: ['cart_id'] };
    expect(meaning({ 'event.cart_id': { 'same as': 'entry.cart_id' } })).toMatchObject({
      operator: 'eq',
      value: { sameAs },
    });
    expect(meaning({ 'event.cart_id': { ne: { 'same as': 'entry.cart_id' } } })).toMatchObject({
      operator: 'ne',
      value: { sameAs },
    });
  });

  test('time operators carry durations and moments that are already read', () => {
    expect(meaning({ 'profile.renews': { 'within next': '30 days' } })).toMatchObject({
      value: { years: 0, months: 0, days: 30, milliseconds: 0 },
    });
    expect(meaning({ 'profile.renews': { before: '2026-12-24' } })).toMatchObject({
      value: { date: '2026-12-24' },
    });
    expect(meaning({ 'profile.renews': { after: '2026-12-24T18:00:00+01:00' } })).toMatchObject({
      value: { instant: '2026-12-24T17:00:00.000Z' },
    });
  });

  test('dots lead into objects; names keep their spaces', () => {
    expect(meaning({ 'event.Shipping Address.city': 'Kiel' })).toMatchObject({
      field: { root: 'event', path: ['Shipping Address', 'city'] },
    });
  });

  test('all, any and not nest', () => {
    expect(meaning({ any: [{ not: { 'run.round': 0 } }, { all: [{ reachable: 'sms' }] }] })).toMatchObject({
      kind: 'any',
      of: [
        { kind: 'not', of: { operator: 'eq', path: ['any', 0, 'not', 'run.round'] } },
        { kind: 'all', of: [{ kind: 'reachable', channel: 'sms' }] },
      ],
    });
  });
});

describe('problems', () => {
  test.each([
    ['a text', 'event.price > 20', [{ path: [], code: 'wrong type' }]],
    ['nothing in it', {}, [{ path: [], code: 'empty' }]],
    ['null as a value', { 'profile.age': null }, [{ path: ['profile.age'], code: 'wrong type' }]],
    [
      'an unknown operator',
      { 'profile.age': { atLeast: 3 } },
      [{ path: ['profile.age', 'atLeast'], code: 'unknown operator' }],
    ],
    ['an unknown outcome', { send: 'a', was: 'read' }, [{ path: ['was'], code: 'not one of' }]],
    [
      'a form beside a field',
      { all: [{ 'profile.a': 1 }], 'profile.b': 1 },
      [{ path: ['profile.b'], code: 'needs its own object', form: 'all' }],
    ],
    [
      'two forms',
      { any: [{ 'profile.a': 1 }], not: { 'profile.b': 1 } },
      [{ path: ['not'], code: 'needs its own object' }],
    ],
    [
      'a form of the language that does not exist here',
      { happened: 'Order Completed', atLeast: 2 },
      [{ path: ['happened'], code: 'bare name' }],
    ],
    ['atLeast 0', { did: 'A', atLeast: 0 }, [{ path: ['atLeast'], code: 'bad value' }]],
    ['a negative number', { did: 'A', atMost: -1 }, [{ path: ['atMost'], code: 'bad value' }]],
    ['half a time', { did: 'A', exactly: 1.5 }, [{ path: ['exactly'], code: 'bad value' }]],
    ['a number as text', { did: 'A', atLeast: '2' }, [{ path: ['atLeast'], code: 'wrong type' }]],
    ['two numbers', { did: 'A', atLeast: 1, atMost: 3 }, [{ path: ['atMost'], code: 'bad value' }]],
    [
      'more than is counted in a time',
      { did: 'A', atLeast: 201, within: '90 days' },
      [{ path: ['atLeast'], code: 'bad value' }],
    ],
    [
      'within and since',
      { did: 'A', within: '90 days', since: 'entry' },
      [{ path: ['since'], code: 'bad value' }],
    ],
    ['since something else', { did: 'A', since: 'step' }, [{ path: ['since'], code: 'not one of' }]],
    ['no duration', { did: 'A', within: '90' }, [{ path: ['within'], code: 'bad value' }]],
    ['a sum without a bound', { did: 'A', sum: 'total' }, [{ path: [], code: 'missing field' }]],
    ['a bound without a sum', { did: 'A', gte: 5 }, [{ path: ['gte'], code: 'bad value' }]],
    ['a sum that counts', { did: 'A', sum: 'total', atLeast: 5 }, [{ path: ['atLeast'], code: 'bad value' }]],
    ['a sum of nothing', { did: 'A', sum: 3, gte: 5 }, [{ path: ['sum'], code: 'wrong type' }]],
    [
      'a question to any event',
      { did: 'any event', where: { 'event.total': 5 } },
      [{ path: ['where'], code: 'bad value' }],
    ],
    [
      'a field of did that does not exist',
      { did: 'A', atleast: 2 },
      [{ path: ['atleast'], code: 'unknown field' }],
    ],
    ['no name of a segment', { segment: 3 }, [{ path: ['segment'], code: 'wrong type' }]],
    ['for no time', { segment: 'vip', for: 7 }, [{ path: ['for'], code: 'wrong type' }]],
    ['for what is no duration', { segment: 'vip', for: 'long' }, [{ path: ['for'], code: 'bad value' }]],
    [
      '30 February',
      { 'profile.renews': { before: '2026-02-30' } },
      [{ path: ['profile.renews', 'before'], code: 'bad value' }],
    ],
    ['a name without an end', { 'profile.': 1 }, [{ path: ['profile.'], code: 'bad value' }]],
  ])('%s', (_, written, expected) => {
    expect(problems(written)).toMatchObject(expected);
    expect(problems(written)).toHaveLength(1);
  });

  test('all of them are told at once', () => {
    const written = { all: [{ 'profile.a': { bigger: 1 } }, { send: 'x', was: 'read' }, 5] };
    expect(problems(written)).toMatchObject([
      { path: ['all', 0, 'profile.a', 'bigger'] },
      { path: ['all', 1, 'was'] },
      { path: ['all', 2] },
    ]);
  });

  test('names that objects have by birth are names like others', () => {
    expect(problems({ constructor: 1 })).toMatchObject([{ code: 'bare name', name: 'constructor' }]);
    expect(problems({ 'profile.a': { toString: 1 } })).toMatchObject([
      { code: 'unknown operator', name: 'toString' },
    ]);
  });
});

describe('whatever is written', () => {
  test('the answer is a condition or problems with paths into it, never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (written) => {
        const parsed = parseCondition(written);
        const paths = 'problems' in parsed ? parsed.problems.map(({ path }) => path) : [];
        expect('condition' in parsed || paths.length > 0).toBe(true);
        for (const path of paths) expect(reaches(written, path)).toBe(true);
      }),
    );
  });
});

describe('messages and journeys', () => {
  test('message, with and without a window', () => {
    expect(meaning({ message: 'nps', was: 'sent' })).toEqual({
      kind: 'message',
      message: 'nps',
      was: 'sent',
      path: [],
    });
    expect(meaning({ message: 'nps', was: 'opened', within: '90 days' })).toMatchObject({
      within: { days: 90 },
    });
  });

  test.each(['inJourney', 'completed'])('%s', (kind) => {
    expect(meaning({ not: { [kind]: 'welcome' } })).toEqual({
      kind: 'not',
      of: { kind, journey: 'welcome', path: ['not'] },
    });
    expect(problems({ [kind]: 7 })).toMatchObject([{ path: [kind], code: 'wrong type' }]);
    expect(problems({ [kind]: 'a', within: '1 day' })).toMatchObject([
      { path: ['within'], code: 'unknown field' },
    ]);
  });

  test('what is wrong with them', () => {
    expect(problems({ message: 'nps' })).toMatchObject([{ code: 'missing field', name: 'was' }]);
    expect(problems({ message: 7, was: 'read' })).toMatchObject([
      { path: ['message'], code: 'wrong type' },
      { path: ['was'], code: 'not one of', found: 'read' },
    ]);
    expect(problems({ message: 'nps', was: 'sent', within: '90 dys' })).toMatchObject([
      { path: ['within'], code: 'bad value' },
    ]);
    expect(problems({ message: 'nps', was: 'sent', within: 90 })).toMatchObject([
      { path: ['within'], code: 'wrong type' },
    ]);
    expect(problems({ message: 'nps', was: 'sent', 'profile.age': 3 })).toMatchObject([
      { path: ['profile.age'], code: 'needs its own object', form: 'message' },
    ]);
    expect(problems({ completed: 'welcome', inJourney: 'welcome' })).toMatchObject([
      { path: ['inJourney'], code: 'needs its own object' },
    ]);
  });
});

describe('mentions', () => {
  const condition = meaning({
    all: [
      { 'event.cart_id': { 'same as': 'entry.cart_id' } },
      { any: [{ send: 'hello', was: 'opened' }, { 'event.order': { 'same as': 'entry.order' } }] },
    ],
  });

  test('fields and sends are found wherever they stand', () => {
    expect([...fieldsOf(condition)].map(fieldName)).toEqual([
      'event.cart_id',
      'entry.cart_id',
      'event.order',
      'entry.order',
    ]);
    expect([...stepsOf(condition)]).toEqual(['hello']);
  });

  test('only what must hold is demanded: nothing inside any', () => {
    expect([...demandedPairs(condition)].map((pair) => pair.map(fieldName))).toEqual([
      ['event.cart_id', 'entry.cart_id'],
    ]);
  });
});

/** A field that is missing is told at the object that misses it, so every path leads to something written. */
function reaches(value: unknown, path: readonly (string | number)[]): boolean {
  let current = value;
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return false;
    current = Reflect.get(current, part);
  }
  return true;
}
