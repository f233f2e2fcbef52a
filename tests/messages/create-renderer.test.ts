// What a customer gets, and what no name, order or event property can do to it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageKey } from '#lib/messages/compiled-message.ts';
import type { CompiledMessage } from '#lib/messages/compiled-message.ts';
import { createRenderer } from '#lib/messages/create-renderer.ts';
import { pageLinks } from '#lib/messages/links.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { ABOUT, compiled, MJML } from './message-fixture.ts';

const links = pageLinks({
  unsubscribe: 'https://shop.example/u',
  preferences: 'https://shop.example/p?x=1',
  why: 'https://shop.example/w',
});

function rendererOf(message: CompiledMessage) {
  const renderer = createRenderer({
    messages: [message],
    links,
    defaultLocale: 'en',
    brand: { name: 'Shop' },
  });
  return (
    channel: Channel,
    entry: Record<string, unknown>,
    locale = 'en',
    profile: Record<string, unknown> = {},
  ) =>
    renderer.render(messageKey(message), channel, ['to'], locale, {
      profile,
      entry,
      saved: {},
      journey: { id: 'j', step: 's' },
    });
}

const plain = { 'message.json': ABOUT, 'email.mjml': MJML, 'sms.txt': 'About {{ entry.name }}' };

describe('rendering', () => {
  it('escapes HTML, and only HTML', async () => {
    const render = rendererOf(await compiled(plain));
    const email = render('email', { name: '<b>"A" & B</b>' });
    expect(email.html).toContain('&lt;b&gt;&#34;A&#34; &amp; B&lt;/b&gt;');
    expect(email.subject).toBe('About <b>"A" & B</b>');
    expect(email.text).toContain('<b>"A" & B</b>');
    expect(render('sms', { name: 'A & B' }).text).toBe('About A & B');
  });

  it('tells the headers of an e-mail where messages like it end', async () => {
    const render = rendererOf(await compiled(plain));
    expect(render('email', { name: 'A' }).unsubscribe).toEqual({
      url: expect.stringMatching(/^https:\/\/shop\.example\/u\?/),
      oneClick: false,
    });
    expect(render('sms', { name: 'A' })).not.toHaveProperty('unsubscribe');
  });

  it('counts into how many messages a text message is cut, with what it is filled in by', async () => {
    const render = rendererOf(await compiled(plain));
    expect(render('sms', { name: 'A' })).toMatchObject({ segments: 1 });
    expect(render('sms', { name: 'A'.repeat(160) })).toMatchObject({ segments: 2 });
    // One letter that is not in the alphabet of carriers: 70 in one message, 67 in each of several.
    expect(render('sms', { name: `ł${'A'.repeat(160)}` })).toMatchObject({ segments: 3 });
    expect(render('email', { name: 'A' })).not.toHaveProperty('segments');
  });

  it('leaves HTML as it is where it is marked', async () => {
    const files = { ...plain, 'email.mjml': MJML.replace('{{ entry.name }}', '{{ entry.name | raw }}') };
    expect(rendererOf(await compiled(files))('email', { name: '<b>A</b>' }).html).toContain('<b>A</b>');
  });

  it('folds line breaks in a subject, so that nobody can add a header', async () => {
    const render = rendererOf(await compiled(plain));
    expect(render('email', { name: 'A\r\nBcc: everyone@example.com\u2028B\u0000' }).subject).toBe(
      'About A Bcc: everyone@example.com B',
    );
  });

  it('fills in links that tell message and journey', async () => {
    const { html, text } = rendererOf(await compiled(plain))('email', { name: 'A' });
    expect(html).toContain('href="https://shop.example/u?journey=j&amp;message=hello"');
    expect(text).toContain('https://shop.example/u?journey=j&message=hello');
    const { variables } = links({ message: 'm', journey: 'j', channel: 'email', step: 's' });
    expect(variables.preferences_url).toBe('https://shop.example/p?x=1&journey=j&message=m');
  });

  it('writes amounts and dates the way of the language, and dates without a zone in UTC', async () => {
    const text = '{{ entry.name | money: "EUR" }} {{ entry.at | date: "%-d. %B, %H:%M" }}';
    const render = rendererOf(
      await compiled({
        'message.json': { ...ABOUT, sample: { entry: { name: 1, at: '2026-03-29T01:30:00Z' } } },
        'sms.txt': text,
        'sms.de.txt': text,
      }),
    );
    const entry = { name: 1234.5, at: '2026-03-29T01:30:00Z' };
    expect(render('sms', entry).text).toBe('€1,234.50 29. March, 01:30');
    expect(render('sms', entry, 'de').text).toBe('1.234,50\u00A0€ 29. März, 01:30');
  });

  it.each([
    ['de-AT', 'de'],
    ['de_CH', 'de'],
    ['DE', 'de'],
    ['pt-BR', 'en'],
    ['', 'en'],
    ['den', 'en'],
  ])('a customer whose language is "%s" reads "%s"', async (locale, expected) => {
    const render = rendererOf(
      await compiled({ ...plain, 'email.mjml': MJML, 'message.json': german, ...germanFiles }),
    );
    expect(render('sms', { name: 'A' }, locale).locale).toBe(expected);
  });

  it('keeps JSON whole, whatever a text holds', async () => {
    const render = rendererOf(
      await compiled({
        'message.json': ABOUT,
        'push.json': { title: 'A', body: '{{ entry.name }}', data: { id: 'x {{ entry.name }}' } },
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const { content } = render('push', { name });
        expect(JSON.parse(JSON.stringify(content))).toEqual({
          title: 'A',
          body: name,
          data: { id: `x ${name}` },
        });
      }),
    );
    expect(render('push', { name: '", "title": "x' }).content).toMatchObject({ body: '", "title": "x' });
  });

  it('keeps the type of a value that stands alone in a webhook', async () => {
    const render = rendererOf(
      await compiled({
        'message.json': ABOUT,
        'webhook.json': { name: '{{ entry.name }}', text: 'is {{ entry.name }}' },
      }),
    );
    expect(render('webhook', { name: 7 }).content).toEqual({ name: 7, text: 'is 7' });
  });

  it('folds white space in WhatsApp parameters, which may not hold line breaks', async () => {
    const render = rendererOf(
      await compiled({
        'message.json': ABOUT,
        'whatsapp.json': { template: 't', language: 'en', parameters: ['{{ entry.name }}'] },
      }),
    );
    expect(render('whatsapp', { name: 'a\n\tb' }).content).toMatchObject({ parameters: ['a b'] });
  });
});

describe('what cannot be rendered', () => {
  it('is a fault that names message and variable', async () => {
    const message = await compiled(plain);
    expect(() => rendererOf(message)('sms', {})).toThrow(
      expect.objectContaining({
        name: 'MessageNotRendered',
        message: `message ${messageKey(message)}, sms, "en": "entry.name" is missing`,
      }),
    );
  });

  it('never shows a value of the customer', async () => {
    const files = {
      'message.json': { name: 'x', sample: { entry: { name: '1' } } },
      'sms.txt': '{{ entry.name | money: "EUR" }}',
    };
    const render = rendererOf(await compiled(files));
    expect(() => render('sms', { name: 'secret' })).toThrow(
      expect.objectContaining({ name: 'MessageNotRendered', message: expect.not.stringContaining('secret') }),
    );
  });

  it('is also a message that was never compiled, and a channel without content', async () => {
    const renderer = createRenderer({
      messages: [await compiled(plain)],
      links,
      defaultLocale: 'en',
      brand: {},
    });
    expect(() => renderer.channels('hello@000000000000')).toThrow(
      expect.objectContaining({ name: 'MessageNotRendered' }),
    );
    expect(() => rendererOf({ format: 1, id: 'x', hash: '1', locales: { en: {} } })('push', {})).toThrow(
      expect.objectContaining({ name: 'MessageNotRendered' }),
    );
  });
});

const german = { ...ABOUT, locales: { de: { subject: 'Über {{ entry.name }}' } } };
const germanFiles = { 'email.de.mjml': MJML, 'sms.de.txt': 'Über {{ entry.name }}' };
