import { tmpdir } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import {
  closeTemporaryFile,
  mergePartLines,
  openTemporaryFile,
  PartLineWriter,
  TemporaryFileProblem,
} from '#lib/simulator/part-lines.ts';
import { temporaryPath } from './temporary-file.ts';

type Written = readonly [instant: string, customer: number, line: string];

function merged(parts: readonly (readonly Written[])[]): string[] {
  const files = parts.map((lines) => {
    const file = openTemporaryFile();
    const writer = new PartLineWriter(file);
    for (const line of lines) writer.write(...line);
    writer.finish();
    return file;
  });
  const told: string[] = [];
  mergePartLines(files, (line) => told.push(line));
  for (const file of files) closeTemporaryFile(file);
  return told;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

it('lines of all parts come by instant, then by number of the customer, then as they were written', () => {
  const odd: Written[] = [
    ['2026-01-01', 1, 'a'],
    ['2026-01-01', 1, 'b'],
    ['2026-01-01', 11, 'e'],
    ['2026-01-03', 3, 'g'],
  ];
  const even: Written[] = [
    ['2026-01-01', 2, 'c'],
    ['2026-01-01', 8, 'd'],
    ['2026-01-02', 20, 'f'],
  ];
  expect(merged([odd, even]).join('')).toBe('abcdefg');
  expect(merged([even, odd, []]).join('')).toBe('abcdefg');
  expect(merged([[], []])).toEqual([]);
});

it('lines may be longer than what is read at once, and in any script', () => {
  const long = 'größer, 大きい, 🛒 '.repeat(40_000);
  expect(merged([[['2026-01-01', 0, long]], [['2026-01-01', 1, 'x']], [['2026-01-02', 2, long]]])).toEqual([
    long,
    'x',
    long,
  ]);
});

it('a temporary folder that is not there is named', () => {
  vi.stubEnv('TMPDIR', temporaryPath('nowhere'));
  expect(() => openTemporaryFile()).toThrow(TemporaryFileProblem);
  expect(() => openTemporaryFile()).toThrow(`${tmpdir()} cannot be written: it does not exist`);
});
