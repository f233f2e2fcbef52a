// What messages know of products: the lists of the catalogue, and what settings recommend from them.
import { describe, expect, it } from 'vitest';
import { readCatalog } from '#lib/messages/catalog.ts';
import { summarise } from '#lib/messages/compiled-message.ts';
import { pageLinks } from '#lib/messages/links.ts';
import { createRenderer } from '#lib/messages/create-renderer.ts';
import { createRecommend } from '#lib/messages/recommend.ts';
import type { Recommendation } from '#lib/journey/recommendation.ts';
import { compile, compiled } from './message-fixture.ts';

const CSV =
  'id,name,category,price,sold\nlamp,Lamp,light,89.5,4\nbowl,Bowl,table,16,9\npendant,Pendant,light,64,7\n007,Spoon,table,3,1\n';

function problemsOf(files: Readonly<Record<string, string>>): string[] {
  return readCatalog(files).problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

describe('the catalogue', () => {
  const { catalog } = readCatalog({ 'products.csv': CSV });

  it('reads CSV with numbers as numbers and ids as texts', () => {
    expect(catalog['products']?.['lamp']).toEqual({
      id: 'lamp',
      name: 'Lamp',
      category: 'light',
      price: 89.5,
      sold: 4,
    });
    expect(Object.keys(catalog['products'] ?? {})).toContain('007');
  });

  it('reads JSON, as a list or by id, with comments', () => {
    const list = '[{ "id": "lamp", "name": "Lamp" }, /* old */ { "id": 7, "name": "Bowl" },]';
    const byId = '{ "lamp": { "name": "Lamp" }, "7": { "name": "Bowl" } }';
    for (const text of [list, byId])
      expect(readCatalog({ 'products.json': text })).toMatchObject({
        catalog: { products: { lamp: { id: 'lamp', name: 'Lamp' }, '7': { id: '7' } } },
        problems: [],
      });
  });

  it('leaves out what a cell does not say', () => {
    expect(readCatalog({ 'p.csv': 'id,name,price\na,,5\n' }).catalog).toEqual({
      p: { a: { id: 'a', price: 5 } },
    });
  });

  it.each([
    ['no id', { 'p.csv': 'name\nLamp\n' }, 'p.csv:2 This item has no "id".'],
    ['an id twice', { 'p.csv': 'id\na\nb\na\n' }, 'p.csv:4 The id "a" is used by an earlier item.'],
    ['more cells than columns', { 'p.csv': 'id,name\na,b,c\n' }, 'p.csv:2 This is not CSV'],
    ['nothing', { 'p.csv': 'id,name\n' }, 'p.csv:1 This list is empty.'],
    ['no JSON', { 'p.json': '[\n{ "id": }]' }, 'p.json:2 This is not JSON'],
    ['no list', { 'p.json': '7' }, 'p.json:1 This is no list of items.'],
    ['an item that is none', { 'p.json': '[{ "id": "a" },\n7]' }, 'p.json:2 This item has no "id".'],
    [
      'another name',
      { 'My Products.csv': 'id\na\n' },
      'My Products.csv:1 "My Products.csv" cannot be a list',
    ],
    [
      'two files for one list',
      { 'p.csv': 'id\na\n', 'p.json': '[{"id":"a"}]' },
      'p.json:1 The list "p" is written in two files.',
    ],
  ])('tells what is wrong: %s', (_, files, expected) => {
    expect(problemsOf(files as Record<string, string>).join('\n')).toContain(expected);
    expect(problemsOf(files as Record<string, string>)).toHaveLength(1);
  });
});

describe('recommendations', () => {
  const { catalog } = readCatalog({ 'products.csv': CSV });
  const nobody = { profile: {}, entry: {} };

  function ids(wanted: Partial<Recommendation>, subject = nobody): unknown[] {
    const one: Recommendation = { from: 'products', most: 3, ...wanted };
    return createRecommend({ one }, catalog)(subject)['one']?.map(({ id }) => id) ?? [];
  }

  it('the best first, as many as wanted', () => {
    expect(ids({ best: 'sold' })).toEqual(['bowl', 'pendant', 'lamp']);
    expect(ids({ best: 'sold', most: 1 })).toEqual(['bowl']);
  });

  it('those like the one in question first, then the others, never the one itself', () => {
    const wanted = { best: 'sold', same: { category: 'entry.category' }, except: 'entry.id' };
    const subject = { profile: {}, entry: { category: 'light', id: 'lamp' } };
    expect(ids(wanted, subject)).toEqual(['pendant', 'bowl', '007']);
    expect(ids(wanted)).toEqual(['bowl', 'pendant', 'lamp']);
  });

  it('hand-picked, in the order written; what is gone is left out', () => {
    expect(ids({ ids: ['lamp', 'gone', 'bowl'] })).toEqual(['lamp', 'bowl']);
    expect(ids({ from: 'stores', best: 'sold' })).toEqual([]);
  });
});

describe('in messages', () => {
  const { catalog } = readCatalog({ 'products.csv': CSV });
  const recommend: Record<string, Recommendation> = {
    best: {
      from: 'products',
      best: 'sold',
      same: { category: 'entry.category' },
      except: 'profile.last',
      most: 2,
    },
  };
  const about = { name: 'Hello', sample: { entry: { id: 'lamp', category: 'light' } } };
  const text = (sms: string) => ({ 'message.json': about, 'sms.txt': sms });
  const LOOKED_UP = '{{ catalog.products[entry.id].name | default: "it" }}';
  const LISTED = '{% for item in recommend.best %}{{ item.name }}, {% endfor %}';

  it('print what the catalogue has when they are sent', async () => {
    const message = await compiled(text(`${LOOKED_UP}: ${LISTED}`), { catalog, recommend });
    const renderer = createRenderer({
      messages: [message],
      links: pageLinks(undefined),
      defaultLocale: 'en',
      brand: {},
      catalog,
      recommend,
    });
    const entry = { id: 'lamp', category: 'table' };
    const variables = { profile: { last: 'bowl' }, entry, saved: {}, journey: { id: 'j', step: 's' } };
    const key = `hello@${message.hash}`;
    expect(renderer.render(key, 'sms', ['+49'], 'en', variables).text).toBe('Lamp: Spoon, Pendant,');
    const gone = { ...variables, entry: { id: 'gone' } };
    expect(renderer.render(key, 'sms', ['+49'], 'en', gone).text).toBe('it: Pendant, Lamp,');
  });

  it('tell the run which properties of its event a recommendation needs', async () => {
    const message = await compiled(text(LISTED), { catalog, recommend });
    expect(summarise(message, recommend).entryProperties).toEqual(['category']);
  });

  it.each([
    [
      'a list that is not there',
      '{{ catalog.product.lamp.name }}',
      'message-unknown-variable',
      'catalog.products',
    ],
    [
      'a recommendation that is not there',
      '{{ recommend.bset[0].name }}',
      'message-unknown-variable',
      'recommend.best',
    ],
    [
      'an item that may be gone tomorrow',
      '{{ catalog.products[entry.id].name }}',
      'message-no-default',
      'default',
    ],
    [
      'the first of a list that may be empty',
      '{{ recommend.best[0].name }}',
      'message-no-default',
      'default',
    ],
  ])('are checked for %s', async (_, sms, code, hint) => {
    const { problems } = await compile(text(sms), { catalog, recommend });
    expect(problems).toMatchObject([{ code, hint: expect.stringContaining(hint) }]);
  });
});
