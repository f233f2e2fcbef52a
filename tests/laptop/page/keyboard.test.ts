// The page by keyboard alone: where focus goes when somebody chooses, goes back, or something changes under their hands.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readJourneyTitles } from '#lib/laptop/journey-titles.ts';
import { openPage, type Page as ServedPage } from '#lib/laptop/page/page-server.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { HAS_CHROMIUM, openChromium } from './chromium.ts';
import { simulatedCloud, type SimulatedCloud } from './simulated-cloud.ts';

/** Chromium and the sample take their time on a busy machine. */
const START_MILLIS = 90_000;

describe.skipIf(!HAS_CHROMIUM)('the page by keyboard', () => {
  let cloud: SimulatedCloud;
  let served: ServedPage;
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    [cloud, browser] = await Promise.all([simulatedCloud({ calls: 1500 }), openChromium()]);
    served = await openPage({
      cloud,
      titles: readJourneyTitles('workspace'),
      port: 0,
      timers: SYSTEM_TIMERS,
      newId: () => crypto.randomUUID(),
      onFault: (error) => problems.push(String(error)),
    });
  }, START_MILLIS);
  afterAll(async () => {
    await browser.close();
    await served.close();
  });
  beforeEach(async () => {
    problems = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // Longer than anything takes on a busy machine, and shorter than a test.
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    if (problems.length > 0) throw new Error(`errors of the page: ${problems.join(', ')}`);
  });

  async function open(hash: string): Promise<void> {
    await page.goto(`${served.address}/${hash}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }

  it('has a link to the content, focus in sight, and where one was after a change', async () => {
    await open('#/customers');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.getByRole('link', { name: 'Outbox' }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Outbox' }).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    const row = page.locator('.message-list a').nth(2);
    await row.focus();
    const key = await row.getAttribute('data-key');
    const [like] = cloud.outbox.messages();
    if (like !== undefined) cloud.keep({ ...like, id: 'focus-1', subject: 'One more' });
    await page.getByText('One more').waitFor();
    expect(await page.evaluate('document.activeElement.dataset.key')).toBe(key);
  });

  it('takes the keyboard to the message that is chosen, and back to its row with Escape', async () => {
    await open('#/outbox');
    const focused = () => page.evaluate('document.activeElement.closest("[data-key], h2")?.textContent');
    // One with something to do: text messages of the simulator can be answered.
    const message = cloud.outbox.messages().find(({ channel }) => channel === 'sms');
    await page.getByLabel('Channel').selectOption('sms');
    const row = page.locator(`.message-list [data-key="${message?.id}"]`);
    await row.press('Enter');
    const heading = page.locator('.message-head h2');
    await expect.poll(focused).toBe(await heading.textContent());
    const reply = page.getByRole('button', { name: 'Reply STOP' });
    let tabs = 0;
    while (!(await reply.evaluate((one) => one === one.ownerDocument.activeElement)) && tabs < 20) {
      await page.keyboard.press('Tab');
      tabs += 1;
    }
    expect(tabs).toBeLessThan(12);
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(await row.textContent());
    // The same once more: its address does not change.
    await page.keyboard.press('Enter');
    expect(await focused()).toBe(await heading.textContent());
    // On a telephone the message takes the place of the list.
    await page.setViewportSize({ width: 320, height: 700 });
    await page.getByRole('link', { name: 'All messages' }).press('Enter');
    await expect.poll(focused).toBe(await row.textContent());
  });

  it('closes the menu of the clock with Escape', async () => {
    await open('');
    await page.getByText('Jump to…').press('Enter');
    await page.getByLabel(/^Jump to/).focus();
    await page.keyboard.press('Escape');
    await page.getByLabel(/^Jump to/).waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Jump to…');
  });
});
