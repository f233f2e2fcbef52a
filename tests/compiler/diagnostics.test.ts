// Suggestions, order and wording of diagnostics.
import { describe, expect, test } from 'vitest';
import { DIAGNOSTICS } from '#lib/compiler/diagnostics/registry.ts';
import { closest, hintFor, listed } from '#lib/compiler/diagnostics/suggestion.ts';
import { fileDiagnostic, inOrder, jsonPointer, type Diagnostic } from '#lib/compiler/diagnostics.ts';

describe('suggestions', () => {
  test.each([
    ['cart-remindr', ['cart-reminder', 'need-help'], 'cart-reminder'],
    ['order completed', ['Order Cancelled', 'Order Completed'], 'Order Completed'],
    ['order_completed', ['Order Completed'], 'Order Completed'],
    ['promo', ['promotions', 'news'], 'promotions'],
    ['Berlin', ['Europe/Paris', 'Europe/Berlin'], 'Europe/Berlin'],
    ['x', ['y', 'z'], undefined],
    ['fax', ['email', 'sms'], undefined],
    ['anything', [], undefined],
  ])('%s of %j', (name, known, expected) => {
    expect(closest(name, known)).toBe(expected);
  });

  test('where nothing is close, a hint lists what there is, and how many more', () => {
    expect(hintFor('x', ['aa', 'bb'], 'none')).toBe('Possible: "aa" and "bb".');
    expect(hintFor('x', [], 'none')).toBe('none');
    expect(listed(['a', 'b', 'c'], 2)).toBe('"a", "b" and 1 more');
    expect(listed(['a'])).toBe('"a"');
  });
});

test('pointers are escaped as RFC 6901 says', () => {
  expect(jsonPointer([])).toBe('');
  expect(jsonPointer(['a/b', 0, 'c~d', ''])).toBe('/a~1b/0/c~0d/');
});

const at = (file: string, line: number, column: number): Diagnostic =>
  fileDiagnostic('empty-file', { file, line, column }, {});

test('diagnostics come by file, line and column; at one place as they were found', () => {
  const [a, b, c, d] = [at('a', 10, 1), at('a', 9, 5), at('b', 1, 1), at('a', 9, 2)];
  expect(inOrder([c, a, b, d])).toEqual([d, b, a, c]);
});

test('titles are short, and each says something of its own', () => {
  const titles = Object.values(DIAGNOSTICS).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(titles.filter((title) => title.length > 70 || title.endsWith('.'))).toEqual([]);
});
