// The pages in a browser without script: by keyboard, on a small screen, in the dark, with nothing that is fetched from elsewhere.
import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HAS_CHROMIUM, openChromium } from '../laptop/page/chromium.ts';
import { CUSTOMER, instant, testPages, type TestPages } from './pages-fixture.ts';

describe.skipIf(!HAS_CHROMIUM)('in a browser without script', () => {
  let pages: TestPages;
  let server: Server;
  let browser: Browser;
  let page: Page;
  const asked: string[] = [];
  const open = (path: string) =>
    page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  const answer = async (path: string, method: string, form: URLSearchParams, response: ServerResponse) => {
    const { answer: answered } = await pages.ask(path, method, form);
    response.writeHead(answered.status, answered.headers).end(answered.body);
  };
  const preferences = () => pages.path('preferences', { expires: instant('2026-08-28T10:00:00Z') });

  const privacy = () => pages.path('privacy', { expires: instant('2026-03-04T10:00:00Z') });

  beforeAll(async () => {
    pages = await testPages({ answers: 'Privacy Requested' });
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const form = new URLSearchParams(Buffer.concat(parts).toString());
        void answer(request.url ?? '/', request.method ?? 'GET', form, response);
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    browser = await openChromium();
    page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
    page.on('request', (request) => asked.push(request.url()));
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it('somebody unsubscribes by keyboard alone', async () => {
    await open(pages.path('unsubscribe'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    expect(pages.document().consent['promotions']?.['email']?.granted).toBe(false);
    expect(await page.getByRole('status').textContent()).toContain('Offers');
  });

  it('somebody chooses anew, from the page on which they have unsubscribed', async () => {
    pages.at('2026-03-03T10:00:00Z');
    await page.getByRole('link', { name: 'Was this a mistake?' }).click();
    const offers = page.getByRole('group', { name: 'Offers' }).getByRole('checkbox', { name: 'E-mail' });
    expect(await offers.isChecked()).toBe(false);
    await offers.focus();
    await page.keyboard.press('Space');
    await page.getByRole('radio', { name: 'One message a week' }).check();
    await page.getByLabel('Time zone').selectOption('Europe/Berlin');
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('status').waitFor();
    expect(pages.document().consent['promotions']?.['email']?.granted).toBe(true);
    expect(pages.document().preferences?.frequency?.value).toBe('weekly');
    expect(pages.document().traits['timezone']?.value).toBe('Europe/Berlin');
    expect(await offers.isChecked()).toBe(true);
  });

  it.each(['light', 'dark'] as const)(
    'every page fits 320 pixels and has its marks (%s)',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const path of [
        pages.path('unsubscribe'),
        preferences(),
        pages.path('why'),
        privacy(),
        '/nothing/here',
      ]) {
        await open(path);
        const { width } = (await page.locator('html').boundingBox()) ?? { width: 0 };
        expect(width).toBeLessThanOrEqual(320);
        const box = await page.locator('main').boundingBox();
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
        expect(await page.getByRole('main').count()).toBe(1);
        expect(await page.getByRole('banner').count()).toBe(1);
        expect(await page.getByRole('contentinfo').count()).toBe(1);
        expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
        expect(await page.locator('html').getAttribute('lang')).toBe('en');
        // The policy lets the style through: a button is as high as a finger.
        for (const button of await page.getByRole('button').all())
          expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(44);
        for (const field of await page.locator('input:not([type=hidden]), select, button').all())
          expect(await field.ariaSnapshot()).toMatch(/"[^"]+"/);
      }
    },
  );

  it('somebody saves all that is stored about them, and has it erased after a second question', async () => {
    await open(privacy());
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download my data' }).press('Enter');
    const download = await saved;
    expect(download.suggestedFilename()).toBe('my-data.json');
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({ customer: CUSTOMER });
    await page.getByRole('button', { name: 'Erase my data' }).press('Enter');
    await page.getByRole('heading', { name: 'Erase everything about you?' }).waitFor();
    await page.getByRole('button', { name: 'No, go back' }).press('Enter');
    await page.getByRole('heading', { name: 'Your data' }).waitFor();
    await page.getByRole('button', { name: 'Erase my data' }).press('Enter');
    expect(pages.document().erased).toBeUndefined();
    await page.getByRole('button', { name: 'Yes, erase everything for good' }).press('Enter');
    await page.getByRole('heading', { name: 'Everything is erased' }).waitFor();
    expect(pages.document().erased).toMatchObject({ by: 'customer' });
    await open(preferences());
    await page.getByRole('heading', { name: 'We have nothing stored about you' }).waitFor();
  });

  it('nothing was asked of anybody else', () => {
    expect(asked.length).toBeGreaterThan(0);
    const { port } = server.address() as AddressInfo;
    expect(
      asked.filter((url) => !url.startsWith(`http://127.0.0.1:${port}/`) && !url.startsWith('data:')),
    ).toEqual([]);
  });
});
