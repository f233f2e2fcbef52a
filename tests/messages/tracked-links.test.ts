import { describe, expect, it } from 'vitest';
import { messageKey } from '#lib/messages/compiled-message.ts';
import { createRenderer } from '#lib/messages/create-renderer.ts';
import { pageLinks, type CustomerPages } from '#lib/messages/links.ts';
import { withTrackedLinks } from '#lib/messages/tracked-links.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { ABOUT, compiled } from './message-fixture.ts';

const track = (target: string): string => `https://pages.example/click/${encodeURIComponent(target)}`;
const LONG = `https://pages.example/click/${'t'.repeat(160)}`;

describe('links that are followed over our own page', () => {
  it('are the addresses in a text, without the stop that ends the sentence', () => {
    const { text } = withTrackedLinks(
      'sms',
      { text: 'Look (https://shop.example/p/7). Or https://shop.example/?a=1!' },
      track,
    );
    expect(text).toBe(
      `Look (${track('https://shop.example/p/7')}). Or ${track('https://shop.example/?a=1')}!`,
    );
  });

  it('are where a tap on a notification leads, if it is to the web', () => {
    const content = {
      title: 'https://shop.example',
      link: 'https://shop.example/p',
      image: 'https://shop.example/a.png',
    };
    expect(withTrackedLinks('push', { content }, track).content).toEqual({
      ...content,
      link: track('https://shop.example/p'),
    });
    const intoTheApp = { content: { link: 'shop://p/7' } };
    expect(withTrackedLinks('inapp', intoTheApp, track)).toEqual(intoTheApp);
  });

  it('are none in an e-mail, which SES tracks, and none in what a webhook hands over', () => {
    const email = { text: 'https://shop.example', html: '<a href="https://shop.example">' };
    expect(withTrackedLinks('email', email, track)).toBe(email);
    const webhook = { content: { link: 'https://shop.example' } };
    expect(withTrackedLinks('webhook', webhook, track)).toBe(webhook);
  });
});

describe('a message of a deployment', () => {
  const at = fromMillis(Date.parse('2026-11-22T10:00:00Z'));
  const sent = { customer: 'c', run: 'r', step: 's', visit: 1, journey: 'j', message: 'm' };
  const pages: CustomerPages = {
    links: () => ({
      unsubscribe_url: 'https://pages.example/unsubscribe/t',
      preferences_url: 'https://pages.example/preferences/t',
      why_url: 'https://pages.example/why/t',
      confirm_url: 'https://pages.example/confirm/t',
      privacy_url: 'https://pages.example/privacy/t',
    }),
    tracked: () => LONG,
  };
  async function rendered(channels: ('sms' | 'push')[], occasion = true) {
    const message = await compiled({
      'message.json': ABOUT,
      'sms.txt': 'Look: https://shop.example/p. Stop: {{ unsubscribe_url }}',
    });
    const renderer = createRenderer({
      messages: [message],
      links: pageLinks(undefined, pages, channels),
      defaultLocale: 'en',
      brand: { name: 'Shop' },
    });
    return renderer.render(
      messageKey(message),
      'sms',
      ['to'],
      'en',
      { profile: {}, entry: { name: 'x' }, saved: {}, journey: { id: 'j', step: 's' } },
      occasion ? { sent, at } : undefined,
    );
  }

  it('tracks where the settings say so, never its own pages, and counts the segments of what goes out', async () => {
    expect(await rendered(['sms'])).toMatchObject({
      text: `Look: ${LONG}. Stop: https://pages.example/unsubscribe/t`,
      segments: 2,
    });
  });

  it('tracks nothing on other channels, and nothing that is only looked at', async () => {
    const plain = { text: 'Look: https://shop.example/p. Stop: https://pages.example/unsubscribe/t' };
    expect(await rendered(['push'])).toMatchObject(plain);
    expect((await rendered(['sms'], false)).text).toContain('https://shop.example/p.');
  });
});
