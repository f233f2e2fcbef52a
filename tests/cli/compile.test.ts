import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CART, wend, writeShop } from './shop-folder.ts';

const compile = (folder: string, ...more: readonly string[]) =>
  wend(folder, 'compile', '--workspace', './workspace', '--to', './state-machines', ...more);

const filesOf = (folder: string): string[] => {
  try {
    const entries = readdirSync(join(folder, 'state-machines'), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + '/state-machines/'.length))
      .toSorted();
  } catch {
    return [];
  }
};

describe('compile', () => {
  it('writes machines, manifest and message of each live journey, and no draft', async () => {
    const shop = writeShop({ 'workspace/journeys/idea.json': { ...CART, status: 'draft' } });
    const { code, out } = await compile(shop);
    expect(code).toBe(0);
    expect(out).toMatch(/cart +new version +[0-9a-f]{12} +\d+ states/);
    expect(out).toMatch(/idea +draft/);
    expect(filesOf(shop)).toEqual([
      expect.stringMatching(/^cart\/[0-9a-f]{12}\/machine\.asl\.json$/),
      expect.stringMatching(/^cart\/[0-9a-f]{12}\/manifest\.json$/),
      expect.stringMatching(/^cart\/[0-9a-f]{12}\/resume\.asl\.json$/),
      expect.stringMatching(/^messages\/reminder@[0-9a-f]{12}\.json$/),
      'stacks.json',
    ]);
  });

  it('writes the same journey once, and an edited one as a further version', async () => {
    const shop = writeShop();
    await compile(shop);
    const before = filesOf(shop);
    expect((await compile(shop)).out).toContain('unchanged');
    expect(filesOf(shop)).toEqual(before);
    const [wait, send] = CART.steps;
    const edited = { ...CART, steps: [{ ...wait, for: '2 hours' }, send] };
    writeFileSync(join(shop, 'workspace/journeys/cart.json'), JSON.stringify(edited));
    expect((await compile(shop)).out).toContain('new version');
    expect(filesOf(shop)).toEqual(expect.arrayContaining(before));
    expect(filesOf(shop)).toHaveLength(before.length + 3);
  });

  it('never touches a version that somebody has changed by hand', async () => {
    const shop = writeShop();
    await compile(shop);
    const path = join(shop, 'state-machines', filesOf(shop)[0] ?? '');
    const changed = readFileSync(path, 'utf8').replace('"StartAt"', '"startAt"');
    writeFileSync(path, changed);
    const { code, err } = await compile(shop);
    expect(code).toBe(1);
    expect(err).toContain('a version never changes');
    expect(readFileSync(path, 'utf8')).toBe(changed);
  });

  it('does not mind how the lines of a version end', async () => {
    const shop = writeShop();
    await compile(shop);
    const path = join(shop, 'state-machines', filesOf(shop)[0] ?? '');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
    expect((await compile(shop)).out).toContain('unchanged');
  });

  it('with --check writes nothing and says whether anything is to be compiled', async () => {
    const shop = writeShop();
    const before = await compile(shop, '--check');
    expect([before.code, filesOf(shop)]).toEqual([1, []]);
    expect(before.out).toContain('not compiled yet');
    await compile(shop);
    expect((await compile(shop, '--check')).code).toBe(0);
  });

  it('keeps the list of stacks to the versions that there are', async () => {
    const shop = writeShop();
    await compile(shop);
    const [first = ''] = filesOf(shop);
    const list = join(shop, 'state-machines/stacks.json');
    const key = first.split('/').slice(0, 2).join('@');
    expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({ [key]: 1 });
    writeFileSync(list, JSON.stringify({ [key]: 3, 'gone@0123456789ab': 1 }));
    const { code, out } = await compile(shop, '--check');
    expect([code, out]).toEqual([1, expect.stringContaining('list of stacks')]);
    await compile(shop);
    expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({ [key]: 3 });
  });

  it('writes nothing where something is wrong', async () => {
    const shop = writeShop({ 'workspace/journeys/broken.json': '{' });
    const { code, err } = await compile(shop);
    expect([code, filesOf(shop)]).toEqual([1, []]);
    expect(err).toContain('journeys/broken.json:1:');
    expect(err).toContain('nothing was compiled');
  });

  it('compiles the journeys that are named, whatever the others are like', async () => {
    const shop = writeShop({ 'workspace/journeys/broken.json': '{', 'workspace/journeys/other.json': CART });
    const { code, out } = await compile(shop, 'cart', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ journeys: [{ journey: 'cart', state: 'new' }] });
    expect(filesOf(shop).filter((file) => file.startsWith('other'))).toEqual([]);
    expect((await compile(shop, 'broken')).code).toBe(1);
  });

  it('knows no other journeys than those there are', async () => {
    const { code, err } = await compile(writeShop(), 'card');
    expect(code).toBe(2);
    expect(err).toContain('there is no journey "card"');
    expect(err).toContain('Did you mean cart?');
  });

  it('says where it cannot write', async () => {
    const shop = writeShop({ 'state-machines': 'a file' });
    const { code, err } = await compile(shop);
    expect(code).toBe(2);
    expect(err).toMatch(/state-machines.* cannot be (read|written): a part of its path is a file/);
  });
});
