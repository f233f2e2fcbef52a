import { instantSchema } from '#lib/contracts/time.ts';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '#lib/cli/main.ts';
import { createTerminal } from '#lib/cli/terminal.ts';
import { wend, wendProcess, writeShop } from './shop-folder.ts';

// Building patterns from the character's code keeps a control character out of the source.
const ESCAPE = String.fromCharCode(27);

describe('the command line', () => {
  it.each(['check', 'compile', 'graph', 'vocabulary', 'play'])(
    'explains %s with an example',
    async (command) => {
      const { code, out } = await wend(writeShop(), command, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`Usage: wend ${command}`);
      expect(out).toContain('--json');
      expect(out).toMatch(/Examples?:\n {2}wend /);
    },
  );

  it.each(['check', 'compile', 'play', 'journeys', 'pause', 'resume', 'broadcast', 'retire'])(
    'describes %s in sentences that fill their lines',
    async (command) => {
      const { out } = await wend(writeShop(), command, '--help');
      const [, description = ''] = out.split('\n\n');
      for (const line of description.split('\n').slice(0, -1))
        expect(line).toMatch(/^.{80,100}$|^.{0,100}\.$/);
    },
  );

  it('lists its commands and exit codes', async () => {
    const { code, out } = await wend(writeShop(), '--help');
    expect(code).toBe(0);
    for (const word of ['check', 'compile', 'graph', 'vocabulary', 'play', 'retire', 'Exit codes'])
      expect(out).toContain(word);
  });

  it.each([
    [['chek'], "unknown command 'chek'\n(Did you mean check?)"],
    [['check', '--jason'], "unknown option '--jason'"],
    [['play'], "required option '--events <file>' not specified"],
    [['check', 'x'], 'too many arguments'],
  ])('ends with 2 for %j', async (words, message) => {
    const { code, err } = await wend(writeShop(), ...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('ends with 2 and its help without a command', async () => {
    const { code, err } = await wend(writeShop());
    expect(code).toBe(2);
    expect(err).toContain('Usage: wend');
  });
});

const impossible = (): never => {
  throw new RangeError('something impossible');
};

const connect = () => Promise.reject(new Error('this test has no environment'));

async function breakDown(debug: boolean): Promise<{ readonly code: number; readonly err: string }> {
  let err = '';
  const terminal = createTerminal({ write: impossible }, { write: (text) => (err += text) }, {});
  const words = ['check', '--workspace', join(writeShop(), 'workspace')];
  const code = await runCommandLine(words, terminal, {
    version: '0',
    debug,
    connect,
    findLocals: () => [],
    now: () => instantSchema.parse('2026-03-27T10:00:00.000Z'),
    untilInterrupted: () => ({ signal: AbortSignal.abort(), promise: Promise.resolve() }),
  });
  return { code, err };
}

it.each([
  [['graph', 'crt'], 'there is no journey "crt" in'],
  [['preview', 'nobody'], 'there is no message "nobody" in'],
  [['check', '--jason'], "unknown option '--jason'"],
  [['play', '--events', 'nowhere.jsonl'], 'nowhere.jsonl does not exist'],
])('tells in JSON why %j does nothing, where JSON is asked for', async (words, message) => {
  const { code, out, err } = await wend(writeShop(), ...words, '--json');
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(JSON.parse(out)).toMatchObject({ error: { message: expect.stringContaining(message) } });
});

describe('a fault of wend itself', () => {
  it('ends with 3, a way to report it, and a stack only where it is asked for', async () => {
    const { code, err } = await breakDown(false);
    expect(code).toBe(3);
    expect(err).toContain('internal error: RangeError: something impossible');
    expect(err).toContain('WEND_DEBUG=1');
    expect(err).not.toMatch(/\n +at /);
    expect((await breakDown(true)).err).toMatch(/\n +at /);
  });
});

describe('as a process', () => {
  const shop = writeShop();
  const broken = writeShop({ 'workspace/journeys/cart.json': '{' });

  it('ends with the code, and colours nothing in a pipe', () => {
    expect(wendProcess(shop, ['check'])).toEqual({
      code: 0,
      out: 'no problems in 1 journey of workspace\n',
      err: '',
    });
    const failed = wendProcess(broken, ['check']);
    expect(failed.code).toBe(1);
    expect(failed.out).not.toContain(ESCAPE);
  });

  it('colours where it is asked to, unless NO_COLOR forbids it', () => {
    expect(wendProcess(broken, ['check'], { FORCE_COLOR: '1' }).out).toContain(ESCAPE);
    expect(wendProcess(broken, ['check'], { FORCE_COLOR: '1', NO_COLOR: '1' }).out).not.toContain(ESCAPE);
  });

  it('says its version', () => {
    expect(wendProcess(shop, ['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends quietly where the reader of its output has seen enough', async () => {
    const bin = new URL('../../bin/wend.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [bin, 'play', '--events', 'events.jsonl', '--json'], { cwd: shop });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await new Promise((resolve) => child.on('close', resolve));
    expect(err).toBe('');
  });
});
