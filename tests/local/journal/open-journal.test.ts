// What the journal promises: whatever was acknowledged is there after a kill at any moment, and damage is never taken for data.
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import type { JournalPart } from '#lib/local/journal/journal.ts';
import { openJournal, type OpenJournal } from '#lib/local/journal/open-journal.ts';

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A part that keeps values by name: `[name, value]`; null takes one away. */
class Values implements JournalPart {
  readonly values = new Map<string, Json>();
  readonly name: string;

  constructor(name = 'values') {
    this.name = name;
  }

  restore(record: Json): void {
    const [name, value] = record as [string, Json];
    if (value === null) this.values.delete(name);
    else this.values.set(name, value);
  }

  *snapshot(): Iterable<Json> {
    for (const [name, value] of this.values) yield [name, value];
  }

  set(journal: OpenJournal, name: string, value: Json): void {
    journal.append(this.name, [name, value]);
    this.restore([name, value]);
  }
}

interface Opened {
  readonly journal: OpenJournal;
  readonly part: Values;
  readonly notices: string[];
}

async function open(folder: string, slackBytes?: number): Promise<Opened> {
  const notices: string[] = [];
  const journal = openJournal(folder, {
    onNotice: (message) => notices.push(message),
    ...(slackBytes !== undefined && { slackBytes }),
  });
  const part = new Values();
  journal.register(part);
  try {
    await journal.restore();
  } catch (error) {
    await journal.close();
    throw error;
  }
  return { journal, part, notices };
}

/** What a kill leaves: the files as they are, and the lock of a process that is gone. */
function afterKill(folder: string): string {
  const copy = newFolder();
  // A snapshot that is being written may get its name at any moment, between the listing and the copying too: as a partial file it is
  // worth nothing, and segments go only when it has its name.
  cpSync(folder, copy, { recursive: true, filter: (file) => !file.endsWith('.partial') });
  writeFileSync(join(copy, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 1 }));
  return copy;
}

const segmentsIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith('segment-'))
    .toSorted();

const operations = fc.array(
  fc.tuple(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.oneof(fc.constant(null), fc.string({ unit: 'grapheme', maxLength: 20 }), fc.integer()),
  ),
  { minLength: 1, maxLength: 40 },
);

test('nobody else on the machine reads what is kept', async () => {
  const folder = join(newFolder(), 'data');
  const journal = openJournal(folder, { onNotice: () => undefined });
  journal.register(new Values());
  await journal.restore();
  journal.append('values', ['name', 'Ada']);
  const modes = [folder, ...readdirSync(folder).map((name) => join(folder, name))].map(
    (path) => statSync(path).mode & 0o077,
  );
  await journal.close();
  expect(modes.length).toBeGreaterThan(1);
  expect(new Set(modes)).toEqual(new Set([0]));
});

describe('a kill', () => {
  test('at any byte leaves what was acknowledged by then, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(operations, fc.double({ min: 0, max: 1, noNaN: true }), async (written, where) => {
        const folder = newFolder();
        const { journal, part } = await open(folder);
        const file = join(folder, segmentsIn(folder)[0] ?? '');
        /** How long the file is, and what the part holds, after each operation. */
        const states = [{ bytes: 0, values: new Map<string, Json>() }];
        for (const [name, value] of written) {
          part.set(journal, name, value);
          states.push({ bytes: readFileSync(file).length, values: new Map(part.values) });
        }
        const cut = Math.floor(where * (states.at(-1)?.bytes ?? 0));
        const copy = afterKill(folder);
        await journal.close();
        truncateSync(join(copy, segmentsIn(copy)[0] ?? ''), cut);
        const reopened = await open(copy);
        const expected = states.findLast(({ bytes }) => bytes <= cut);
        expect(reopened.part.values).toEqual(expected?.values);
        // And it goes on from there.
        reopened.part.set(reopened.journal, 'later', 1);
        await reopened.journal.close();
        const again = await open(copy);
        expect(again.part.values).toEqual(reopened.part.values);
        expect(again.notices).toEqual([]);
        await again.journal.close();
      }),
      { numRuns: 60 },
    );
  });

  test('while a snapshot takes the place of segments loses nothing, whichever of its files are there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), async (turns) => {
        const folder = newFolder();
        const { journal, part } = await open(folder, 200);
        for (let turn = 0; turn < turns; turn += 1) {
          part.set(journal, `name ${turn % 7}`, `value ${turn}`);
          if (turn % 3 === 0)
            await new Promise((resolve) => {
              setImmediate(resolve);
            });
        }
        const copy = afterKill(folder);
        const reopened = await open(copy);
        expect(reopened.part.values).toEqual(part.values);
        await reopened.journal.close();
        await journal.close();
      }),
      { numRuns: 40 },
    );
  });

  test('by the system in the middle of its work: every line that a process has printed is there', async () => {
    const folder = newFolder();
    const script = join(import.meta.dirname, 'append-for-ever.ts');
    const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = -1;
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (text: Buffer) => {
        acknowledged = Number(text.toString().trim().split('\n').at(-1));
        if (acknowledged > 500) child.kill('SIGKILL');
      });
      child.once('exit', () => resolve());
    });
    const { journal, part } = await open(folder);
    expect(part.values.get('count')).toBeGreaterThanOrEqual(acknowledged);
    await journal.close();
  });
});

describe('damage', () => {
  test.each([
    ['a byte that has changed', (bytes: Buffer) => bytes.fill(0x21, 60, 61)],
    [
      'a line that is missing a piece',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 50), bytes.subarray(60)]),
    ],
  ])('is an error that names file and line: %s', async (_, spoil) => {
    const folder = newFolder();
    const { journal, part } = await open(folder);
    for (let count = 0; count < 5; count += 1) part.set(journal, `name ${count}`, 'a value of some length');
    await journal.close();
    const file = join(folder, segmentsIn(folder)[0] ?? '');
    writeFileSync(file, spoil(readFileSync(file)));
    await expect(open(folder)).rejects.toThrow(`${file} is damaged in line 2 (byte 19)`);
  });

  test('a segment that is missing is an error that names it', async () => {
    const folder = newFolder();
    const { journal, part } = await open(folder, 100);
    for (let count = 0; count < 20; count += 1) part.set(journal, `name ${count}`, 'a value of some length');
    await journal.close();
    const missing = join(folder, segmentsIn(folder)[0] ?? '');
    rmSync(missing);
    await expect(open(folder)).rejects.toThrow(`${missing} is missing`);
  });

  test('files of another version are refused', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'segment-00000001.jsonl'), '{"wend-journal":2}\n');
    await expect(open(folder)).rejects.toThrow('(format 1)');
  });

  test('records of a part that is not there are refused', async () => {
    const folder = newFolder();
    const journal = openJournal(folder, { onNotice: () => undefined });
    journal.register(new Values('something else'));
    await journal.restore();
    journal.append('something else', ['a', 1]);
    await journal.close();
    await expect(open(folder)).rejects.toThrow('"something else"');
  });
});

test('half a record at the end is dropped with a notice', async () => {
  const folder = newFolder();
  const { journal, part } = await open(folder);
  part.set(journal, 'a', 1);
  part.set(journal, 'b', 2);
  await journal.close();
  const file = join(folder, segmentsIn(folder)[0] ?? '');
  truncateSync(file, readFileSync(file).length - 3);
  const reopened = await open(folder);
  expect([...reopened.part.values]).toEqual([['a', 1]]);
  expect(reopened.notices).toEqual([expect.stringContaining('half a record')]);
  await reopened.journal.close();
});

test('the files do not grow beyond what the records amount to', async () => {
  const folder = newFolder();
  const { journal, part } = await open(folder, 10_000);
  const bytes = () =>
    readdirSync(folder).reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  // 5,000 records of about 45 bytes; ten of them are alive.
  for (let count = 0; count < 5000; count += 1) part.set(journal, `name ${count % 10}`, `value ${count}`);
  await vi.waitFor(() => {
    part.set(journal, 'name 0', 'the snapshot is written meanwhile');
    expect(bytes()).toBeLessThan(12_000);
  });
  await journal.close();
  const reopened = await open(folder);
  expect(reopened.part.values).toEqual(part.values);
  await reopened.journal.close();
});

describe('the folder', () => {
  test('belongs to one process at a time', async () => {
    const folder = newFolder();
    const { journal } = await open(folder);
    await expect(open(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
    await journal.close();
    const { journal: next } = await open(folder);
    await next.close();
  });

  test.each([
    ['of a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 1 })],
    ['of an earlier process with the same number', JSON.stringify({ pid: process.pid, startedAt: 1 })],
    ['that was not written to its end', '{"pid":'],
  ])('is taken over with a lock %s', async (_, lock) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'lock'), lock);
    const { journal } = await open(folder);
    await journal.close();
    expect(readdirSync(folder)).toEqual(['segment-00000001.jsonl']);
  });
});

test('a folder that is none, or cannot be written, is told as such, with what to do', async () => {
  const folder = newFolder();
  const file = join(folder, 'notes.txt');
  writeFileSync(file, 'mine');
  // Linux lets nobody make a folder in /proc; elsewhere there is none, and nobody may make one.
  for (const wrong of [file, join(file, 'inside'), '/proc/nothing', '/proc/nothing/inside'])
    expect(() => openJournal(wrong, { onNotice: () => undefined })).toThrow(
      expect.objectContaining({
        name: 'JournalError',
        message: expect.stringMatching(/cannot hold the journal: .*Name a folder/) as string,
      }),
    );
  mkdirSync(join(folder, 'segment-00000001.jsonl'));
  const journal = openJournal(folder, { onNotice: () => undefined });
  await expect(journal.restore()).rejects.toThrow(/cannot hold the journal/);
  await journal.close();
  expect(readFileSync(file, 'utf8')).toBe('mine');
});
