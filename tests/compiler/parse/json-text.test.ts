// Whatever a file holds: a value with places, or diagnostics. Never an exception.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finding, tell } from '#lib/compiler/diagnostics.ts';
import { located, MOST_CHARACTERS, readJson } from '#lib/compiler/parse/json-text.ts';
import { MOST_LEVELS, tooDeepAt } from '#lib/compiler/parse/nesting.ts';
import { positionAt } from '#lib/compiler/parse/source-file.ts';

const read = (text: string): ReturnType<typeof readJson> => readJson({ path: 'journeys/a.json', text });
const codes = (text: string): string[] => read(text).diagnostics.map(({ code }) => code);

describe('accepted', () => {
  test.each([
    ['comments', '{ // one\n "a": 1 /* two */ }', { a: 1 }],
    ['trailing commas', '{ "a": [1, 2,], }', { a: [1, 2] }],
    ['a byte order mark', '\uFEFF{ "a": 1 }', { a: 1 }],
    ['Windows line ends', '{\r\n "a": 1\r\n}', { a: 1 }],
    [
      'brackets in texts and comments',
      `{ "a": "${'['.repeat(300)}" } // ${'{'.repeat(300)}`,
      { a: '['.repeat(300) },
    ],
    [
      'names that objects have by birth',
      '{ "constructor": 1, "toString": 2 }',
      { constructor: 1, toString: 2 },
    ],
  ])('%s', (_, text, value) => {
    expect(read(text).diagnostics).toEqual([]);
    expect(read(text).json?.value).toEqual(value);
  });
});

describe('refused', () => {
  test.each([
    ['nothing', '', ['empty-file']],
    ['space', ' \n\t', ['empty-file']],
    ['a byte order mark alone', '\uFEFF', ['empty-file']],
    ['a comment alone', '/* later */', ['empty-file']],
    ['a missing comma', '{ "a": 1 "b": 2 }', ['syntax-error']],
    ['a missing brace', '{ "a": 1', ['syntax-error']],
    ['single quotes', "{ 'a': 1 }", ['syntax-error']],
    ['an open text', '{ "a": "b\n}', ['syntax-error']],
    ['an open comment', '{ "a": 1 } /* and', ['syntax-error']],
    ['two values', '{} {}', ['syntax-error']],
    ['two mistakes on two lines', '{ "a" 1,\n "b" 2 }', ['syntax-error', 'syntax-error']],
    ['a key twice', '{ "a": 1, "a": 2 }', ['duplicate-key']],
    ['a key three times', '{ "a": 1, "a": 2, "a": 3 }', ['duplicate-key', 'duplicate-key']],
    ['a key twice, once escaped', '{ "a": 1, "\\u0061": 2 }', ['duplicate-key']],
    ['a name that would set the prototype', '{ "x": { "__proto__": { "admin": true } } }', ['reserved-key']],
  ])('%s', (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
    expect(read(text).json).toBeUndefined();
  });

  test('the same key in different objects is fine', () => {
    expect(codes('[{ "a": 1 }, { "a": { "a": 2 } }]')).toEqual([]);
  });

  test('a prototype is never set', () => {
    read('{ "__proto__": { "polluted": true } }');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('the place of a key that is written twice, and of the first one', () => {
    const [told] = read('{\n  "b": 0,\n  "a": 1,\n  "a": 2\n}').diagnostics;
    expect(told).toMatchObject({ pointer: '/a', line: 4, column: 3 });
    expect(told?.message).toBe(tell('duplicate-key', { name: 'a', firstLine: 3 }).message);
  });
});

describe('limits', () => {
  test('200 levels are read, the bracket of the next is pointed at', () => {
    expect(codes('['.repeat(MOST_LEVELS) + ']'.repeat(MOST_LEVELS))).toEqual([]);
    const deep = '['.repeat(MOST_LEVELS + 1) + ']'.repeat(MOST_LEVELS + 1);
    expect(read(deep).diagnostics).toMatchObject([
      { code: 'nested-too-deep', line: 1, column: MOST_LEVELS + 1 },
    ]);
    expect(codes('{"a":'.repeat(10_000))).toEqual(['nested-too-deep']);
  });

  test('closed brackets do not count', () => {
    expect(tooDeepAt('[]'.repeat(1000))).toBeUndefined();
  });

  test('a million characters are read, one more is not', () => {
    expect(codes('{}'.padEnd(MOST_CHARACTERS))).toEqual([]);
    expect(codes('{}'.padEnd(MOST_CHARACTERS + 1))).toEqual(['file-too-large']);
  });

  test('what is wrong on many lines is told for twenty, and the rest is counted', () => {
    const told = read(`[\n${'nonsense,\n'.repeat(100)}]`).diagnostics;
    expect(told.filter(({ code }) => code === 'syntax-error')).toHaveLength(20);
    expect(told.at(-1)).toMatchObject({
      code: 'too-many-syntax-errors',
      ...tell('too-many-syntax-errors', { more: 80 }),
    });
  });
});

describe('places', () => {
  const text = '{\n  // first\n  "steps": [\n    { "id": "a" },\n    { "id": "b", "a/b~c": 1 }\n  ]\n}';
  const json = read(text).json;
  const at = (path: (string | number)[], what: 'key' | 'value') =>
    json === undefined ? [] : located(json, [{ ...finding('empty-list', path, {}), at: what }]);

  test('of a value, of a key, of an entry of a list', () => {
    expect(at(['steps', 1, 'id'], 'value')).toMatchObject([{ pointer: '/steps/1/id', line: 5, column: 13 }]);
    expect(at(['steps', 1, 'id'], 'key')).toMatchObject([{ line: 5, column: 7 }]);
    expect(at(['steps', 1], 'value')).toMatchObject([{ pointer: '/steps/1', line: 5, column: 5 }]);
    expect(at([], 'value')).toMatchObject([{ pointer: '', line: 1, column: 1 }]);
  });

  test('pointers are escaped as RFC 6901 says', () => {
    expect(at(['steps', 1, 'a/b~c'], 'key')).toMatchObject([
      { pointer: '/steps/1/a~1b~0c', line: 5, column: 18 },
    ]);
  });

  test('of something that is not there: what is around it', () => {
    expect(at(['steps', 0, 'type'], 'value')).toMatchObject([{ line: 4, column: 5 }]);
    expect(at(['goal', 'event'], 'key')).toMatchObject([{ line: 1, column: 1 }]);
  });

  test('lines and columns count from 1, beyond the end is the end', () => {
    expect(positionAt('ab\ncd', 0)).toEqual({ line: 1, column: 1 });
    expect(positionAt('ab\ncd', 2)).toEqual({ line: 1, column: 3 });
    expect(positionAt('ab\ncd', 3)).toEqual({ line: 2, column: 1 });
    expect(positionAt('ab\ncd', 99)).toEqual({ line: 2, column: 3 });
    expect(positionAt('', -1)).toEqual({ line: 1, column: 1 });
  });
});

describe('properties', () => {
  test('JSON that is written is read back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value, null, 2);
        fc.pre(!text.includes('__proto__'));
        expect(read(text).json?.value).toEqual(JSON.parse(text));
      }),
    );
  });

  test('any text gives a value or errors within it', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '//',
      '/*',
      '*/',
      '\n',
      '\\',
      'a',
      '1',
      'null',
      ' ',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { json, diagnostics } = read(text);
        expect(json === undefined).toBe(diagnostics.length > 0);
        const lines = text.split('\n').length;
        for (const { line, column } of diagnostics) {
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
