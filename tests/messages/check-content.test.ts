// What a channel takes and what it does not, and every sample in every language.
import { describe, expect, it } from 'vitest';
import { ABOUT, MJML, compile } from './message-fixture.ts';

const codes = async (files: Parameters<typeof compile>[0]): Promise<string[]> =>
  (await compile(files)).problems.map(
    ({ code, file, line }) => `${code} ${file}${line === undefined ? '' : `:${line}`}`,
  );

const LINK = (address: string): string => `<html><body>\n<a href="${address}">x</a></body></html>`;
const about = { name: 'Hello', subject: 'Hello' };

const push = (length: number): object => ({ title: 'a', body: 'b'.repeat(length) });
const template = (language: string, ...parameters: string[]): object => ({
  template: 't',
  language,
  parameters,
});
const sampled = (samples: object) => ({
  'message.json': { ...ABOUT, samples },
  'email.mjml': MJML,
});

describe('links', () => {
  it.each([
    'https://shop.example',
    'http://shop.example/a',
    'mailto:a@shop.example',
    'tel:+4930',
    '#top',
    '{{ unsubscribe_url }}',
  ])('%s leads somewhere', async (address) => {
    expect(await codes({ 'message.json': about, 'email.html': LINK(address) })).toEqual([]);
  });

  it.each(['', '#', '/sale', 'www.shop.example', 'shop.example/sale', 'https://', 'javascript:alert(1)'])(
    '"%s" leads nowhere',
    async (address) => {
      expect(await codes({ 'message.json': about, 'email.html': LINK(address) })).toEqual([
        'message-link hello/email.html:2',
      ]);
    },
  );

  it('in MJML the place is the line of the file', async () => {
    const mjml = MJML.replace('{{ unsubscribe_url }}', 'unsubscribe');
    expect(await codes({ 'message.json': ABOUT, 'email.mjml': mjml })).toEqual([
      'message-link hello/email.mjml:3',
    ]);
  });
});

describe('sizes', () => {
  it('an e-mail that Gmail would cut off is told, and can be sent', async () => {
    const html = `<html><body>${'word '.repeat(21_000)}</body></html>`;
    const { compiled, problems } = await compile({ 'message.json': about, 'email.html': html });
    expect(problems.map(({ code }) => code)).toEqual(['message-too-large']);
    expect(compiled).toBeDefined();
  });

  it('a notification of more than 4 KB is refused by the services', async () => {
    expect(await codes({ 'message.json': about, 'push.json': push(4000) })).toEqual([]);
    expect(await codes({ 'message.json': about, 'push.json': push(4100) })).toEqual([
      'message-too-large hello/push.json',
    ]);
  });

  it('a WhatsApp template has as many parameters in each language', async () => {
    const files = { 'message.json': about, 'whatsapp.json': template('en', 'a', 'b') };
    expect(await codes({ ...files, 'whatsapp.de.json': template('de', 'a', 'b') })).toEqual([]);
    expect(await codes({ ...files, 'whatsapp.de.json': template('de', 'a') })).toEqual([
      'message-incomplete hello/whatsapp.json',
    ]);
  });
});

describe('samples', () => {
  it('a named sample is rendered as well, and named where it does not fill the text', async () => {
    expect(await codes(sampled({ vip: { entry: { name: 'Bowl' } } }))).toEqual([]);
    const { problems } = await compile(sampled({ vip: { entry: {} } }));
    expect(problems[0]).toMatchObject({
      code: 'message-sample',
      hint: expect.stringContaining('"samples" → "vip"'),
    });
  });

  it('all of them come with the compiled message, the first as "sample"', async () => {
    const { samples } = await compile(sampled({ vip: { entry: { name: 'Bowl' } } }));
    expect(samples).toMatchObject({ sample: ABOUT.sample, vip: { entry: { name: 'Bowl' }, profile: {} } });
  });
});
