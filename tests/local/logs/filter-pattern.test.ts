// Which lines a pattern finds: examples in the way of AWS's page on filter patterns.
import { describe, expect, it } from 'vitest';
import { parseFilterPattern } from '#lib/local/logs/filter-pattern.ts';

const LINES = [
  '{"level":"ERROR","message":"page failed","reason":"timeout"}',
  '{"level":"WARN","message":"page is late"}',
  '{"level":"INFO","message":"a \\"quoted\\" page"}',
];

const found = (pattern: string) =>
  LINES.flatMap((line, index) => (parseFilterPattern(pattern)(line) ? [index] : []));

describe('a pattern', () => {
  it.each([
    ['', [0, 1, 2]],
    ['page', [0, 1, 2]],
    ['PAGE', []],
    ['page ERROR', [0]],
    ['"page failed"', [0]],
    ['"page   failed"', []],
    ['?"page failed" ?late', [0, 1]],
    ['page -ERROR', [1, 2]],
    ['-"is late"', [0, 2]],
    [String.raw`"\"quoted"`, [2]],
    [String.raw`"\\\"quoted"`, [2]],
  ])('%s', (pattern, lines) => {
    expect(found(pattern)).toEqual(lines);
  });

  it.each([
    ['"page', 'InvalidParameterException'],
    ['""', 'InvalidParameterException'],
    ['{ $.level = "ERROR" }', 'NotImplemented'],
    ['[ip, user]', 'NotImplemented'],
    ['%p.ge%', 'NotImplemented'],
    ['?page ERROR', 'NotImplemented'],
  ])('%s is refused', (pattern, name) => {
    expect(() => parseFilterPattern(pattern)).toThrow(expect.objectContaining({ name }));
  });
});
