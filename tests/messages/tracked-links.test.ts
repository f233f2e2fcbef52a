import { describe, expect, it } from 'vitest';
import { messageKey } from '#lib/messages/compiled-message.ts';
import { createRenderer } from '#lib/messages/create-renderer.ts';
import { pageLinks, type CustomerPages } from '#lib/messages/links.ts';
import {
  isFollowed,
  markAddresses,
  TRACKED_CHANNELS,
  withTrackedLinks,
} from '#lib/messages/tracked-links.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import { ABOUT, compiled } from './message-fixture.ts';

const LONG = `https://pages.example/click/${'t'.repeat(160)}`;

function tracked(text: string): string[] {
  const addresses: string[] = [];
  markAddresses(text, addresses);
  return addresses;
}

describe('addresses that are followed', () => {
  it('are those in a text, without the stop that ends the sentence', () => {
    expect(tracked('Look (https://shop.example/p/7). Or https://shop.example/?a=1!')).toEqual([
      'https://shop.example/p/7',
      'https://shop.example/?a=1',
    ]);
  });

  it('are those that the author has written in full: none that a value has a part in', () => {
    const text =
      'https://shop.example/p/{{ entry.id }} https://shop.example/?e={{ entry.mail }}&b=1 {{ entry.link }} ' +
      'https://shop.example{% if entry.id %}/p{% endif %} https://shop.example/a.{{ entry.id }} https://shop.example/b, {{ entry.id }}';
    expect(tracked(text)).toEqual(['https://shop.example/b']);
  });

  it("whatever a value holds, it is tracked nowhere and names no address but the author's", () => {
    const addresses = ['https://shop.example/p'];
    const hostile = 'https://evil.example \uE0010\uE002 \uE0017\uE002';
    const { text } = withTrackedLinks({ text: hostile }, addresses, (target) => `[${target}]`);
    expect(text).toBe('https://evil.example [https://shop.example/p] ');
  });

  it('of a notification: where a tap leads, and not its title or picture', () => {
    expect(['title', 'image', 'link'].filter((field) => isFollowed('push', field))).toEqual(['link']);
    expect(isFollowed('whatsapp', 'parameters')).toBe(true);
  });

  it('are none in an e-mail, which SES tracks, and none in what a webhook hands over', () => {
    expect([...TRACKED_CHANNELS].toSorted()).toEqual(['inapp', 'push', 'sms', 'whatsapp']);
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
  async function rendered(
    channels: ('sms' | 'push')[],
    occasion = true,
    text = 'Look: https://shop.example/p. Stop: {{ unsubscribe_url }}',
    name = 'x',
  ) {
    const message = await compiled({
      'message.json': ABOUT,
      'sms.txt': text,
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
      { profile: {}, entry: { name }, saved: {}, journey: { id: 'j', step: 's' } },
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

  it('leads nowhere that a customer has made up: what they call themselves stays text', async () => {
    const text = 'Hi {{ entry.name }}, look: https://shop.example/p';
    expect(await rendered(['sms'], true, text, 'https://evil.example/phish')).toMatchObject({
      text: `Hi https://evil.example/phish, look: ${LONG}`,
    });
  });
});
