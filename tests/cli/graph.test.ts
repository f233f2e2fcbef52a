import { describe, expect, it } from 'vitest';
import { CART, wend, writeShop } from './shop-folder.ts';

const graph = (folder: string, ...words: readonly string[]) =>
  wend(folder, 'graph', '--workspace', './workspace', ...words);

describe('graph', () => {
  it('draws a journey as Mermaid, as SVG, and gives its boxes and arrows as JSON', async () => {
    const shop = writeShop();
    const mermaid = await graph(shop, 'cart');
    expect(mermaid.code).toBe(0);
    expect(mermaid.out).toMatch(/^flowchart/);
    expect(mermaid.out).toContain('give-time');
    expect((await graph(shop, 'cart', '--format', 'svg')).out).toMatch(/^<svg[^]*<\/svg>\n$/);
    const json: unknown = JSON.parse((await graph(shop, 'cart', '--json')).out);
    expect(json).toMatchObject({
      journey: 'cart',
      arrows: expect.arrayContaining([{ from: 'give-time', to: 'remind', back: false }]),
    });
  });

  it('draws a journey whatever the others are like', async () => {
    const shop = writeShop({
      'workspace/journeys/broken.json': '{',
      'workspace/journeys/idea.json': { ...CART, status: 'draft' },
    });
    expect((await graph(shop, 'cart')).code).toBe(0);
    expect((await graph(shop, 'idea')).code).toBe(0);
  });

  it('shows the errors of a journey that cannot be drawn', async () => {
    const { code, out, err } = await graph(writeShop({ 'workspace/journeys/cart.json': '{' }), 'cart');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('journeys/cart.json:1:');
  });

  it.each([
    [['card'], 'Did you mean cart?'],
    [['cart', '--format', 'png'], 'Allowed choices are mermaid, svg.'],
    [[], "missing required argument 'journey'"],
  ])('ends with 2 for %j', async (words, message) => {
    const { code, err } = await graph(writeShop(), ...words);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
