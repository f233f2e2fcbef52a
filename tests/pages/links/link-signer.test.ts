// Whoever has a token can do what it says; nobody can make or change one without the secret.
import { describe, expect, it } from 'vitest';
import type { CustomerLink } from '#lib/contracts/customer-link.ts';
import { customerId } from '#lib/contracts/ids.ts';
import { createLinkSigner } from '#lib/pages/links/link-signer.ts';
import { siblingAddress } from '#lib/pages/links/sibling-link.ts';
import { instant as at } from '../pages-fixture.ts';

const NOW = at('2026-03-01T10:00:00Z');
const LINK: CustomerLink = {
  purpose: 'unsubscribe',
  customer: customerId('secret', 'ada@example.com'),
  expires: at('2031-02-28T10:00:00Z'),
  send: { run: 'ab'.repeat(12), step: 'remind', visit: 1 },
  topic: 'promotions',
  channel: 'email',
};
const signer = createLinkSigner('secret');
const TOKEN = signer.sign(LINK);

describe('a token', () => {
  it('is read by whoever has the secret, and by nobody else', () => {
    expect(signer.read(TOKEN, NOW)).toEqual({ link: LINK, expired: false });
    expect(createLinkSigner('secret').read(TOKEN, NOW)?.link).toEqual(LINK);
    expect(createLinkSigner('another').read(TOKEN, NOW)).toBeUndefined();
  });

  it('stands in an address as it is, and holds no personal data', () => {
    expect(TOKEN).toMatch(/^[A-Za-z0-9_-]{60,140}$/);
    expect(Buffer.from(TOKEN, 'base64url').toString('latin1')).not.toContain('ada');
  });

  it('is not read once any character of it is another', () => {
    for (let place = 0; place < TOKEN.length; place += 1) {
      const other = TOKEN[place] === 'A' ? 'B' : 'A';
      const forged = TOKEN.slice(0, place) + other + TOKEN.slice(place + 1);
      expect(signer.read(forged, NOW), `place ${place}`).toBeUndefined();
    }
  });

  it('is not read where it is cut off, too long or no token', () => {
    for (const text of ['', 'x', TOKEN.slice(0, -1), `${TOKEN}A`, `${TOKEN}=`, `${TOKEN} `, 'A'.repeat(5000)])
      expect(signer.read(text, NOW)).toBeUndefined();
  });

  it('says when its time is over, to the second', () => {
    expect(signer.read(TOKEN, at('2031-02-28T09:59:59.999Z'))?.expired).toBe(false);
    expect(signer.read(TOKEN, LINK.expires)?.expired).toBe(true);
  });

  it('is signed under a key of its own: customer ids are hashed under the secret itself', () => {
    expect(Buffer.from(TOKEN, 'base64url').toString('hex')).not.toContain(
      customerId('secret', Buffer.from(TOKEN, 'base64url').toString('latin1')),
    );
    expect(createLinkSigner('secret').sign(LINK)).toBe(TOKEN);
  });
});

const linkAt = (now: string) => siblingAddress(signer, LINK, 'preferences', at(now));

describe('a link from one page to another', () => {
  it('ends when the message’s own link to it ends, so that an old one never becomes a new one', () => {
    const address = linkAt('2026-03-01T10:00:00Z');
    const token = address?.split('/').at(-1) ?? '';
    expect(signer.read(token, NOW)?.link).toEqual({
      ...LINK,
      purpose: 'preferences',
      // The message is of 2026-03-01T10:00: five years of 365 days before its unsubscribe link ends.
      expires: at('2026-08-28T10:00:00Z'),
    });
    expect(linkAt('2026-08-28T10:00:00Z')).toBeUndefined();
  });
});
