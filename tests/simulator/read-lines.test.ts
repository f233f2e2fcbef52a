import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE, readLines } from '#lib/simulator/read-lines.ts';
import { collect, temporaryFile, temporaryPath } from './temporary-file.ts';

const read = (content: string | Uint8Array): Promise<unknown[]> => collect(readLines(temporaryFile(content)));

describe('the lines of a file', () => {
  it('are numbered as an editor numbers them; blank ones are passed over', async () => {
    expect(await read('a\n\n  \nb\r\nc')).toEqual([
      { number: 1, text: 'a' },
      { number: 4, text: 'b' },
      { number: 5, text: 'c' },
    ]);
  });

  it('are the same from gzip, whatever the file is called, also from several pieces', async () => {
    const packed = Buffer.concat([gzipSync('a\nb\n'), gzipSync('c\n')]);
    expect(await read(packed)).toEqual(await read('a\nb\nc\n'));
  });

  it('are not broken at separators that may stand inside a JSON text', async () => {
    expect(await read('{"a":"x\u2028y\u2029z"}\n')).toEqual([{ number: 1, text: '{"a":"x\u2028y\u2029z"}' }]);
  });

  it('may begin with a byte order mark', async () => {
    expect(await read('\uFEFF{}\n')).toEqual([{ number: 1, text: '{}' }]);
  });

  it('are whole where they are longer than what is read at once', async () => {
    const long = 'x'.repeat(700_000);
    expect(await read(`${long}\n${long}`)).toEqual([
      { number: 1, text: long },
      { number: 2, text: long },
    ]);
  });

  it('have no text where they are too long to be calls, and the next one is read', async () => {
    expect(await read(`${'x'.repeat(LONGEST_LINE + 1)}\nb\n`)).toEqual([
      { number: 1 },
      { number: 2, text: 'b' },
    ]);
  });

  it('are none in an empty file', async () => {
    expect(await read('')).toEqual([]);
    expect(await read(gzipSync(''))).toEqual([]);
  });
});

describe('a file that is no stream', () => {
  it.each([
    ['does not exist', () => temporaryPath('missing.jsonl')],
    [
      'is a folder',
      () => {
        const path = temporaryPath('folder');
        mkdirSync(path);
        return path;
      },
    ],
    [
      'damaged or cut off gzip file: it breaks after line 2',
      () => temporaryFile(Buffer.concat([gzipSync('a\nb\n'), gzipSync('c\n').subarray(0, 12)])),
    ],
    ['is a zip archive', () => temporaryFile(Buffer.from([0x50, 0x4b, 0x03, 0x04, 0]))],
    ['is text in UTF-16', () => temporaryFile(Buffer.from('\uFEFFa\n', 'utf16le'))],
  ])('says so: %s', async (message, path) => {
    await expect(collect(readLines(path()))).rejects.toThrow(message);
  });
});
