// The page in a browser: what each view shows and does, with mouse and keyboard; that nothing leaves the machine and nothing that others
// have written is run.
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readJourneyTitles } from '#lib/laptop/journey-titles.ts';
import { openPage, type Page as ServedPage } from '#lib/laptop/page/page-server.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { HAS_CHROMIUM, openChromium } from './chromium.ts';
import { faintTexts } from './faint-texts.ts';
import { simulatedCloud, type SimulatedCloud } from './simulated-cloud.ts';

const TITLES = readJourneyTitles('workspace');
const WELCOME = TITLES.get('welcome')?.name ?? '';
const HOSTILE = `<img src=x onerror="parent.broken=1"><script>window.broken=1</script>`;
/** Chromium and the sample take their time on a busy machine. */
const START_MILLIS = 90_000;

/** Of this machine; several of a test's pages are at ports of their own. */
function isOurs(url: string): boolean {
  return new URL(url).hostname === '127.0.0.1' || url.startsWith('about:');
}

describe.skipIf(!HAS_CHROMIUM)('the page in Chromium', () => {
  let cloud: SimulatedCloud;
  let served: ServedPage;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let elsewhere: string[];
  let problems: string[];

  beforeAll(async () => {
    [cloud, browser] = await Promise.all([
      simulatedCloud({
        calls: 1500,
        deadLetters: [{ id: 'd-1', at: 0, body: `{"event":"${HOSTILE.length}"}`, reason: HOSTILE }],
        log: [{ at: 0, function: 'send-message', level: 'WARN', message: HOSTILE }],
      }),
      openChromium(),
    ]);
    const options = {
      cloud,
      titles: TITLES,
      port: 0,
      timers: SYSTEM_TIMERS,
      newId: () => crypto.randomUUID(),
    };
    served = await openPage({ ...options, onFault: (error) => problems.push(String(error)) });
    await cloud.put([
      {
        type: 'identify',
        userId: `${HOSTILE}/../x`,
        messageId: 'hostile',
        timestamp: new Date(cloud.clock.now()).toISOString(),
        traits: { firstName: HOSTILE, email: 'hostile@example.com' },
      },
    ]);
    const [like] = cloud.outbox.messages();
    if (like === undefined) throw new Error('the sample has sent nothing');
    cloud.keep({
      ...like,
      id: 'hostile',
      channel: 'email',
      to: ['hostile@example.com'],
      customer: cloud.customers.idOf(`${HOSTILE}/../x`),
      subject: HOSTILE,
      html: `<html><head><link rel="stylesheet" href="https://elsewhere.example/a.css"><meta http-equiv="refresh" content="0;url=https://elsewhere.example/refresh"></head><body>${HOSTILE}<img src="https://elsewhere.example/pixel.gif"><form action="https://elsewhere.example/form"><button id="go">go</button></form><a href="https://elsewhere.example/link" target="_top" id="link">a link</a><p>The text of the mail</p></body></html>`,
      text: 'The text of the mail',
      reactions: ['open', 'click', 'reply', 'unsubscribe', 'complain'],
    });
  }, START_MILLIS);
  afterAll(async () => {
    await browser.close();
    await served.close();
  });

  beforeEach(async () => {
    elsewhere = [];
    problems = [];
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    // No name of a host leads anywhere (chromium.ts). What the policy of a message stops in the browser is asked of nobody.
    const noteElsewhere = (request: Request): void => {
      if (!isOurs(request.url()) && request.failure()?.errorText !== 'csp') elsewhere.push(request.url());
    };
    context.on('requestfailed', noteElsewhere);
    context.on('requestfinished', noteElsewhere);
    // Longer than anything takes on a busy machine, and shorter than a test.
    context.setDefaultTimeout(15_000);
    page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterEach(async () => {
    await context.close();
    if (elsewhere.length > 0) throw new Error(`asked of another host: ${elsewhere.join(', ')}`);
    if (problems.length > 0) throw new Error(`errors of the page: ${problems.join(', ')}`);
  });

  async function open(hash: string): Promise<void> {
    await page.goto(`${served.address}/${hash}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }

  it('lists the journeys with their counts, and opens one', async () => {
    await open('');
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: WELCOME, exact: true }) });
    expect(Number(await row.getByRole('cell').nth(1).textContent())).toBeGreaterThan(0);
    await row.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${WELCOME}`) }).waitFor();
    expect(page.url()).toContain('#/journeys/welcome');
  });

  it('shows who is at a step of a journey, by keyboard alone', async () => {
    const [journey, steps] = [...cloud.customers.atSteps()].find(([id]) => id === 'post-purchase') ?? [];
    const [step, number] = [...(steps ?? [])][0] ?? [];
    await open(`#/journeys/${journey}`);
    await page.getByRole('button', { name: new RegExp(`^${step} .*: ${number} people$`) }).focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('complementary')
      .getByRole('heading', { name: `${step} ${number}` })
      .waitFor();
    expect(await page.getByRole('complementary').getByRole('link').count()).toBeGreaterThan(1);
    // The same in words.
    await page.getByRole('button', { name: 'List' }).press('Enter');
    await page.getByRole('button', { name: new RegExp(`^${step} .*${number} people$`) }).waitFor();
  });

  it('moves people in the graph as they move', async () => {
    await open('#/journeys/welcome');
    const inside = page.locator('dl.counts dd').first();
    const before = Number(await inside.textContent());
    const timestamp = new Date(cloud.clock.now()).toISOString();
    await cloud.put([
      {
        type: 'identify',
        userId: 'live-1',
        messageId: 'live-1',
        timestamp,
        traits: { email: 'l@example.com' },
      },
    ]);
    await expect.poll(async () => Number(await inside.textContent())).toBe(before + 1);
  });

  it.each([
    ['email', 'iframe'],
    ['sms', '.bubble'],
    ['whatsapp', '.bubble'],
    ['push', '.notice'],
    ['inapp', '.notice'],
  ])('shows a message by %s as its customer sees it', async (channel, look) => {
    const message = cloud.outbox.messages().find((one) => one.channel === channel && one.id !== 'hostile');
    await open(`#/outbox/${message?.id}`);
    await page.locator(look).waitFor();
    expect(await page.locator('.message-head h2').textContent()).toContain(message?.subject ?? '');
  });

  it('shows an e-mail as wide as a telephone and as a screen, and as text', async () => {
    const message = cloud.outbox.messages().find(({ html, id }) => html !== undefined && id !== 'hostile');
    await open(`#/outbox/${message?.id}`);
    const width = async () => (await page.locator('iframe').boundingBox())?.width;
    expect(await width()).toBeGreaterThan(600);
    await page.getByRole('button', { name: 'Narrow' }).click();
    expect(await width()).toBe(375);
    await page.getByRole('button', { name: 'Text' }).click();
    expect(await page.locator('.mail-text').textContent()).toBe(message?.text);
  });

  it('filters the outbox, and says it where nothing passes', async () => {
    await open('#/outbox');
    await page.getByLabel('Channel').selectOption('sms');
    await expect
      .poll(() =>
        page
          .locator('.channel')
          .evaluateAll((all) => new Set(all.map((one) => one.getAttribute('title'))).size),
      )
      .toBe(1);
    await page.getByLabel('Customer').fill('nobody');
    await page.getByLabel('Customer').press('Enter');
    await page.getByText('No message passes these filters.').waitFor();
  });

  it('lets one be the customer: open, click, reply, complain', async () => {
    const message = cloud.outbox
      .messages()
      .find(({ reactions, id }) => reactions.includes('complain') && id !== 'hostile');
    await open(`#/outbox/${message?.id}`);
    const before = cloud.reacted.length;
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.locator('.reports').getByText('opened').waitFor();
    await page.locator('.links').getByRole('button').first().click();
    await page.locator('.reports').getByText('clicked').waitFor();
    await page.getByLabel('Reply').fill('Thank you');
    await page.getByLabel('Reply').press('Enter');
    await page.locator('.reports').getByText('replied').waitFor();
    expect(cloud.reacted.slice(before).map(({ reaction }) => reaction)).toEqual([
      { kind: 'open' },
      { kind: 'click', link: expect.stringMatching(/^https:/) },
      { kind: 'reply', text: 'Thank you' },
    ]);
  });

  it('finds a customer, says what was decided and why, and takes their consent back', async () => {
    await open('#/customers');
    await page.getByLabel('Find a customer').fill('c-0063@');
    await page.getByRole('link', { name: 'c-0063', exact: true }).click();
    await page.getByRole('heading', { name: 'What happened, and why' }).waitFor();
    expect(await page.locator('.timeline-words').allTextContents()).toContainEqual(
      expect.stringMatching(/^sends /),
    );
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await expect
      .poll(() => cloud.told.at(-1))
      .toMatchObject({ userId: 'c-0063', event: 'Consent Changed', properties: { granted: false } });
    await page.locator('.pill', { hasText: /^no$/ }).first().waitFor();
  });

  it('sends an event with an example, and shows what is wrong in its place', async () => {
    await open('#/send');
    await page.getByLabel('Customer').fill('c-0063');
    await page.getByLabel('Event').fill('Order Completed');
    const properties = page.getByLabel('Properties (JSON)');
    expect(JSON.parse(await properties.inputValue())).toMatchObject({ currency: 'EUR' });
    const example = await properties.inputValue();
    await properties.fill('{ "total": 12,, }');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    expect(await properties.getAttribute('aria-invalid')).toBe('true');
    await page.getByText(/^This is no JSON/).waitFor();
    await properties.fill(example);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText(/journeys listen to it: .*Post-purchase/).waitFor();
    await page.getByRole('heading', { name: 'What it did' }).waitFor();
    await page.locator('.event-decisions').getByText('enters').first().waitFor();
    await page.getByRole('link', { name: 'See what happened' }).click();
    await page.getByRole('heading', { name: 'What happened, and why' }).waitFor();
    expect(cloud.told.at(-1)).toMatchObject({ event: 'Order Completed', userId: 'c-0063' });
  });

  it('makes somebody a customer, and says which field is wrong', async () => {
    await open('#/send?form=customer');
    await page.getByLabel('Id', { exact: true }).fill('new-2');
    await page.getByLabel('Time zone').fill('Mars/Olympus');
    await page.getByRole('button', { name: 'Become a customer' }).click();
    await page.getByText('timezone: is no time zone').waitFor();
    await page.getByLabel('Time zone').fill('Asia/Tokyo');
    await page.getByRole('button', { name: 'Become a customer' }).click();
    await page.getByText('new-2 is told to the bus.').waitFor();
    expect(cloud.told.at(-1)).toMatchObject({
      type: 'identify',
      userId: 'new-2',
      traits: { timezone: 'Asia/Tokyo' },
    });
  });

  it('lets time stand, run and jump', async () => {
    await open('');
    const face = page.getByRole('region', { name: 'Clock' });
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByLabel('How fast time passes').selectOption('1440');
    await expect.poll(() => cloud.clock.speed).toBe(1440);
    const before = cloud.clock.now();
    await page.getByRole('button', { name: '+1 day' }).click();
    await expect.poll(() => cloud.clock.now()).toBe(before + 86_400_000);
    await expect
      .poll(() => face.locator('time').getAttribute('datetime'))
      .toBe(new Date(before + 86_400_000).toISOString());
    await page.getByText('Jump to…').click();
    await page.getByLabel(/^Jump to/).fill('2020-01-01T00:00');
    await page.getByRole('button', { name: 'Jump', exact: true }).click();
    await page.getByText('The clock only goes forward: choose a later time.').waitFor();
  });

  it('shows operators what is queued and what died, and sets how providers behave', async () => {
    await open('#/operations');
    await page.getByRole('button', { name: 'wend-test-events-dead' }).click();
    await page.getByRole('heading', { name: 'Dead letters of wend-test-events-dead' }).waitFor();
    await page.getByLabel('Channel or address').fill('sms');
    await page.getByLabel('Behaviour').selectOption('throttle');
    await page.getByRole('button', { name: 'Set' }).click();
    await page.getByRole('button', { name: 'As usual for sms' }).click();
    await page.getByText('All providers take every message').waitFor();
    expect(cloud.providers.all().size).toBe(0);
  });

  it('offers the behaviours that a channel has, and says at the field what cannot be set', async () => {
    await open('#/operations');
    const offered = page.getByLabel('Behaviour').locator('option');
    const all = await offered.count();
    await page.getByLabel('Channel or address').fill('webhook');
    await expect
      .poll(async () => (await offered.allTextContents()).map((text) => text.split(':')[0]))
      .toEqual(['throttle', 'refused', 'time-out', 'server error']);
    // What was chosen first stays, though an address that is not whole yet is one of a device.
    await page.getByLabel('Channel or address').fill('');
    await expect.poll(() => offered.count()).toBe(all);
    await page.getByLabel('Behaviour').selectOption('complaint');
    await page.getByLabel('Channel or address').fill('ana');
    await expect.poll(async () => (await offered.allTextContents()).join(' ')).not.toContain('complaint');
    await page.getByLabel('Channel or address').fill('ana@example.com');
    await expect.poll(() => page.getByLabel('Behaviour').inputValue()).toBe('complaint');
    await page.getByLabel('Channel or address').fill('inapp');
    await expect.poll(() => offered.count()).toBe(all);
    await page.getByRole('button', { name: 'Set' }).click();
    await page.getByText('No behaviour can be set for inapp').waitFor();
    expect(await page.getByLabel('Channel or address').getAttribute('aria-invalid')).toBe('true');
  });

  it.each(['#/outbox/hostile', '#/customers', '#/operations?queue=wend-test-events-dead'])(
    'shows what others have written as text: %s',
    async (hash) => {
      await open(hash);
      await page.getByText(HOSTILE).first().waitFor();
      await page.waitForTimeout(100);
      expect(await page.evaluate('window.broken')).toBeUndefined();
      expect(await page.locator('main img[src="x"]').count()).toBe(0);
    },
  );

  it('shows the profile and timeline of a customer with a hostile id', async () => {
    await open(`#/customers/${cloud.customers.idOf(`${HOSTILE}/../x`)}`);
    await page.getByRole('heading', { level: 1, name: HOSTILE }).waitFor();
    await page.getByRole('link', { name: 'Messages' }).click();
    await page.locator('.message-list').getByText(HOSTILE).first().waitFor();
    expect(await page.evaluate('window.broken')).toBeUndefined();
  });

  it('lets nothing of an e-mail run, load or lead away', async () => {
    await open('#/outbox/hostile');
    const frame = page.frameLocator('iframe');
    await frame.getByText('The text of the mail').waitFor();
    await frame.locator('#go').click();
    await frame.locator('#link').click();
    await page.waitForTimeout(200);
    expect(page.url()).toContain('#/outbox/hostile');
    expect(await page.evaluate('window.broken')).toBeUndefined();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
  });

  it.each([320, 760, 1920])('needs no scrolling sideways at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 700 });
    const message = cloud.outbox.messages().find(({ html }) => html !== undefined);
    const widths: Record<string, unknown> = {};
    for (const hash of [
      '',
      '#/journeys/cart-recovery',
      `#/outbox/${message?.id}`,
      '#/customers',
      '#/send',
      '#/operations',
    ]) {
      await open(hash);
      widths[hash] = await page.evaluate('document.documentElement.scrollWidth <= innerWidth');
    }
    expect(Object.entries(widths).filter(([, fits]) => fits !== true)).toEqual([]);
  });

  it.each(['', '#/journeys/welcome', '#/outbox/hostile', '#/customers', '#/send', '#/operations'])(
    'has landmarks and a name for every control: %s',
    async (hash) => {
      await open(hash);
      for (const role of ['banner', 'navigation', 'main'] as const)
        await page.getByRole(role).first().waitFor();
      const controls = await page.locator('button, a[href], input, select, textarea, [role=button]').all();
      const shown = await Promise.all(controls.map(async (one) => ({ one, isShown: await one.isVisible() })));
      const trees = await Promise.all(
        shown.filter(({ isShown }) => isShown).map(({ one }) => one.ariaSnapshot()),
      );
      expect(trees.length).toBeGreaterThan(10);
      // A tree begins with the role and, in quotation marks, the name.
      expect(trees.filter((tree) => !/^- \S+ (?:"|\/)/.test(tree))).toEqual([]);
    },
  );

  it.each(['light', 'dark'] as const)('can be read by everybody: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const hashes = [
      '',
      '#/journeys/cart-recovery',
      '#/outbox/hostile',
      '#/customers',
      '#/send',
      '#/operations',
      '#/customers/nobody',
    ];
    const faint: Record<string, readonly string[]> = {};
    for (const hash of hashes) {
      await open(hash);
      faint[hash] = await faintTexts(page);
    }
    expect(faint).toEqual(Object.fromEntries(hashes.map((hash) => [hash, []])));
  });

  it('has its clock and all its buttons in one line at 1280 pixels, whatever the clock says', async () => {
    for (const change of ['pause', 'resume'] as const) {
      cloud.clock[change]();
      await open('');
      const box = await page.locator('.clock').boundingBox();
      // A line is 48 pixels high, two are 84.
      expect(box?.height).toBeLessThan(60);
    }
  });

  it('leads on from an address that nobody has any more', async () => {
    await open('#/customers/nobody');
    await page.getByText('Nobody is known by this id (yet).').waitFor();
    await page.getByRole('link', { name: 'To the list: Customers' }).press('Enter');
    await page.getByLabel('Find a customer').waitFor();
    expect(page.url()).toMatch(/#\/customers$/);
  });

  it('says that the cloud is gone, and shows what another start has when it is back', async () => {
    const options = {
      cloud,
      titles: TITLES,
      port: 0,
      timers: SYSTEM_TIMERS,
      newId: () => 'x',
      onFault: () => undefined,
    };
    const short = await openPage(options);
    await page.goto(short.address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await short.close();
    await page.getByText('The local cloud does not answer any more.').waitFor();
    expect(await page.getByRole('status').first().isVisible()).toBe(true);
    const titles = new Map([['welcome', { name: 'A better welcome' }]]);
    const again = await openPage({ ...options, titles, port: Number(new URL(short.address).port) });
    await page.getByRole('link', { name: 'A better welcome' }).waitFor();
    await page.getByText('The local cloud does not answer any more.').waitFor({ state: 'hidden' });
    await again.close();
  });
});
