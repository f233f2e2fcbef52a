// Unsubscribing by the link of a message: one click of a mail program, or a person who is asked once.
import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import { eraseCustomer } from '#lib/engine/use-cases/erase-customer.ts';
import { CUSTOMER, SEND_KEY, testPages, type TestPages } from './pages-fixture.ts';

const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

let pages: TestPages;
beforeEach(async () => {
  pages = await testPages();
});

const allows = (topic: string, channel = 'email') => pages.document().consent[topic]?.[channel]?.granted;

describe('the one click of a mail program (RFC 8058)', () => {
  it('is answered with 200, without cookies and without leading elsewhere, and holds at once', async () => {
    const answer = await pages.post(pages.path('unsubscribe'), ONE_CLICK);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.headers)).not.toContain('set-cookie');
    expect(Object.keys(answer.headers)).not.toContain('location');
    expect(allows('promotions')).toBe(false);
    expect(pages.document().sends[0]?.reports).toHaveProperty('unsubscribed');
  });

  it('leaves other topics as they are', async () => {
    await pages.post(pages.path('unsubscribe'), ONE_CLICK);
    expect(allows('news')).toBe(true);
  });

  it('is answered the same when it is repeated, and writes nothing then', async () => {
    const path = pages.path('unsubscribe');
    const first = await pages.post(path, ONE_CLICK);
    const { revision } = pages.document();
    expect(await pages.post(path, ONE_CLICK)).toEqual(first);
    expect(pages.document().revision).toBe(revision);
  });

  it('counts again after the customer has come back', async () => {
    const path = pages.path('unsubscribe');
    await pages.post(path, ONE_CLICK);
    pages.at('2026-03-03T10:00:00Z');
    await pages.grant('promotions', 'email');
    expect(allows('promotions')).toBe(true);
    pages.at('2026-03-04T10:00:00Z');
    await pages.post(path, ONE_CLICK);
    expect(allows('promotions')).toBe(false);
  });

  it('holds also where the page answers by a clock that is behind the one of what was said last', async () => {
    pages.at('2026-03-03T10:00:00Z');
    await pages.grant('promotions', 'email');
    pages.at('2026-03-03T09:59:59Z');
    expect((await pages.post(pages.path('unsubscribe'), ONE_CLICK)).status).toBe(200);
    expect(allows('promotions')).toBe(false);
  });

  it('that nobody understands is no yes: a mail program reads the status alone', async () => {
    const { revision } = pages.document();
    expect((await pages.post(pages.path('unsubscribe'), { 'List-Unsubscribe': 'Perhaps' })).status).toBe(400);
    expect(pages.document().revision).toBe(revision);
  });

  it('is taken from a link whose time is over', async () => {
    pages.at('2036-01-01T00:00:00Z');
    expect((await pages.post(pages.path('unsubscribe'), ONE_CLICK)).status).toBe(200);
    expect(allows('promotions')).toBe(false);
  });

  it('about a message without a topic is about everything on its channel', async () => {
    await pages.post(pages.path('unsubscribe', { topic: undefined, send: undefined }), ONE_CLICK);
    expect(allows('*')).toBe(false);
  });

  it.each([
    { topic: 'renamed' },
    { topic: 'renamed', send: undefined },
    { topic: undefined, send: undefined },
  ])(
    'about a topic that there is no more (%j) is about its channel, and repeated it writes nothing',
    async (link) => {
      const path = pages.path('unsubscribe', link);
      await pages.post(path, ONE_CLICK);
      expect(allows('*')).toBe(false);
      const { revision, ledger } = pages.document();
      pages.at('2026-03-03T10:00:00Z');
      expect((await pages.post(path, ONE_CLICK)).status).toBe(200);
      expect(pages.document()).toMatchObject({ revision, ...(ledger && { ledger }) });
    },
  );
});

describe('whoever opens the link', () => {
  it.each(['GET', 'HEAD'])('by %s changes nothing, whether a person or a scanner', async (method) => {
    const before = pages.document();
    const { status } = await pages.get(pages.path('unsubscribe'), { method });
    expect(status).toBe(200);
    expect(pages.document()).toBe(before);
  });

  it('is asked once, by a button that needs no script', async () => {
    const { body } = await pages.get(pages.path('unsubscribe'));
    expect(body).toContain('Offers');
    expect(body).toMatch(/<form method="post"><button name="scope" value="this">Unsubscribe<\/button>/);
    await pages.post(pages.path('unsubscribe'), { scope: 'this' });
    expect(allows('promotions')).toBe(false);
  });

  it('sees the address only as its owner knows it', async () => {
    const { body } = await pages.get(pages.path('unsubscribe'));
    expect(body).toContain('a…@e….com');
    expect(body).not.toContain('ada@example.com');
  });

  it('sees nothing of the customer by a link that is too old', async () => {
    pages.at('2036-01-01T00:00:00Z');
    const { status, body } = await pages.get(pages.path('unsubscribe'));
    expect(status).toBe(200);
    expect(body).not.toContain('a…@');
    expect(body).not.toContain('/preferences/');
  });

  it('sends nothing that is no word of theirs', async () => {
    await pages.post(pages.path('unsubscribe'), { something: 'else' });
    expect(allows('promotions')).toBe(true);
  });
});

const forged = (path: string) => `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;

describe('a link that is none', () => {
  it.each(['GET', 'POST'])('is told so by %s, and does nothing', async (method) => {
    const { answer } = await pages.ask(
      forged(pages.path('unsubscribe')),
      method,
      new URLSearchParams(ONE_CLICK),
    );
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('This link does not work');
    expect(allows('promotions')).toBe(true);
  });

  it('is also one of another purpose', async () => {
    const path = pages.path('why').replace('/why/', '/unsubscribe/');
    expect((await pages.post(path, ONE_CLICK)).status).toBe(404);
    expect(allows('promotions')).toBe(true);
  });

  it('of somebody who is not stored any more says that nothing is', async () => {
    const { status, body } = await pages.get(pages.path('unsubscribe', { customer: 'aa'.repeat(16) }));
    expect(status).toBe(200);
    expect(body).toContain('We have nothing stored about you');
    expect(pages.documents.size).toBe(1);
    expect(pages.document().customer).toBe(CUSTOMER);
  });
});

describe('somebody who was erased', () => {
  it.each(['unsubscribe', 'preferences', 'why', 'confirm'] as const)(
    'is told by the link to %s that nothing is stored, and stays erased',
    async (purpose) => {
      await eraseCustomer(pages.engine, CUSTOMER, 'customer');
      const before = pages.document();
      const { answer } = await pages.ask(pages.path(purpose), 'POST', new URLSearchParams(ONE_CLICK));
      expect(answer.body).toContain('We have nothing stored about you');
      expect(pages.document()).toBe(before);
    },
  );
});

describe('a table that does not answer', () => {
  it('is said to be so, with a way to try again, and nothing is told to have been saved', async () => {
    const path = pages.path('unsubscribe');
    pages.break(new Fault('TableUnavailable', 'the table does not answer'));
    const { answer, failure } = await pages.ask(path, 'POST', new URLSearchParams({ scope: 'this' }));
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toContain('has not been saved');
    expect(answer.body).toContain('<input type="hidden" name="scope" value="this"');
    expect(failure).toBeInstanceOf(Fault);
    pages.break(undefined);
    expect((await pages.post(path, { scope: 'this' })).status).toBe(200);
    expect(allows('promotions')).toBe(false);
  });

  it('is also whatever else goes wrong: a customer never sees an error of ours', async () => {
    pages.break(new TypeError(`quoting ${SEND_KEY}`));
    const { answer } = await pages.ask(pages.path('unsubscribe'), 'GET');
    expect(answer.status).toBe(503);
    expect(answer.body).not.toContain(SEND_KEY);
  });
});

describe('every page', () => {
  it('is kept and shown nowhere else, runs nothing, and tells nobody its address', async () => {
    const { headers, body } = await pages.get(pages.path('unsubscribe'));
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(body).not.toMatch(/<script|https?:\/\//);
  });

  it('speaks the language of the customer, else of the browser', async () => {
    const path = pages.path('unsubscribe');
    expect((await pages.get(path, { languages: 'fr;q=0.9, de-AT;q=0.5' })).body).toContain(
      '<html lang="de">',
    );
    expect((await pages.get(path, { languages: 'fr' })).body).toContain('<html lang="en">');
    await pages.identify({ locale: 'de-CH' });
    expect((await pages.get(path, { languages: 'en' })).body).toContain('Abmelden');
  });

  it('answers nothing but what it is asked by: 405 for other methods', async () => {
    const { status, headers } = await pages.get(pages.path('unsubscribe'), { method: 'DELETE' });
    expect(status).toBe(405);
    expect(headers['allow']).toBe('GET, HEAD, POST');
  });
});
