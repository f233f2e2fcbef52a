import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { playReportSchema } from '#lib/simulator/report.ts';
import { CART, wend, writeShop } from './shop-folder.ts';

const play = (folder: string, ...more: readonly string[]) =>
  wend(folder, 'play', '--workspace', './workspace', '--events', './events.jsonl', ...more);

describe('play', () => {
  it('tells what happened, journey by journey and step by step, in a hundred columns', async () => {
    const { code, out, err } = await play(writeShop());
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Played events.jsonl\n  2 events of 1 customer, 2026-03-27 to 2026-03-27');
    expect(out).toMatch(/cart +1 +0 +1 +0 +0 +0 +0 +2\n/);
    expect(out).toMatch(/give-time +1 +100 %/);
    expect(out).toMatch(/reminder +sms +0 +no consent 1/);
    expect(out).toContain('What next');
    const tables = out.slice(0, out.indexOf('What next'));
    expect(Math.max(...tables.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('prints the report as JSON, and nothing else', async () => {
    const { out } = await play(writeShop(), '--json');
    expect(playReportSchema.parse(JSON.parse(out))).toMatchObject({ events: 2, customers: 1 });
  });

  it('writes report, trace and outbox', async () => {
    const shop = writeShop();
    const outputs = ['--report', './report.json', '--trace', './trace.jsonl', '--outbox', './outbox.jsonl'];
    const { out } = await play(shop, '--assume-consent', 'promotions', ...outputs);
    expect(out).toContain('Consent was assumed where there is no record: promotions.');
    const read = (name: string): string => readFileSync(join(shop, name), 'utf8');
    const lines = (name: string): unknown[] =>
      read(name)
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
    expect(playReportSchema.parse(JSON.parse(read('report.json'))).assumedConsent).toEqual(['promotions']);
    expect(lines('trace.jsonl')).toMatchObject([
      { at: '2026-03-27T10:00:00.000Z', external: 'anna', journey: 'cart', kind: 'enters' },
      { kind: 'waits', step: 'give-time', until: '2026-03-27T11:00:00.000Z' },
      { kind: 'sends', step: 'remind', channel: 'sms' },
      { kind: 'completes' },
    ]);
    expect(lines('outbox.jsonl')).toMatchObject([
      {
        at: '2026-03-27T11:00:00.000Z',
        external: 'anna',
        journey: 'cart',
        channel: 'sms',
        to: ['+4915112345678'],
      },
    ]);
  });

  it('counts the lines that are no events, with their places', async () => {
    const { code, out } = await play(
      writeShop({
        'events.jsonl': `{\n{}\n${JSON.stringify({ type: 'track', userId: 'u', timestamp: '2026-01-01T00:00:00Z', event: 'Cart Viewed' })}\nx`,
      }),
    );
    expect(code).toBe(0);
    expect(out).toContain('refused: 3 lines of the stream');
    expect(out).toMatch(/2 +not JSON +lines 1, 4\n/);
    expect(out).toMatch(/1 +no type +line 2\n/);
  });

  it('counts events that it could not understand, on the screen and in the report', async () => {
    const shop = writeShop();
    const consent = { topic: 'no such topic', channel: 'email', granted: true };
    const lines = [
      { type: 'identify', userId: 'a', messageId: '1', timestamp: '2026-03-01T10:00:00Z', traits: {} },
      {
        type: 'track',
        userId: 'a',
        messageId: '2',
        timestamp: '2026-03-01T10:01:00Z',
        event: 'Consent Changed',
        properties: consent,
      },
    ];
    writeFileSync(join(shop, 'misread.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const words = ['play', '--workspace', './workspace', '--events', './misread.jsonl'];
    expect((await wend(shop, ...words)).out).toMatch(/ignored[^]* 1 {2}unknown topic/);
    const { out } = await wend(shop, ...words, '--json');
    expect(JSON.parse(out)).toMatchObject({ ignored: { 'unknown topic': 1 } });
  });

  it('plays no drafts, and says so', async () => {
    const { out } = await play(writeShop({ 'workspace/journeys/idea.json': { ...CART, status: 'draft' } }));
    expect(out).toContain('Drafts are not played: idea.');
    expect(out).not.toMatch(/^ {2}idea/m);
  });

  it('leaves out a journey with errors, tells them, and plays the others', async () => {
    const { code, out, err } = await play(writeShop({ 'workspace/journeys/broken.json': '{' }));
    expect(code).toBe(1);
    expect(err).toContain('workspace/journeys/broken.json:1:');
    expect(err).toContain('the one live journey without errors is played');
    expect(out).toMatch(/^ {2}cart /m);
  });

  it('plays nothing where no journey is without errors, and shows them', async () => {
    const { code, out, err } = await play(writeShop({ 'workspace/journeys/cart.json': '{' }));
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('workspace/journeys/cart.json:1:');
    expect(err).toContain('nothing was played');
  });

  it.each([
    [2, 'events.jsonl does not exist', { 'events.jsonl': null }, []],
    [1, 'events.jsonl is empty: there is no event to play', { 'events.jsonl': '' }, []],
    [
      1,
      'events.jsonl holds no event that can be played: not JSON (1, first in line 1)',
      { 'events.jsonl': 'x' },
      [],
    ],
    [
      1,
      'events.jsonl is a damaged or cut off gzip file',
      { 'events.jsonl': gzipSync('x'.repeat(1000)).subarray(0, 20) },
      [],
    ],
    [2, 'nowhere/r.json cannot be written: its folder does not exist', {}, ['--report', './nowhere/r.json']],
    [2, 'folder cannot be written: it is a folder', {}, ['--trace', './folder']],
    [2, '--report and --events name the same file', {}, ['--report', './events.jsonl']],
    [2, '--outbox and --trace name the same file', {}, ['--trace', './x', '--outbox', './x']],
    [2, 'there is no topic "promotion" in settings', {}, ['--assume-consent', 'promotion']],
    [
      2,
      "'--until <instant>' argument 'tomorrow' is invalid. Write a date such as",
      {},
      ['--until', 'tomorrow'],
    ],
    [2, "'--until <instant>' argument '2026-02-30' is invalid", {}, ['--until', '2026-02-30']],
    [2, "'--disorder <seed>' argument 'x' is invalid", {}, ['--disorder', 'x']],
  ])('ends with %i and says: %s', async (exit, message, changes, words) => {
    const shop = writeShop(changes);
    mkdirSync(join(shop, 'folder'));
    const { code, out, err } = await play(shop, ...words);
    expect([code, out]).toEqual([exit, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n +at /);
  });

  it('leaves the stream as it is when an output names it', async () => {
    const shop = writeShop();
    const before = readFileSync(join(shop, 'events.jsonl'), 'utf8');
    await play(shop, '--trace', './workspace/../events.jsonl');
    expect(readFileSync(join(shop, 'events.jsonl'), 'utf8')).toBe(before);
  });

  it('spends one line on a journey that nobody entered', async () => {
    const other = { ...CART, entry: { event: 'Cart Viewed' } };
    const { out } = await play(writeShop({ 'workspace/journeys/other.json': other }));
    expect(out).toContain('other\n  Nobody entered; none of its 2 steps was reached.\n');
  });

  it('stops where it is told to', async () => {
    const { out } = await play(writeShop(), '--until', '2026-03-27T10:30:00Z');
    expect(out).toContain('stopped at 2026-03-27T10:30:00.000Z.');
    expect(out).toMatch(/cart +1 +1 +0/);
  });
});
