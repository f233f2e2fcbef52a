/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { instantSchema } from '#lib/contracts/time.ts';
import { CART, SETTINGS, wend, wendAt, writeShop } from './shop-folder.ts';

const check = (folder: string, ...more: readonly string[]) =>
  wend(folder, 'check', '--workspace', './workspace', ...more);

const nobody = () => Promise.reject(new Error('nobody connects here'));

function checkedAt(now: string, folder: string) {
  return wendAt(instantSchema.parse(now), nobody, folder, 'check', '--workspace', './workspace');
}

describe('check', () => {
  it('says that nothing is wrong', async () => {
    expect(await check(writeShop())).toEqual({
      code: 0,
      out: 'no problems in 1 journey of workspace\n',
      err: '',
    });
  });

  it('tells in time that no public holidays will be known, where a journey names a place', async () => {
    const closed = { ...CART, delivery: { closed: [{ holidays: 'DE' }] } };
    const shop = writeShop({ 'workspace/journeys/cart.json': closed });
    expect((await checkedAt('2038-12-31T23:59:59.999Z', shop)).err).toBe('');
    const late = await checkedAt('2039-01-01T00:00:00.000Z', shop);
    expect(late.err).toContain('knows public holidays until the end of 2040');
    expect(late.code).toBe(0);
    expect((await checkedAt('2039-01-01T00:00:00.000Z', writeShop())).err).toBe('');
  });

  it('shows a mistake with its place, the line, a mark under it and what to do', async () => {
    const cart = JSON.stringify({ ...CART, entry: { event: 'Product Aded' } }, null, 2);
    const { code, out } = await check(writeShop({ 'workspace/journeys/cart.json': cart }));
    expect(code).toBe(1);
    expect(out).toContain('workspace/journeys/cart.json:6:14  error  unknown-event');
    expect(out).toContain('    6 |     "event": "Product Aded"\n                     ^\n');
    expect(out).toMatch(/hint: .*Product Added/);
    expect(out).toMatch(/\n1 error in 1 journey of workspace\n$/);
  });

  it('says nothing of journeys and tests that a mistake of the settings has made unreadable', async () => {
    const steps = [{ id: 'go-on', type: 'enter', journey: 'second' }];
    const other = { ...CART, entry: { api: true } };
    const asked = { id: 'ask', type: 'invoke', function: 'score', saveAs: 'score' };
    const { out } = await check(
      writeShop({
        'workspace/settings.json': {
          ...SETTINGS,
          functions: { score: { arn: 'arn:aws:lambda:eu-west-1:123456789012:function:score' } },
          plainEvents: [{ source: 'aws.s3', customer: 'detail.id' }],
        },
        'workspace/journeys/cart.json': { ...CART, steps },
        'workspace/journeys/second.json': { ...other, steps: [asked, ...CART.steps] },
        'workspace/tests/cart.json': {
          journey: 'cart',
          scenarios: [
            {
              name: 'goes on in the second',
              start: '2026-03-27T10:00:00Z',
              customers: [{ id: 'anna' }],
              timeline: [{ at: '0 minutes', event: 'Product Added' }],
              expect: [{ at: '0 minutes', enters: true, journey: 'second' }],
            },
          ],
        },
      }),
    );
    expect(out).toMatch(/settings\.json:.* error {2}invalid-value/);
    expect(out).not.toMatch(/journey-not-in-scenario|saved-never-used/);
  });

  it('gives the same as JSON, with counts', async () => {
    const shop = writeShop({ 'workspace/journeys/cart.json': '{ "name": "Cart", }, x' });
    const { code, out } = await check(shop, '--json');
    const parsed: unknown = JSON.parse(out);
    expect(code).toBe(1);
    expect(parsed).toMatchObject({
      warnings: 0,
      diagnostics: [{ file: 'journeys/cart.json', line: 1, severity: 'error' }],
    });
    expect(parsed).toHaveProperty('errors');
  });

  it('shows the most messages of a customer and what each path costs, where asked', async () => {
    const { code, out } = await check(writeShop(), '--figures');
    expect(code).toBe(0);
    expect(out).toMatch(/The most messages that one customer can get\n.*\n  cart +marketing +\d/);
    expect(out).toMatch(/\$25 a million, as in us-east-1\n.*\n  cart /);
    expect(out).toContain('no problems in 1 journey of workspace');
    const json: unknown = JSON.parse((await check(writeShop(), '--json')).out);
    expect(json).toMatchObject({
      price: { region: 'us-east-1', dollarsPerMillion: 25 },
      journeys: [{ journey: 'cart', marketing: { perRun: expect.any(Number) }, allPaths: true }],
    });
  });

  it('shows no more paths of one journey than anybody reads', async () => {
    const branches = [1, 2, 3, 4, 5].map((number) => ({
      id: `choice-${number}`,
      type: 'branch',
      cases: [{ name: 'yes', when: { reachable: 'email' }, then: [] }],
    }));
    const cart = { ...CART, steps: [...CART.steps, ...branches] };
    const { out } = await check(writeShop({ 'workspace/journeys/cart.json': cart }), '--figures');
    expect(out).toMatch(/\n {2}cart +and (?:more than )?\d+ more \(--json lists/);
    expect(out.split('\n').filter((line) => line.startsWith('  cart ')).length).toBeLessThan(25);
  });

  it('goes on behind a file with errors', async () => {
    const { out } = await check(
      writeShop({
        'workspace/journeys/a.json': '{',
        'workspace/journeys/b.json': '[]',
        'workspace/journeys/c.json': '',
      }),
    );
    for (const name of ['a', 'b', 'c']) expect(out).toContain(`workspace/journeys/${name}.json:1:`);
    expect(out).not.toContain('workspace/journeys/cart.json');
  });

  it('tells a mistake in a message once, in the message', async () => {
    const { code, out } = await check(
      writeShop({ 'workspace/messages/reminder/sms.txt': 'Hello {{ profile.firstNam }' }),
    );
    expect(code).toBe(1);
    expect(out).toContain('workspace/messages/reminder/sms.txt:1:');
    expect(out).not.toContain('journeys/cart.json');
  });

  it('points out files that look as if they were meant to be read', async () => {
    const { code, out } = await check(
      writeShop({
        'workspace/journeys/welcome.jsn': '{}',
        'workspace/journeys/old/x.json': '{}',
        'workspace/messages/loose.html': '',
        'workspace/journey/y.json': '{}',
        'workspace/.git/config': '',
        'workspace/journeys/.DS_Store': '',
        'workspace/journeys/cart.json~': '{',
        'workspace/README.md': 'x',
      }),
    );
    expect(code).toBe(0);
    expect(out.match(/^workspace\/.*file-not-used$/gm)).toEqual([
      'workspace/journey:1:1  warning  file-not-used',
      'workspace/journeys/old:1:1  warning  file-not-used',
      'workspace/journeys/welcome.jsn:1:1  warning  file-not-used',
      'workspace/messages/loose.html:1:1  warning  file-not-used',
    ]);
    expect(out).toContain('Did you mean journeys/?');
    expect(out).toContain('Did you mean welcome.json?');
  });

  it('tells a list that is not saved as UTF-8, once', async () => {
    const shop = writeShop({
      'workspace/segments/fans.json': { name: 'Fans', list: 'fans.csv' },
      'workspace/segments/fans.csv': '',
    });
    writeFileSync(join(shop, 'workspace/segments/fans.csv'), Buffer.from('customer\nMüller\n', 'latin1'));
    const { code, out } = await check(shop);
    expect(code).toBe(1);
    expect(out).toContain('segments/fans.csv:1:1  error  file-unreadable');
    expect(out).toContain('the file is not saved as UTF-8');
    expect(out).toContain('1 error');
  });

  it('says that settings are missing, and where a near miss lies', async () => {
    const { code, out } = await check(
      writeShop({ 'workspace/settings.json': null, 'workspace/setings.json': {} }),
    );
    expect(code).toBe(1);
    expect(out).toContain('settings-missing');
    expect(out).toContain('Did you mean settings.json?');
  });

  it('follows links, and tells those that lead nowhere', async () => {
    const shop = writeShop({ 'elsewhere.json': { ...CART, name: 'Linked' } });
    symlinkSync(join(shop, 'elsewhere.json'), join(shop, 'workspace/journeys/linked.json'));
    expect((await check(shop)).out).toContain('2 journeys');
    symlinkSync(join(shop, 'nowhere.json'), join(shop, 'workspace/journeys/broken.json'));
    const { code, out } = await check(shop);
    expect(code).toBe(1);
    expect(out).toContain('workspace/journeys/broken.json:1:1  error  file-unreadable');
  });

  it.skipIf(process.getuid?.() === 0)('tells a file that may not be read', async () => {
    const shop = writeShop();
    chmodSync(join(shop, 'workspace/journeys/cart.json'), 0);
    expect((await check(shop)).out).toContain('This cannot be read: permission denied.');
  });

  it.each([
    ['does not exist', './nowhere', 'Name the folder that holds settings.json with --workspace.'],
    ['it is a file', './workspace/settings.json', 'Name the folder that holds it.'],
  ])('needs a folder: %s', async (message, folder, hint) => {
    const { code, err } = await wend(writeShop(), 'check', '--workspace', folder);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(hint);
  });
});

describe('names that nothing uses', () => {
  const unused = {
    'workspace/messages/old/message.json': { name: 'Old' },
    'workspace/messages/old/sms.txt': 'Hello',
  };

  it('are told, and are no error', async () => {
    const { code, out } = await check(writeShop(unused));
    expect(code).toBe(0);
    expect(out).toContain('workspace/messages/old/message.json:1:1  warning  never-used');
    expect(out).toContain('The message "old" is used by no journey and no segment.');
  });

  it('are not told beside an error: the name may be missing just there', async () => {
    const cart = { ...CART, entry: { event: 'Product Aded' } };
    const { out } = await check(writeShop({ ...unused, 'workspace/journeys/cart.json': cart }));
    expect(out).not.toContain('never-used');
  });
});
