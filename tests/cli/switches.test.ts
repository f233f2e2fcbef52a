import { describe, expect, it } from 'vitest';
import { environments } from './environments.ts';
import { CART, wend, wendOn, writeShop } from './shop-folder.ts';

const PLACES = ['--workspace', './workspace', '--versions', './state-machines'];

async function shop(changes: Parameters<typeof writeShop>[0] = {}) {
  const folder = writeShop(changes);
  await wend(folder, 'compile', '--workspace', './workspace', '--to', './state-machines');
  const known = environments({ production: {} });
  const run = (...words: readonly string[]) =>
    wendOn(known.connect, folder, ...words, '--environment', 'production', ...PLACES);
  return { folder, known, run };
}

describe('pause and resume', () => {
  it('pause a journey at once, and say what becomes of those inside', async () => {
    const { known, run } = await shop({ 'workspace/journeys/cart.json': { ...CART, whilePaused: 'drain' } });
    const { code, out } = await run('pause', 'cart');
    expect([code, [...known.switches]]).toEqual([0, [['cart', 'paused']]]);
    expect(out).toBe(
      'cart is paused in production: from now on nobody enters.\n' +
        'Those inside go on to their end.\n' +
        'It goes on with: wend resume cart --environment production\n',
    );
    expect((await run('pause', 'cart')).out).toContain('cart is still paused in production');
    expect(known.open).toBe(0);
  });

  it('pause a journey whose file has errors: whoever is in a hurry need not mend it first', async () => {
    const { known, run } = await shop({ 'workspace/journeys/cart.json': '{' });
    expect((await run('pause', 'cart')).code).toBe(0);
    expect(known.switches.get('cart')).toBe('paused');
  });

  it('resume gives the journey back to its file, so that the file can pause it one day', async () => {
    const { known, run } = await shop();
    await run('pause', 'cart');
    const { out } = await run('resume', 'cart');
    expect([out, known.switches.size]).toEqual(['cart is live in production.\n', 0]);
    expect((await run('resume', 'cart')).out).toContain('It was not paused.');
  });

  it('resume overrules a file that says paused, and says so', async () => {
    const { known, run } = await shop({ 'workspace/journeys/cart.json': { ...CART, status: 'paused' } });
    expect((await run('resume', 'cart')).out).toContain('Its file says "paused" and is overruled.');
    expect(known.switches.get('cart')).toBe('live');
  });

  it.each([
    ['pause', 'card', {}, 'there is no journey "card"'],
    ['pause', 'cart', { 'workspace/journeys/cart.json': { ...CART, status: 'draft' } }, 'cart is a draft'],
    ['resume', 'cart', { 'workspace/journeys/cart.json': { ...CART, status: 'retired' } }, 'cart is retired'],
  ])('%s %s %j: explains itself', async (command, journey, changes, message) => {
    const { known, run } = await shop(changes);
    const { code, err } = await run(command, journey);
    expect([code, known.switches.size]).toEqual([2, 0]);
    expect(err).toContain(message);
  });

  it('are told in words why nobody is let in', async () => {
    const { folder, known } = await shop();
    const words = ['pause', 'cart', '--environment', 'staging', ...PLACES];
    const { code, err } = await wendOn(known.connect, folder, ...words);
    expect([code, err]).toEqual([2, 'error: staging cannot be asked: there are no AWS credentials\n']);
  });
});

describe('journeys', () => {
  it('lists what its file says, what overrules it, and which versions are deployed', async () => {
    const { folder, known, run } = await shop({
      'workspace/journeys/idea.json': { ...CART, status: 'draft' },
    });
    expect((await run('journeys')).out).toMatch(/cart +live +[0-9a-f]{12} +not deployed yet/);
    const { newest: version } =
      (JSON.parse((await run('journeys', '--json')).out) as Listed).journeys[0] ?? {};
    known.switches.set('cart', 'paused');
    const deployed = environments({ production: { machines: [`wend-production-cart-${version}`] } });
    deployed.switches.set('cart', 'paused');
    const words = ['journeys', '--environment', 'production', ...PLACES];
    const { out } = await wendOn(deployed.connect, folder, ...words);
    expect(out).toMatch(/cart +paused, by a switch \(its file: live\) +[0-9a-f]{12}/);
    expect(out).not.toContain('not deployed yet');
    expect(out).toMatch(/idea +draft/);
  });
});

interface Listed {
  readonly journeys: readonly { readonly newest?: string }[];
}

const broadcast = ({ known, folder }: Awaited<ReturnType<typeof shop>>, ...words: readonly string[]) =>
  wendOn(
    known.connect,
    folder,
    'broadcast',
    ...words,
    '--environment',
    'production',
    '--workspace',
    './workspace',
  );

describe('broadcast', () => {
  const RESTOCK = {
    ...CART,
    entry: { event: 'Cart Viewed', audience: { 'profile.firstName': 'Ada' } },
  };
  const restock = () => shop({ 'workspace/journeys/restock.json': RESTOCK });

  it('says first who would ask everybody, and does it with --yes', async () => {
    const here = await restock();
    const { out } = await broadcast(here, 'Cart Viewed');
    expect(out).toBe('1 journey (restock) would ask every customer of production. Add --yes to do it.\n');
    expect(here.known.events).toEqual([]);
    const done = await broadcast(here, 'Cart Viewed', '--id', 'sale-1', '--yes');
    expect(done.out).toMatch(/execution event-[0-9a-f]{24} of the state machine wend-production_audience/);
    expect(here.known.events).toMatchObject([
      { type: 'track', messageId: 'sale-1', event: 'Cart Viewed', properties: {} },
    ]);
    expect(here.known.events[0]).not.toHaveProperty('userId');
  });

  it('explains a property of another type than the vocabulary says: it would concern nobody', async () => {
    const entry = { event: 'Product Added', audience: { 'profile.firstName': 'Ada' } };
    const here = await shop({ 'workspace/journeys/restock.json': { ...RESTOCK, entry } });
    const { code, err } = await broadcast(here, 'Product Added', '--properties', '{"price":"42"}', '--yes');
    expect([code, here.known.events]).toEqual([2, []]);
    expect(err).toContain('"price" of "Product Added" is of type number: "42" is none');
  });

  it.each([
    [['Cart Vewed'], 'no live journey in', 'Did you mean Cart Viewed?'],
    [['Cart Viewed', '--properties', '{'], '--properties is no JSON', 'Such as'],
    [['Cart Viewed', '--properties', '[]'], '--properties is no object', 'Such as'],
    [['Cart Viewed', '--properties', '{"colour":1}'], 'has no property "colour"', ''],
  ])('%j explains itself', async (words, message, hint) => {
    const { code, err } = await broadcast(await restock(), ...words, '--yes');
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(err).toContain(hint);
  });
});
