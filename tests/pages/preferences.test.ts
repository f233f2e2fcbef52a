// The preference centre: what is ticked is what holds, and nothing else comes of it.
import { beforeEach, describe, expect, it } from 'vitest';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { instant, testPages, type TestPages } from './pages-fixture.ts';

let pages: TestPages;
beforeEach(async () => {
  pages = await testPages();
});

const SHOWN = { choices: 'shown', frequency: 'all', pause: 'none' };
const both = { 'choice/promotions/email': 'on', 'choice/news/email': 'on' };
const path = () => pages.path('preferences', { expires: instant('2026-08-28T10:00:00Z') });
/** Whether marketing of the topic may go out on the channel now, by the engine's own rule. */
const mayGo = (topic: string, channel: Channel = 'email') =>
  whyNoConsent(
    { document: pages.document(), workspace: pages.workspace, now: instant('2026-03-05T10:00:00Z') },
    topic,
    channel,
  ) === undefined;

/** Names of the boxes and whether they are ticked. */
function boxes(body: string): Record<string, boolean> {
  const inputs = body.matchAll(/<input[^>]*type="checkbox"[^>]*>/g);
  return Object.fromEntries(
    [...inputs].map(([input]) => [/name="([^"]+)"/.exec(input)?.[1] ?? '', / checked/.test(input)]),
  );
}

describe('choices', () => {
  it('are shown as they hold, on the channels by which the customer can be reached', async () => {
    await pages.grant('promotions', 'sms');
    expect(boxes((await pages.get(path())).body)).toEqual({
      'choice/promotions/email': true,
      'choice/promotions/sms': true,
      'choice/news/email': true,
      'choice/news/sms': false,
      'choice/letters/email': false,
      'choice/letters/sms': false,
    });
  });

  it('hold at once when they are saved, and are shown so', async () => {
    const { status, body } = await pages.post(path(), { ...SHOWN, 'choice/news/sms': 'on' });
    expect(status).toBe(200);
    expect(body).toContain('Saved');
    expect([mayGo('promotions'), mayGo('news'), mayGo('news', 'sms')]).toEqual([false, false, true]);
    expect(boxes(body)).toEqual(boxes((await pages.get(path())).body));
  });

  it('that are saved as they were change nothing', async () => {
    const { revision } = pages.document();
    const { body } = await pages.post(path(), { ...SHOWN, ...both });
    expect(body).toContain('Nothing has changed');
    expect(pages.document().revision).toBe(revision);
  });

  it('decide everything anew for whoever had refused everything, and bring back nothing that is not ticked', async () => {
    await pages.post(path(), { scope: 'everything' });
    expect([mayGo('promotions'), mayGo('news')]).toEqual([false, false]);
    expect(Object.values(boxes((await pages.get(path())).body))).not.toContain(true);
    pages.at('2026-03-03T10:00:00Z');
    await pages.post(path(), { ...SHOWN, 'choice/news/email': 'on' });
    expect([mayGo('news'), mayGo('promotions'), mayGo('news', 'sms')]).toEqual([true, false, false]);
  });

  it('take back the refusal of a topic without allowing it on channels that are not shown', async () => {
    await pages.tell('Consent Changed', { topic: 'news', channel: '*', granted: false });
    expect(mayGo('news')).toBe(false);
    pages.at('2026-03-03T10:00:00Z');
    await pages.post(path(), { ...SHOWN, ...both });
    expect([mayGo('news'), mayGo('promotions')]).toEqual([true, true]);
    for (const channel of ['sms', 'push', 'whatsapp', 'inapp'] as const)
      expect(mayGo('news', channel)).toBe(false);
  });

  it('are not touched by a form that does not show them', async () => {
    await pages.post(path(), { frequency: 'weekly' });
    expect([mayGo('promotions'), mayGo('news')]).toEqual([true, true]);
  });

  it('that no page has offered are passed over', async () => {
    await pages.post(path(), { ...SHOWN, ...both, 'choice/other/email': 'on', 'choice/news/webhook': 'on' });
    expect(Object.keys(pages.document().consent)).toEqual(['promotions', 'news']);
    expect(pages.document().consent['news']).not.toHaveProperty('webhook');
  });
});

describe('frequency and pauses', () => {
  it('are kept as the customer says', async () => {
    await pages.post(path(), { ...SHOWN, ...both, frequency: 'weekly', pause: 'month' });
    expect(pages.document().preferences).toMatchObject({
      frequency: { value: 'weekly' },
      pausedUntil: { value: '2026-04-01T10:00:00.000Z' },
    });
    const { body } = await pages.get(path());
    expect(body).toContain('until April 1, 2026');
    expect(body).toMatch(/value="weekly"\s+checked/);
  });

  it('go on as they are until they are changed', async () => {
    await pages.post(path(), { ...SHOWN, ...both, pause: 'week' });
    const { revision } = pages.document();
    await pages.post(path(), { ...SHOWN, ...both, pause: 'keep' });
    expect(pages.document().revision).toBe(revision);
    pages.at('2026-03-03T10:00:00Z');
    await pages.post(path(), { ...SHOWN, ...both, pause: 'none' });
    expect(pages.document().preferences?.pausedUntil?.value).toBeNull();
  });
});

describe('language and time zone', () => {
  it('become traits, and the page speaks the language at once', async () => {
    const { body } = await pages.post(path(), { ...SHOWN, ...both, locale: 'de', timezone: 'Europe/Berlin' });
    expect(pages.document().traits).toMatchObject({
      locale: { value: 'de' },
      timezone: { value: 'Europe/Berlin' },
    });
    expect(body).toContain('<html lang="de">');
    expect(body).toContain('Gespeichert');
  });

  it('are only what the page offers', async () => {
    await pages.post(path(), { ...SHOWN, ...both, locale: '<b>', timezone: 'Mars/Phobos' });
    expect(pages.document().traits).not.toHaveProperty('locale');
    expect(pages.document().traits).not.toHaveProperty('timezone');
  });
});

describe('a link that is too old', () => {
  it('shows nothing, changes nothing, and still ends all advertising', async () => {
    const old = path();
    pages.at('2026-09-01T00:00:00Z');
    const { status, body } = await pages.get(old);
    expect(status).toBe(410);
    expect(body).not.toContain('a…@');
    expect(boxes(body)).toEqual({});
    await pages.post(old, { ...SHOWN, ...both, 'choice/news/sms': 'on' });
    expect(mayGo('news', 'sms')).toBe(false);
    await pages.post(old, { scope: 'everything' });
    expect([mayGo('promotions'), mayGo('news')]).toEqual([false, false]);
  });
});

describe('whatever is written in settings and profiles', () => {
  it('stays text', async () => {
    await pages.identify({ locale: '"><script>alert(1)</script>', email: '<i>@<b>.com' });
    const { body } = await pages.get(path());
    expect(body).toContain('Discounts and &lt;new&gt; products');
    expect(body).toContain('Hearth &amp; Oak');
    expect(body).not.toMatch(/<script|<i>|<b>/);
  });
});

describe('asking for one’s data', () => {
  it('is offered only where a journey answers, and then only takes the request down', async () => {
    expect((await pages.get(path())).body).not.toContain('name="request"');
    await pages.post(path(), { request: 'export' });
    expect(pages.decisions.filter(({ kind }) => kind === 'enters')).toEqual([]);
    const answered = await testPages({ answers: 'Privacy Requested' });
    const link = answered.path('preferences');
    expect((await answered.get(link)).body).toContain('value="erasure"');
    const { body } = await answered.post(link, { request: 'erasure' });
    expect(body).toContain('We have taken down your request');
    expect(answered.decisions).toContainEqual(
      expect.objectContaining({ kind: 'enters', journey: 'answers' }),
    );
    expect(answered.document().traits).toHaveProperty('email');
  });
});

it('a form that was opened before everything was refused brings nothing back, and takes away what it does not tick', async () => {
  const { body } = await pages.get(path());
  const seen = /name="seen" value="([^"]+)"/.exec(body)?.[1] ?? '';
  expect(seen).not.toBe('');
  await pages.post(path(), { scope: 'everything' });
  const { revision } = pages.document();
  const stale = await pages.post(path(), { ...SHOWN, ...both, seen });
  expect(stale.body).toContain('have changed since this page was opened');
  expect(pages.document().consent['*']?.['*']?.granted).toBe(false);
  expect(pages.document().revision).toBe(revision);
});
