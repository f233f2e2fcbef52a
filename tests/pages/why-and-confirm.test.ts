// Why a message came, in plain words; and confirming what one has asked for.
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { instant, SEND, testPages, type TestPages } from './pages-fixture.ts';

let pages: TestPages;
beforeEach(async () => {
  pages = await testPages();
});

const about = { journey: 'cart-recovery', version: '0f0f0f0f0f0f', run: SEND.run };
const LED_TO_IT: readonly LogEntry[] = [
  { at: instant('2026-03-01T09:00:00Z'), kind: 'enters', ...about, name: 'Cart Viewed' },
  {
    at: instant('2026-03-01T10:00:00Z'),
    kind: 'sends',
    ...about,
    step: 'remind',
    message: 'cart-reminder@0f0f0f0f0f0f',
    channel: 'email',
    topic: 'promotions',
    outcome: 'accepted',
  },
];

const whyPath = () => pages.path('why', { expires: instant('2026-05-30T10:00:00Z') });
const confirmPath = () =>
  pages.path('confirm', { topic: undefined, expires: instant('2026-03-09T10:00:00Z') });
const consent = () => pages.document().consent['letters']?.['email']?.granted;

describe('why did I get this?', () => {
  it('is told in sentences, at the customer’s own place and in their language', async () => {
    pages.decisions.push(...LED_TO_IT);
    const { status, body } = await pages.get(whyPath());
    expect(status).toBe(200);
    expect(body).toMatch(/<ol>/);
    expect(body).toContain('cart recovery');
    await pages.identify({ locale: 'de', timezone: 'Europe/Berlin' });
    expect((await pages.get(whyPath())).body).toContain('11:00');
  });

  it('says so where nothing is stored of it any more', async () => {
    expect((await pages.get(whyPath())).body).toContain('is not stored any more');
  });

  it('shows nothing by a link that is too old', async () => {
    pages.decisions.push(...LED_TO_IT);
    const old = whyPath();
    pages.at('2026-06-01T00:00:00Z');
    const { status, body } = await pages.get(old);
    expect(status).toBe(410);
    expect(body).not.toContain('cart recovery');
  });

  it('leads on to choices and to unsubscribing', async () => {
    const { body } = await pages.get(whyPath());
    const [address = ''] = /\.\.\/unsubscribe\/[\w-]+/.exec(body) ?? [];
    expect((await pages.get(address.replace('..', ''))).body).toContain('Unsubscribe');
  });
});

describe('confirming', () => {
  it('makes consent of a request, by a button and not by looking', async () => {
    await pages.grant('letters', 'email');
    expect(consent()).toBeUndefined();
    const { body } = await pages.get(confirmPath());
    expect(body).toContain('Letters');
    expect(consent()).toBeUndefined();
    expect((await pages.post(confirmPath(), { confirm: 'yes' })).body).toContain('You have confirmed');
    expect(consent()).toBe(true);
  });

  it('says so where there is nothing to confirm, also when it is done twice', async () => {
    expect((await pages.get(confirmPath())).body).toContain('There is nothing to confirm');
    await pages.grant('letters', 'email');
    await pages.post(confirmPath(), { confirm: 'yes' });
    const { revision } = pages.document();
    expect((await pages.post(confirmPath(), { confirm: 'yes' })).status).toBe(200);
    expect(pages.document().revision).toBe(revision);
  });

  it('is for the address that the message came to: a request on another channel goes on waiting', async () => {
    await pages.grant('letters', 'sms');
    await pages.post(confirmPath(), { confirm: 'yes' });
    expect(pages.document().consent['letters']?.['sms']).toBeUndefined();
  });

  it('comes too late by a link that is too old', async () => {
    await pages.grant('letters', 'email');
    const old = confirmPath();
    pages.at('2026-03-10T00:00:00Z');
    expect((await pages.post(old, { confirm: 'yes' })).status).toBe(410);
    expect(consent()).toBeUndefined();
  });
});
