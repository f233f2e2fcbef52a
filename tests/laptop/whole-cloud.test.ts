// The local cloud as a user runs it, in a process of its own: the printed commands are pasted into a shell, it is ended and started again.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from './free-ports.ts';
import { HAS_CHROMIUM, openChromium } from './page/chromium.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DATA = join(mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-whole-')), 'data');
/** A start takes ten seconds of two free processors, and a machine that tests has none. */
const LONG = 240_000;

interface Started {
  readonly child: ChildProcess;
  readonly page: string;
  /** The printed commands. */
  readonly commands: readonly string[];
}

let port = 0;
let cloud: Started | undefined;

beforeAll(async () => {
  port = await freePorts();
  cloud = await started('--data', DATA);
}, LONG);

afterAll(async () => {
  if (cloud !== undefined) await ended(cloud);
}, LONG);

describe('a local cloud that keeps its data', { timeout: LONG }, () => {
  it('tells itself a day, in which messages go out', async () => {
    await expect.poll(() => messages(), { timeout: LONG, interval: 500 }).toBeGreaterThan(0);
    await expect
      .poll(async () => (await api('clock'))['sample'], { timeout: LONG, interval: 500 })
      .toMatchObject({ state: 'done' });
  });

  it.skipIf(shell('aws --version').status !== 0)('prints a command of the AWS CLI that works', () => {
    expect(shell(cloud?.commands[0] ?? '')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('"FailedEntryCount": 0'),
    });
  });

  it('prints commands of the SDK and of wend that work', () => {
    const [, bySdk = '', byWend = ''] = cloud?.commands ?? [];
    expect(shell(bySdk)).toMatchObject({ status: 0, stdout: expect.stringContaining('EventId') });
    // As it is printed it says which one is meant: others may run on this machine.
    expect(byWend).toContain(`--port ${port}`);
    const { status, stdout } = shell(byWend);
    expect([status, stdout]).toEqual([0, expect.stringContaining('The bus has taken "')]);
    expect(stdout).toMatch(/ {2}enters$/m);
  });

  it('knows the customer whom the printed commands told of', async () => {
    await expect
      .poll(async () => (await api('customers?find=ada'))['customers'], { timeout: LONG, interval: 500 })
      .toContainEqual(expect.objectContaining({ external: 'ada', name: 'Ada' }));
  });

  it.skipIf(!HAS_CHROMIUM)(
    'shows in a browser who is where, what went out, and a day that has passed',
    async () => {
      const browser = await openChromium();
      try {
        const page = await browser.newPage();
        await page.goto(cloud?.page ?? '');
        const inside = page.getByRole('row').filter({ hasNot: page.getByRole('columnheader') });
        await inside.first().waitFor();
        const rows = await inside.allTextContents();
        expect(rows.filter((text) => /[1-9]/.test(text)).length).toBeGreaterThan(3);
        await page.getByRole('link', { name: 'Outbox' }).click();
        await page.locator('.channel').first().waitFor();
        const before = Date.parse(String((await api('clock'))['now']));
        await page.getByRole('button', { name: '+1 day' }).click();
        await expect
          .poll(async () => Date.parse(String((await api('clock'))['now'])) - before, {
            timeout: LONG,
            interval: 500,
          })
          .toBeGreaterThanOrEqual(24 * 60 * 60 * 1000);
      } finally {
        await browser.close();
      }
    },
  );

  it('ends well, and goes on where it was', async () => {
    const before = await messages();
    const people = await customers();
    expect(cloud && (await ended(cloud))).toBe(0);
    cloud = await started('--data', DATA, '--paused');
    expect(await messages()).toBeGreaterThanOrEqual(before);
    expect(await customers()).toBe(people);
    expect(await api('clock')).toMatchObject({ isPaused: true, sample: { state: 'none' } });
  });
});

function start(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['bin/wend.ts', 'start', '--port', String(port), ...words], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function started(...words: readonly string[]): Promise<Started> {
  const child = start(...words);
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await new Promise<void>((done, reject) => {
    child.once('exit', () => reject(new Error(`it does not run:\n${printed}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      if (printed.includes('Ctrl-C')) done();
    });
  });
  const page = /Page +(\S+)/.exec(printed)?.[1] ?? '';
  // Commands begin at the margin, so that they can be pasted; all else is indented.
  return { child, page, commands: printed.split('\n').filter((line) => /^(?:AWS_|npx )/.test(line)) };
}

async function ended({ child }: Started): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

function shell(command: string) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout, stderr };
}

async function api(path: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${cloud?.page}/api/${path}`);
  return (await answer.json()) as Readonly<Record<string, unknown>>;
}

const messages = async (): Promise<number> => Number((await api('messages'))['all']);
const customers = async (): Promise<number> => Number((await api('customers'))['all']);
