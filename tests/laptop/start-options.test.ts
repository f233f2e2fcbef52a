// What each option of a start brings about in a local cloud that runs, and which mistakes are only known when the stack is there.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deploymentName, tableName } from '#lib/contracts/deployment-names.ts';
import { ATTRIBUTES } from '#lib/contracts/profiles-table.ts';
import { runAssembly, type AssemblyRun } from '#lib/laptop/run-assembly.ts';
import type { Laptop } from '#lib/laptop/start-laptop.ts';
import type { StackAssembly } from '#lib/local/deployment/assembly.ts';
import { ENVIRONMENT, ROOT, synthesisedStack } from '../deployed/synthesised-stack.ts';
import { freePorts } from './free-ports.ts';

/** A start takes some seconds of two free processors, and a machine that tests has none. */
const LONG = 240_000;
const HOUR = 3_600_000;
const NIGHT = Date.parse('2026-03-28T22:00:00Z');

const folder = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-options-'));
/** Not that of the others: a command with `--local` finds what runs in its own repository. */
const repository = join(folder, 'repository');
const running = new Set<Laptop>();
let assembly: StackAssembly;

beforeAll(async () => {
  mkdirSync(repository);
  symlinkSync(join(ROOT, 'workspace'), join(repository, 'workspace'));
  assembly = await synthesisedStack();
}, LONG);

afterEach(async () => {
  for (const laptop of running) await laptop.close();
  running.clear();
}, LONG);

interface Started {
  readonly laptop: Laptop;
  /** What was told to the terminal. */
  readonly lines: readonly string[];
}

async function started(given: Partial<AssemblyRun>): Promise<Started> {
  const lines: string[] = [];
  const laptop = await runAssembly({
    repository,
    environment: ENVIRONMENT,
    assembly,
    port: await freePorts(),
    speed: 1,
    isPaused: false,
    data: undefined,
    chaos: undefined,
    sample: given.stream ?? false,
    stream: undefined,
    start: undefined,
    codeCache: join(folder, 'compiled'),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    onLine: ({ text }) => lines.push(text),
    ...given,
  });
  running.add(laptop);
  return { laptop, lines };
}

async function ended({ laptop }: Started): Promise<void> {
  running.delete(laptop);
  await laptop.close();
}

type Answer = Readonly<Record<string, unknown>>;

async function api({ laptop }: Started, path: string): Promise<Answer> {
  return (await (await fetch(`${laptop.page}/api/${path}`)).json()) as Answer;
}

const now = async (one: Started): Promise<number> => Date.parse(String((await api(one, 'clock'))['now']));

async function isTold(one: Started): Promise<void> {
  await expect
    .poll(async () => (await api(one, 'clock'))['sample'], { timeout: LONG, interval: 200 })
    .toMatchObject({ state: 'done' });
}

let files = 0;

function stream(...lines: readonly unknown[]): string {
  files += 1;
  const path = join(folder, `events-${files}.jsonl`);
  writeFileSync(path, lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'));
  return path;
}

function order(userId: string): Answer {
  return {
    type: 'track',
    userId,
    messageId: `order-of-${userId}`,
    timestamp: '2026-03-02T10:00:00Z',
    event: 'Order Completed',
    properties: { order_id: `of-${userId}`, total: 40, currency: 'EUR' },
  };
}

describe('a start', { timeout: LONG }, () => {
  it('with --no-sample begins with nobody, and with --speed lets time flow as fast as it says', async () => {
    const one = await started({ speed: 1440 });
    expect(await api(one, 'clock')).toMatchObject({ speed: 1440, sample: { state: 'none', all: 0 } });
    const before = await now(one);
    // At real time this takes an hour.
    await expect.poll(() => now(one), { timeout: 60_000 }).toBeGreaterThan(before + HOUR);
    expect([await api(one, 'customers'), await api(one, 'messages')]).toMatchObject([{ all: 0 }, { all: 0 }]);
  });

  it('with --start and --paused shows that instant until it is told to go', async () => {
    const one = await started({ start: NIGHT, isPaused: true });
    expect([await now(one), await now(one)]).toEqual([NIGHT, NIGHT]);
    expect(await api(one, 'clock')).toMatchObject({ isPaused: true });
  });

  it('with --events and --start is told the day of the file, ending then, and says which lines it has left out', async () => {
    const path = stream(order('ada'), 'not JSON', order('grace'), { ...order('x'), userId: undefined }, '{}');
    const one = await started({ stream: path, start: NIGHT, isPaused: true });
    await isTold(one);
    expect(await now(one)).toBe(NIGHT);
    expect(await api(one, 'customers')).toMatchObject({ all: 2 });
    await expect
      .poll(async () => (await api(one, 'messages'))['all'], { timeout: LONG })
      .toBeGreaterThanOrEqual(2);
    expect(one.lines).toContain(
      `${path}: 3 of 5 lines are left out: not JSON (line 2), no customer (line 4), no type (line 5).`,
    );
  });

  it('with --chaos throttles what asks the table, and still knows everybody; without it nothing is refused', async () => {
    const people = Array.from({ length: 12 }, (_, index) => order(`person-${index}`));
    const unlucky = await started({ chaos: 7, stream: stream(...people), isPaused: true });
    await isTold(unlucky);
    expect(await refusals(unlucky)).toBeGreaterThan(0);
    await expect
      .poll(async () => (await api(unlucky, 'customers'))['all'], { timeout: LONG, interval: 500 })
      .toBe(12);
    await ended(unlucky);
    expect(await refusals(await started({}))).toBe(0);
  });
});

/** Of so many that one in fifty would be several. */
const REQUESTS = 400;

async function refusals({ laptop }: Started): Promise<number> {
  const client = new DynamoDBClient({
    endpoint: laptop.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const key = { [ATTRIBUTES.partition]: { S: 'nobody' }, [ATTRIBUTES.sort]: { S: 'DOC' } };
  let refused = 0;
  for (let index = 0; index < REQUESTS; index += 1)
    try {
      await client.send(new GetItemCommand({ TableName: tableName(deploymentName(ENVIRONMENT)), Key: key }));
    } catch (error) {
      if ((error as Error).name !== 'ProvisionedThroughputExceededException') throw error;
      refused += 1;
    }
  client.destroy();
  return refused;
}

describe('a start that cannot be', { timeout: LONG }, () => {
  it.each([
    [['not JSON', '{}'], 'is an event: not JSON (line 1), no type (line 2); docs/events.md says'],
    [[{ ...order('ada'), event: 'Message Opened' }], 'has nothing to tell: '],
  ])('says that %j is nothing to be told, before it keeps anything', async (lines, words) => {
    const data = join(folder, `never-${files}`);
    await expect(started({ stream: stream(...lines), data })).rejects.toMatchObject({
      name: 'StreamProblem',
      where: 'content',
      message: expect.stringContaining(words),
    });
    expect(existsSync(data)).toBe(false);
  });

  it('says why a folder of --data does not do: in use, with another beginning, of another version', async () => {
    const data = join(folder, 'data');
    const first = await started({ data, start: NIGHT, isPaused: true });
    await expect(started({ data })).rejects.toThrow(`${data} is in use by process ${process.pid}`);
    await ended(first);
    await expect(started({ data, start: NIGHT - HOUR })).rejects.toMatchObject({
      message: `--start is for a fresh cloud, and ${data} goes on from 2026-03-28T22:00:00.000Z`,
      hint: expect.stringContaining('Time does not go back.'),
    });
    const file = join(data, 'segment-00000001.jsonl');
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, written.replace('{"wend-journal":1}', '{"wend-journal":2}'));
    await expect(started({ data })).rejects.toThrow(
      'does not begin as a journal of this version of Wend does',
    );
  });

  it('says that a kept cloud is not told --events', async () => {
    const data = join(folder, 'kept');
    await ended(await started({ data, start: NIGHT, isPaused: true }));
    const path = stream(order('ada'));
    // It goes on from where it was: to now would be months.
    const again = await started({ data, stream: path, isPaused: true });
    expect(again.lines).toContain(
      `--events is for a fresh cloud: ${data} goes on with what it has, and ${path} is not told.`,
    );
    expect(await api(again, 'customers')).toMatchObject({ all: 0 });
  });
});
