// What is put together for a deployment, and what keeps a deployment from being put together.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepository } from '#lib/repository/repository.ts';
import { RepositoryProblem } from '#lib/repository/repository-problem.ts';
import { CART, wend, writeShop, type ShopFiles } from '../cli/shop-folder.ts';

const compiledShop = async (files: ShopFiles = {}) => {
  const shop = writeShop(files);
  await wend(shop, 'compile', '--workspace', './workspace', '--to', './state-machines');
  return shop;
};
const read = (shop: string) =>
  readRepository({ workspace: join(shop, 'workspace'), versions: join(shop, 'state-machines') });
const problem = async (shop: string) => {
  const error: unknown = await read(shop).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RepositoryProblem);
  const { message, hint } = error as RepositoryProblem;
  return `${message}\n${hint}`.replaceAll(`${shop}/`, '');
};
const write = (shop: string, path: string, content: unknown) =>
  writeFileSync(join(shop, path), typeof content === 'string' ? content : JSON.stringify(content));

describe('what is deployed', () => {
  it('is every committed version; new runs start on the one that the workspace compiles to', async () => {
    const shop = await compiledShop();
    const before = await read(shop);
    const [wait, send] = CART.steps;
    write(shop, 'workspace/journeys/cart.json', { ...CART, steps: [{ ...wait, for: '2 hours' }, send] });
    await wend(shop, 'compile', '--workspace', './workspace', '--to', './state-machines');
    const after = await read(shop);
    expect(after.versions).toHaveLength(2);
    expect(after.workspace.manifests).toHaveLength(2);
    expect(after.workspace.newest['cart']).not.toBe(before.workspace.newest['cart']);
    expect(after.workspace.mark).not.toBe(before.workspace.mark);
    write(shop, 'workspace/journeys/cart.json', CART);
    expect((await read(shop)).workspace.newest).toEqual(before.workspace.newest);
  });

  it('keeps the versions of a journey that is a draft again, or gone, and lets nobody in', async () => {
    const shop = await compiledShop();
    write(shop, 'workspace/journeys/cart.json', { ...CART, status: 'draft' });
    const draft = await read(shop);
    rmSync(join(shop, 'workspace/journeys/cart.json'));
    const gone = await read(shop);
    for (const { versions, workspace } of [draft, gone]) {
      expect(versions).toHaveLength(1);
      expect(workspace.newest).toEqual({});
    }
  });

  it('takes pauses from the newest file', async () => {
    const shop = await compiledShop();
    write(shop, 'workspace/journeys/cart.json', { ...CART, status: 'paused', whilePaused: 'drain' });
    expect((await read(shop)).workspace.journeys['cart']).toMatchObject({
      status: 'paused',
      whilePaused: 'drain',
    });
  });
});

describe('nothing is deployed', () => {
  it('of a workspace with errors: their places are told, and the command that shows them', async () => {
    const shop = await compiledShop();
    write(shop, 'workspace/journeys/cart.json', { ...CART, entry: { event: 'Produkt Added' } });
    expect(await problem(shop)).toMatch(
      /^the workspace in workspace has errors:\n {2}workspace\/journeys\/cart\.json:1:\d+ .*Produkt Added[\s\S]*npx wend check/,
    );
  });

  it('where a journey is not compiled as it is now', async () => {
    const shop = await compiledShop({ 'workspace/journeys/second.json': CART });
    const [wait, send] = CART.steps;
    write(shop, 'workspace/journeys/second.json', { ...CART, steps: [{ ...wait, for: '2 hours' }, send] });
    expect(await problem(shop)).toBe(
      'not compiled as they are now: second\nRun npx wend compile, and commit what it writes.',
    );
  });

  it('where a version has no stack', async () => {
    const shop = await compiledShop();
    const list = join(shop, 'state-machines/stacks.json');
    expect(readFileSync(list, 'utf8')).toContain('cart@');
    rmSync(list);
    expect(await problem(shop)).toContain('npx wend compile');
  });
});
