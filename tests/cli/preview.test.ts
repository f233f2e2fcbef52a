import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wend, writeShop } from './shop-folder.ts';

const HELLO = {
  'workspace/messages/hello/message.json': {
    name: 'Hello',
    subject: 'Hello {{ profile.firstName | default: "you" }}',
    preheader: 'You & <we>',
    sample: { profile: { firstName: 'Amara' } },
    samples: { 'nobody-special': {} },
    locales: { de: { subject: 'Hallo' } },
  },
  'workspace/messages/hello/email.html':
    '<html><body><h1>Dear {{ profile.firstName | default: "you" }}</h1></body></html>',
  'workspace/messages/hello/email.de.html': '<html><body><h1>Guten Tag</h1></body></html>',
  'workspace/messages/hello/push.json': { title: 'Hi', body: 'Look' },
  'workspace/messages/hello/push.de.json': { title: 'Hallo', body: 'Schau' },
};

const preview = (folder: string, ...words: readonly string[]) =>
  wend(folder, 'preview', ...words, '--workspace', './workspace');

describe('preview', () => {
  it('shows what arrives, channel by channel', async () => {
    const { code, out } = await preview(writeShop(HELLO), 'hello');
    expect(code).toBe(0);
    expect(out).toContain('hello in "en" (also: de), with the sample "sample" (also: nobody-special)');
    expect(out).toMatch(/Subject {4}Hello Amara\n {2}Preheader {2}You & <we>\n\n {2}Dear Amara\n/);
    expect(out).toMatch(/push\n {2}title {6}Hi\n {2}body {7}Look\n/);
  });

  it('with another sample, in another language, and for a region of it', async () => {
    const shop = writeShop(HELLO);
    expect((await preview(shop, 'hello', '--as', 'nobody-special')).out).toContain('Subject    Hello you');
    for (const locale of ['de', 'de-AT'])
      expect((await preview(shop, 'hello', '--locale', locale)).out).toMatch(/hello in "de"[^]*Guten Tag/);
  });

  it('tells how many parts a text message has', async () => {
    const long = 'x'.repeat(161);
    const { out } = await preview(writeShop({ 'workspace/messages/reminder/sms.txt': long }), 'reminder');
    expect(out).toContain('sms  2 parts: 161 characters, 160 fit in one');
  });

  it('writes the HTML, and never over the workspace', async () => {
    const shop = writeShop(HELLO);
    const { out } = await preview(shop, 'hello', '--out', './hello.html');
    expect(out).toContain('The HTML of the e-mail is in hello.html.');
    expect(readFileSync(join(shop, 'hello.html'), 'utf8')).toContain('<h1>Dear Amara</h1>');
    for (const [words, said] of [
      [['hello', '--out', './workspace/settings.json'], 'would overwrite workspace/settings.json'],
      [['reminder', '--out', './no.html'], 'has no e-mail'],
      [['hello', '--out', './nowhere/no.html'], 'cannot be written: it does not exist'],
    ] as const) {
      const { code, err } = await preview(shop, ...words);
      expect(code).toBe(2);
      expect(err).toContain(said);
    }
    expect(existsSync(join(shop, 'no.html'))).toBe(false);
  });

  it('suggests what was meant', async () => {
    const shop = writeShop(HELLO);
    for (const [words, said] of [
      [['helo'], 'Did you mean hello?'],
      [['hello', '--as', 'nobody-speciel'], 'Did you mean nobody-special?'],
      [['hello', '--locale', 'fr'], 'There is: de, en.'],
    ] as const) {
      const { code, err } = await preview(shop, ...words);
      expect(code).toBe(2);
      expect(err).toContain(said);
    }
  });

  it('shows the mistakes of a message that has some, as JSON where that is wanted', async () => {
    const shop = writeShop({ ...HELLO, 'workspace/messages/hello/email.html': '{{ profile.fistName }}' });
    const { code, err } = await preview(shop, 'hello');
    expect(code).toBe(1);
    expect(err).toContain('Did you mean "profile.firstName"?');
    expect(JSON.parse((await preview(shop, 'hello', '--json')).out)).toMatchObject({
      errors: 1,
      diagnostics: [{ code: 'message-unknown-variable' }],
    });
  });

  it('gives the content as JSON', async () => {
    const { out } = await preview(writeShop(HELLO), 'hello', '--json');
    expect(JSON.parse(out)).toMatchObject({
      message: 'hello',
      locale: 'en',
      channels: [
        { channel: 'email', subject: 'Hello Amara' },
        { channel: 'push', content: { title: 'Hi' } },
      ],
    });
  });
});

describe('--json where nothing works', () => {
  const broken = { 'workspace/journeys/cart.json': '{ "name": "Cart" }' };

  it.each([
    ['play', ['play', '--events', './events.jsonl', '--workspace', './workspace', '--json']],
    ['graph', ['graph', 'cart', '--workspace', './workspace', '--json']],
    ['compile', ['compile', '--workspace', './workspace', '--to', './out', '--json']],
    ['check', ['check', '--workspace', './workspace', '--json']],
  ])('%s prints the diagnostics as JSON and nothing else', async (_, words) => {
    const { code, out, err } = await wend(writeShop(broken), ...words);
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(JSON.parse(out)).toHaveProperty(['diagnostics', '0', 'code'], 'missing-field');
  });

  it('a play that leaves journeys out says which, beside its figures', async () => {
    const shop = writeShop({ 'workspace/journeys/broken.json': '{ "name": "Cart" }' });
    const { out, err } = await wend(
      shop,
      'play',
      '--events',
      './events.jsonl',
      '--workspace',
      './workspace',
      '--json',
    );
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ journeys: { cart: { entered: 1 } } });
    expect(JSON.parse(out)).toHaveProperty(['diagnostics', '0', 'file'], 'journeys/broken.json');
  });
});
