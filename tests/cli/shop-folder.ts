// A small workspace on disk, and the command line run on it: within this process, or as a process of its own.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { instantSchema, type Instant } from '#lib/contracts/time.ts';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Connect } from '#lib/cli/deployed-system.ts';
import { runCommandLine } from '#lib/cli/main.ts';
import { createTerminal } from '#lib/cli/terminal.ts';

const root = mkdtempSync(join(process.env['WEND_TEST_FOLDER'] ?? tmpdir(), 'wend-cli-'));
let shops = 0;

export const SETTINGS = {
  brand: { name: 'Small shop' },
  timezone: 'UTC',
  locale: 'en',
  vocabulary: {
    events: { 'Product Added': { price: 'number' }, 'Cart Viewed': {} },
    traits: { firstName: 'text' },
  },
  topics: { promotions: { name: 'Offers' } },
  defaultTopic: 'promotions',
  senders: { default: { sms: { sender: 'SHOP' } } },
};

export const CART = {
  name: 'Cart',
  stage: 'decision',
  status: 'live',
  entry: { event: 'Product Added' },
  steps: [
    { id: 'give-time', type: 'wait', for: '1 hour' },
    { id: 'remind', type: 'send', message: 'reminder', channel: 'sms' },
  ],
};

const STREAM = [
  {
    type: 'identify',
    messageId: 'm1',
    userId: 'anna',
    timestamp: '2026-03-27T10:00:00Z',
    traits: { phone: '+4915112345678' },
  },
  {
    type: 'track',
    messageId: 'm2',
    userId: 'anna',
    timestamp: '2026-03-27T10:00:00Z',
    event: 'Product Added',
    properties: { price: 50 },
  },
];

/** Files of a shop, or changes to it: text is written as it is, other values as JSON, null leaves the file out. */
export type ShopFiles = Readonly<Record<string, unknown>>;

/** Writes a shop of its own and returns its folder, which holds `workspace/` and `events.jsonl`. */
export function writeShop(changes: ShopFiles = {}): string {
  shops += 1;
  const folder = join(root, String(shops));
  const files: ShopFiles = {
    'workspace/settings.json': SETTINGS,
    'workspace/journeys/cart.json': CART,
    'workspace/messages/reminder/message.json': { name: 'Reminder' },
    'workspace/messages/reminder/sms.txt': 'Still interested? {{ unsubscribe_url }}',
    'events.jsonl': STREAM.map((call) => JSON.stringify(call)).join('\n'),
    ...changes,
  };
  for (const [path, content] of Object.entries(files)) {
    if (content === null) continue;
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    const text =
      typeof content === 'string' || content instanceof Uint8Array
        ? content
        : JSON.stringify(content, null, 2);
    writeFileSync(whole, text);
  }
  return folder;
}

/** What a command said, and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const NOW = instantSchema.parse('2026-03-27T10:00:00.000Z');

/** Runs `wend` in this process; paths in `words` that begin with `./` are in the shop's folder. */
export function wend(folder: string, ...words: readonly string[]): Promise<Outcome> {
  return wendOn(() => Promise.reject(new Error('this test has no environment')), folder, ...words);
}

/** As `wend`, with environments to sign in to. */
export function wendOn(connect: Connect, folder: string, ...words: readonly string[]): Promise<Outcome> {
  return wendAt(NOW, connect, folder, ...words);
}

/** As `wendOn`, at an instant. */
export async function wendAt(
  now: Instant,
  connect: Connect,
  folder: string,
  ...words: readonly string[]
): Promise<Outcome> {
  let out = '';
  let err = '';
  const terminal = createTerminal({ write: (text) => (out += text) }, { write: (text) => (err += text) }, {});
  const placed = words.map((word) => (word.startsWith('./') ? join(folder, word) : word));
  const code = await runCommandLine(placed, terminal, {
    version: '0.0.0',
    debug: false,
    connect,
    findLocals: () => [],
    now: () => now,
    untilInterrupted: () => ({ signal: AbortSignal.abort(), promise: Promise.resolve() }),
  });
  return { code, out: out.replaceAll(`${folder}/`, ''), err: err.replaceAll(`${folder}/`, '') };
}

const BIN = new URL('../../bin/wend.ts', import.meta.url).pathname;

/** Runs `wend` as a process in the shop's folder. */
export function wendProcess(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Outcome {
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, WEND_DEBUG: _debug, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...inherited, ...environment },
  });
  return { code: status, out: stdout, err: stderr };
}
