import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepository } from '#lib/repository/repository.ts';
import { environments, type TestEnvironment } from './environments.ts';
import { CART, wend, wendOn, writeShop } from './shop-folder.ts';

const PLACES = ['--workspace', './workspace', '--versions', './state-machines'];

/** A journey in its second version, the first one beside it. */
async function shop() {
  const folder = writeShop({
    'workspace/messages/second/message.json': { name: 'Second' },
    'workspace/messages/second/sms.txt': 'Once more? {{ unsubscribe_url }}',
  });
  const compile = () => wend(folder, 'compile', '--workspace', './workspace', '--to', './state-machines');
  const versions = () => readdirSync(join(folder, 'state-machines/cart'));
  await compile();
  const [first = ''] = versions();
  const [wait, send] = CART.steps;
  const edited = {
    ...CART,
    steps: [
      { ...wait, for: '2 hours' },
      { ...send, message: 'second' },
    ],
  };
  writeShopFile(folder, 'workspace/journeys/cart.json', edited);
  await compile();
  const [second = ''] = versions().filter((one) => one !== first);
  const { workspace } = await readRepository({
    workspace: join(folder, 'workspace'),
    versions: join(folder, 'state-machines'),
  });
  const retire = (all: Readonly<Record<string, TestEnvironment>>, ...more: readonly string[]) => {
    const known = environments(all);
    const names = Object.keys(all).flatMap((name) => ['--environment', name]);
    return wendOn(known.connect, folder, 'retire', ...PLACES, ...names, ...more).then((outcome) => ({
      ...outcome,
      known,
    }));
  };
  return { folder, first, second, versions, retire, mark: workspace.mark };
}

function writeShopFile(folder: string, path: string, content: unknown): void {
  writeFileSync(join(folder, path), JSON.stringify(content));
}

const messagesIn = (folder: string): readonly string[] =>
  readdirSync(join(folder, 'state-machines/messages')).map((name) => name.split('@')[0] ?? '');

describe('retire', () => {
  it('removes a version that nobody is in, its message, and its place in a stack', async () => {
    const { folder, first, second, versions, retire, mark } = await shop();
    const { code, out, known } = await retire({ production: { mark } });
    expect(out).toMatch(new RegExp(`cart +${first} +removed +nobody is in it`));
    expect(out).toContain('1 version and 1 message removed. 1 newest version stays.');
    expect([code, versions(), messagesIn(folder)]).toEqual([0, [second], ['second']]);
    expect(known.open).toBe(0);
    expect(
      (await wend(folder, 'compile', ...PLACES.slice(0, 2), '--to', './state-machines', '--check')).code,
    ).toBe(0);
  });

  it('keeps a version with somebody inside, anywhere, and says where', async () => {
    const { first, versions, retire, mark } = await shop();
    const staging = { mark, inside: { [`cart@${first}`]: 12 } };
    const { code, out } = await retire({ production: { mark }, staging });
    expect(out).toMatch(new RegExp(`cart +${first} +stays +12 customers inside in staging`));
    expect([code, versions().length]).toEqual([0, 2]);
  });

  it('keeps a version whose goal can still be reached, and one with an execution that is on', async () => {
    const { first, retire, mark } = await shop();
    const goals = await retire({ production: { mark, goals: { [`cart@${first}`]: 1 } } });
    expect(goals.out).toContain('the goal of 1 customer can still be reached in production');
    const running = await retire({ production: { mark, running: [`wend-production-cart-${first}-resume`] } });
    expect(running.out).toContain('an execution is still on in production');
    expect(running.out).toContain('Nothing to remove.');
  });

  it('removes nothing with --dry-run', async () => {
    const { versions, retire, mark } = await shop();
    const { out } = await retire({ production: { mark } }, '--dry-run');
    expect(out).toContain('1 version and 1 message may go; nothing was removed (--dry-run).');
    expect(versions()).toHaveLength(2);
  });

  it('keeps everything where another state of the repository is deployed: it may still let people in', async () => {
    const { first, versions, retire } = await shop();
    const { code, out, known } = await retire({ production: { mark: 'of last week' } });
    expect(out).toMatch(new RegExp(`${first} +stays +production was deployed from another state`));
    expect([code, versions().length, known.asked]).toEqual([1, 2, []]);
  });

  it('removes the last version of a journey that is a draft again, or whose file is gone', async () => {
    const { folder, first, second, retire } = await shop();
    writeShopFile(folder, 'workspace/journeys/cart.json', { ...CART, status: 'draft' });
    const { workspace } = await readRepository({
      workspace: join(folder, 'workspace'),
      versions: join(folder, 'state-machines'),
    });
    const inside = { [`cart@${second}`]: 1 };
    const { out } = await retire({ production: { mark: workspace.mark, inside } }, '--json');
    expect(JSON.parse(out)).toMatchObject({
      removed: [{ journey: 'cart', version: first }],
      kept: [{ journey: 'cart', version: second, because: { kind: 'inside', customers: 1 } }],
    });
    const then = await readRepository({
      workspace: join(folder, 'workspace'),
      versions: join(folder, 'state-machines'),
    });
    await retire({ production: { mark: then.workspace.mark } });
    expect(existsSync(join(folder, 'state-machines/cart'))).toBe(false);
    expect(messagesIn(folder)).toEqual([]);
  });

  it('removes nothing where an environment gives no answer', async () => {
    const { folder, versions, retire, mark } = await shop();
    const unsure = await retire({ production: {} });
    expect([unsure.code, unsure.err]).toEqual([
      2,
      expect.stringContaining('has not said yet what is deployed'),
    ]);
    const known = environments({ production: { mark } });
    const places = [...PLACES, '--environment', 'production', '--environment', 'staging'];
    const { code, err } = await wendOn(known.connect, folder, 'retire', ...places);
    expect([code, err]).toEqual([2, 'error: staging cannot be asked: there are no AWS credentials\n']);
    expect([versions().length, known.open]).toEqual([2, 0]);
  });

  it('wants to know which environments there are', async () => {
    const { folder } = await shop();
    const { code, err } = await wend(folder, 'retire', ...PLACES);
    expect([code, err]).toEqual([2, expect.stringContaining('--environment')]);
    const wrong = await wend(folder, 'retire', ...PLACES, '--environment', 'Production!');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('lower-case letters')]);
  });

  it('removes nothing while the workspace has errors', async () => {
    const { folder, versions, retire, mark } = await shop();
    writeFileSync(join(folder, 'workspace/journeys/cart.json'), '{');
    const { code, err } = await retire({ production: { mark } });
    expect([code, versions().length]).toEqual([1, 2]);
    expect(err).toContain('the workspace');
  });
});
