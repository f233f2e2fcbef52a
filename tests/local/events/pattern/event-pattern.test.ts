// What event patterns pass, beyond what was recorded: each operator, lists of objects, and what is refused with which words.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { parseEventPattern, parseEventPatternText } from '#lib/local/events/pattern/event-pattern.ts';

const passes = (pattern: Json, event: Json): boolean => parseEventPattern(pattern).matches(event);
/** A pattern of one field against values of it; undefined: it is not there. */
const passing = (matcher: Json, ...values: (Json | undefined)[]): boolean[] =>
  values.map((value) => passes({ a: [matcher] }, value === undefined ? { b: 1 } : { a: value, b: 1 }));

describe('a field passes', () => {
  it.each<[string, Json, (Json | undefined)[], boolean[]]>([
    ['an equal value of the same type', '1', ['1', 1, true, ['2', '1']], [true, false, false, true]],
    [
      'null, which is no text and not nothing',
      null,
      [null, 'null', undefined, []],
      [true, false, false, false],
    ],
    ['a number however it is written', 300, [300, 3e2, '300', 300.5], [true, true, false, false]],
    ['true', true, [true, 'true', 1, false], [true, false, false, false]],
    ['a beginning', { prefix: 'ab' }, ['abc', 'cab', 'AB', 12], [true, false, false, false]],
    ['a beginning in any case', { prefix: { 'equals-ignore-case': 'ab' } }, ['ABc', 'cAB'], [true, false]],
    ['an end', { suffix: '.png' }, ['a.png', 'a.PNG', '.png'], [true, false, true]],
    ['an end in any case', { suffix: { 'equals-ignore-case': '.PNG' } }, ['a.png', 'a.jpg'], [true, false]],
    [
      'a text in any case',
      { 'equals-ignore-case': 'Straße' },
      ['STRASSE', 'straße', 'Strase'],
      [true, true, false],
    ],
    [
      'anything but a number',
      { 'anything-but': 0 },
      [0, 1, '0', null, undefined],
      [false, true, true, true, false],
    ],
    [
      'anything but some',
      { 'anything-but': ['a', 'b'] },
      ['a', 'c', ['a', 'c'], []],
      [false, true, true, false],
    ],
    [
      'anything but beginnings',
      { 'anything-but': { prefix: ['a', 'b'] } },
      ['ax', 'cx', 1],
      [false, true, true],
    ],
    ['anything but ends', { 'anything-but': { suffix: 'x' } }, ['ax', 'cy'], [false, true]],
    [
      'anything but wildcards',
      { 'anything-but': { wildcard: ['a*', '*b'] } },
      ['ab', 'xb', 'xx'],
      [false, false, true],
    ],
    [
      'anything but a text in any case',
      { 'anything-but': { 'equals-ignore-case': 'A' } },
      ['a', 'b'],
      [false, true],
    ],
    ['numbers in a range', { numeric: ['>', 0, '<=', 5] }, [0, 5, 5.1, '3'], [false, true, false, false]],
    ['a number', { numeric: ['=', 3.018e2] }, [301.8, 301], [true, false]],
    ['no number beyond what AWS compares', { numeric: ['>', 0] }, [5e9, 5.1e9], [true, false]],
    [
      'addresses in a network',
      { cidr: '10.1.2.3/16' },
      ['10.1.0.0', '10.1.255.255', '10.2.0.0', 'x', 1],
      [true, true, false, false, false],
    ],
    [
      'addresses of version 6',
      { cidr: '2001:db8::/32' },
      ['2001:DB8:0:0::1', '2001:db9::', '10.0.0.1'],
      [true, false, false],
    ],
    [
      'the same address in another notation',
      '2001:db8::1',
      ['2001:0db8:0:0:0:0:0:1', '2001:db8::2'],
      [true, false],
    ],
    [
      'a value that is there',
      { exists: true },
      [null, '', {}, [], { c: 1 }, undefined],
      [true, true, false, false, false, false],
    ],
    ['nothing', { exists: false }, [null, {}, [], { c: 1 }, undefined], [false, true, true, true, true]],
    ['a wildcard', { wildcard: 'a*b*c' }, ['abc', 'axxbxxc', 'abcd', 'acb'], [true, true, false, false]],
    [
      'what wildcards would be, escaped',
      { wildcard: String.raw`a\*\\*` },
      [String.raw`a*\x`, 'ax'],
      [true, false],
    ],
    ['exactly a text', { exactly: 'a' }, ['a', 'A'], [true, false]],
  ])('%s', (_, matcher, values, expected) => {
    expect(passing(matcher, ...values)).toEqual(expected);
  });

  it('by a wildcard whatever the same regular expression passes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 9 });
    fc.assert(
      fc.property(text, text, (pattern, value) => {
        const wildcard = pattern.replaceAll(/\*+/g, '*');
        const expression = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`, 's');
        fc.pre((wildcard.match(/\*/g)?.length ?? 0) < 3);
        expect(passing({ wildcard }, value)).toEqual([expression.test(value)]);
      }),
    );
  });

  it('by its name from the root, however its dots came about', () => {
    expect(passes({ 'a.b': { c: ['x'] } }, { a: { 'b.c': 'x' } })).toBe(true);
    expect(passes({ a: { b: ['x'] } }, { 'a.b': 'x' })).toBe(true);
  });

  it('not by what objects inherit', () => {
    expect(passes({ constructor: [{ exists: true }] }, {})).toBe(false);
    expect(passes({ toString: { name: [{ exists: false }] } }, {})).toBe(true);
  });
});

describe('objects in lists', () => {
  const event = {
    items: [
      { sku: 'a', count: 1 },
      { sku: 'b', count: 2, tags: ['x', 'y'] },
    ],
    other: [{ n: 1 }, { n: 2 }],
  };

  it.each<[string, Json, boolean]>([
    ['fields of one element are one match', { items: { sku: ['b'], count: [2] } }, true],
    ['fields of different elements are none', { items: { sku: ['a'], count: [2] } }, false],
    ['different lists are independent', { items: { sku: ['b'] }, other: { n: [1] } }, true],
    ['a list within an element belongs to it', { items: { sku: ['a'], tags: ['x'] } }, false],
    ['plain values of a list need not agree', { items: { tags: ['y'] } }, true],
    // Conditions are looked at in the order of their names: the element is chosen by then, or it is not.
    ['what the chosen element has not is absent', { items: { sku: ['a'], tags: [{ exists: false }] } }, true],
    [
      'what any element has is there, before one is chosen',
      { items: { count: [{ exists: false }], sku: ['a'] } },
      false,
    ],
  ])('%s', (_, pattern, expected) => {
    expect(passes(pattern, event)).toBe(expected);
  });
});

describe('$or', () => {
  it('holds beside what stands around it, at any depth, and within itself', () => {
    const pattern = {
      source: ['shop'],
      detail: { $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { d: { e: [4] } }] }] },
    };
    expect(passes(pattern, { source: 'shop', detail: { a: 1 } })).toBe(true);
    expect(passes(pattern, { source: 'shop', detail: { b: 2, d: { e: 4 } } })).toBe(true);
    expect(passes(pattern, { source: 'shop', detail: { b: 2 } })).toBe(false);
    expect(passes(pattern, { source: 'else', detail: { a: 1 } })).toBe(false);
  });
});

const wildcards = (count: number, wildcard: (index: number) => string) => ({
  a: Array.from({ length: count }, (_, index) => ({ wildcard: wildcard(index) })),
});

describe('a pattern is refused', () => {
  it.each<[string, string]>([
    ['[]', 'Filter is not an object'],
    ['{}', 'Empty objects are not allowed'],
    ['{"a":{}}', 'a: Empty objects are not allowed'],
    ['{"a":1}', '"a" must be an object or an array'],
    ['{"a":[]}', 'a: Empty arrays are not allowed'],
    ['{"a":[["x"]]}', 'a[0]: Match value must be String, number, true, false, or null'],
    ['{"a":["x",{}]}', 'a[1]: Match expression name not found'],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression'],
    ['{"a":[{"Prefix":"x"}]}', 'Unrecognized match type Prefix'],
    ['{"a":[{"prefix":{"suffix":"x"}}]}', 'Unsupported prefix pattern: suffix'],
    ['{"a":[{"suffix":{"equals-ignore-case":1}}]}', 'must be a string'],
    ['{"a":[{"exists":"true"}]}', 'exists match pattern must be either true or false'],
    ['{"a":[{"anything-but":[]}]}', 'either all values are number or string'],
    ['{"a":[{"anything-but":["x",1]}]}', 'either all values are number or string'],
    ['{"a":[{"anything-but":true}]}', 'must be an array or single string/number value'],
    ['{"a":[{"anything-but":null}]}', 'must be an array or single string/number value'],
    ['{"a":[{"anything-but":{"numeric":["=",1]}}]}', 'Unsupported anything-but pattern: numeric'],
    ['{"a":[{"anything-but":{"prefix":{"equals-ignore-case":"x"}}}]}', 'must be a string'],
    ['{"a":[{"anything-but":{"suffix":["x",""]}}]}', 'Null prefix/suffix not allowed'],
    ['{"a":[{"anything-but":{"wildcard":"x**"}}]}', 'Consecutive wildcard characters at pos 1'],
    ['{"a":[{"wildcard":"x\\\\y"}]}', 'Invalid escape character at pos 1'],
    ['{"a":[{"numeric":[]}]}', 'Invalid member in numeric match'],
    ['{"a":[{"numeric":["!=",1]}]}', 'Unrecognized numeric range operator: !='],
    ['{"a":[{"numeric":["=","1"]}]}', 'must be numeric'],
    ['{"a":[{"numeric":["<",1,">",0]}]}', 'Too many elements in numeric expression'],
    ['{"a":[{"numeric":[">",1,"=",2]}]}', 'Bad numeric range operator'],
    ['{"a":[{"numeric":[">",5,"<",3]}]}', 'Bottom must be less than top'],
    ['{"a":[{"numeric":[">=",3,"<=",3]}]}', 'Bottom must be less than top'],
    ['{"a":[{"numeric":[">",0,"<",1,"<",2]}]}', 'Too many terms'],
    ['{"a":[{"numeric":["<",6e9]}]}', 'Value must be between'],
    ['{"a":[{"cidr":"10.0.0.0"}]}', "one '/' required"],
    ['{"a":[{"cidr":"10.0.0.0/32"}]}', 'must be < 32'],
    ['{"a":[{"cidr":"10.0.0.0/x"}]}', 'must be an integer'],
    ['{"a":[{"cidr":"10.0.0.256/8"}]}', 'Nonstandard IP address'],
    ['{"$or":{"a":[1]}}', '$or must be an array'],
    ['{"$or":[{"a":[1]}]}', 'at least 2 objects'],
    ['{"$or":[{"a":[1]},"b"]}', '$or[1]: Only JSON objects'],
    ['{"$or":[{"a":[1]},{"prefix":["b"]}]}', '"prefix" is reserved'],
    ['{"a":[{"wildcard":"*:*:*:*:*:x/*"}]}', 'Rule is too complex'],
    ['{"a":', 'The pattern is no JSON'],
  ])('%s', (text, reason) => {
    expect(() => parseEventPatternText(text)).toThrow(reason);
  });

  it('for more combinations than AWS takes', () => {
    const eleven = Array.from({ length: 11 }, (_, index) => ({ x: [index] }));
    const pattern = { a: { $or: eleven }, b: { $or: eleven }, c: { $or: eleven } };
    expect(() => parseEventPattern(pattern)).toThrow('combinations');
  });

  it('for wildcards too many of which can be in question at once, and not for fewer', () => {
    expect(() => parseEventPattern(wildcards(3, (index) => `*:stack/${index}-name/*`))).not.toThrow();
    expect(() => parseEventPattern(wildcards(4, (index) => `*:stack/${index}-name/*`))).toThrow(
      'too complex',
    );
    expect(() => parseEventPattern(wildcards(9, (index) => `${index}-*`))).not.toThrow();
  });
});
