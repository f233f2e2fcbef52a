// A copy of everything, and its erasure: carried out by the link that came to the customer's own address.
import { beforeEach, describe, expect, it } from 'vitest';
import { customerExportSchema } from '#lib/contracts/customer-export.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { CUSTOMER, instant, testPages, type TestPages } from './pages-fixture.ts';

let pages: TestPages;
beforeEach(async () => {
  pages = await testPages();
});

/** As it is in a message of this instant: good for a day. */
const path = () => pages.path('privacy', { expires: instant('2026-03-03T10:00:00Z') });

describe('the page of one’s data', () => {
  it('shows whose data it is, what can be done, and nothing that is stored', async () => {
    const { status, body } = await pages.get(path());
    expect(status).toBe(200);
    expect(body).toContain('a…@e….com, +44…23');
    expect(body).not.toContain('ada@example.com');
    expect(body).toContain('Download my data');
    expect(body).toContain('Erase my data');
  });

  it.each([
    ['looking', 'GET', ''],
    ['looking as a scanner does', 'HEAD', ''],
    ['the one click of a mail program', 'POST', 'List-Unsubscribe=One-Click'],
    ['a form without its button', 'POST', ''],
    ['asking for erasure, before it is confirmed', 'POST', 'do=erase'],
    ['going back', 'POST', 'do=nothing'],
  ])('changes nothing by %s', async (_, method, form) => {
    const before = pages.document();
    const { answer } = await pages.ask(path(), method, new URLSearchParams(form));
    expect(answer.status).toBe(200);
    expect(pages.document()).toBe(before);
  });

  it('speaks German', async () => {
    await pages.identify({ locale: 'de' });
    expect((await pages.get(path())).body).toContain('Meine Daten herunterladen');
    expect((await pages.post(path(), { do: 'erase' })).body).toContain('Ja, alles endgültig löschen');
    expect((await pages.post(path(), { do: 'export' })).headers['content-disposition']).toBe(
      'attachment; filename="meine-daten.json"',
    );
  });

  it('does nothing any more after a day', async () => {
    const old = path();
    pages.at('2026-03-03T10:00:00Z');
    const before = pages.document();
    for (const form of [{ do: 'export' }, { do: 'erase' }, { do: 'erase for good' }]) {
      const { status, body } = await pages.post(old, form);
      expect(status).toBe(410);
      expect(body).not.toContain('ada@example.com');
    }
    expect(pages.document()).toBe(before);
  });

  it.each(['unsubscribe', 'preferences', 'why', 'confirm'] as const)(
    'is not opened by the link of another page: %s',
    async (purpose) => {
      const before = pages.document();
      const other = pages.path(purpose);
      for (const form of [{ do: 'export' }, { do: 'erase for good' }]) {
        expect((await pages.post(other, form)).body).not.toContain('ada@example.com');
        expect((await pages.post(other.replace(purpose, 'privacy'), form)).status).toBe(404);
      }
      expect(pages.document()).toBe(before);
    },
  );
});

describe('a copy of one’s data', () => {
  it('is a file with everything, kept by no cache', async () => {
    const { status, headers, body } = await pages.post(path(), { do: 'export' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.json"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const copy = customerExportSchema.parse(JSON.parse(body));
    expect(copy.customer).toBe(CUSTOMER);
    expect(copy.document['traits']).toMatchObject({ email: { value: 'ada@example.com' } });
  });

  it('is noted in the timeline, and changes nothing else', async () => {
    const { log: _, ...before } = pages.document();
    await pages.post(path(), { do: 'export' });
    const { log, ...after } = pages.document();
    expect(log).toMatchObject([{ kind: 'exports', reason: 'asked for by the customer' }]);
    expect(after).toMatchObject({ ...before, revision: before.revision + 1, decided: after.decided });
  });

  it('is not handed out where that cannot be noted', async () => {
    const link = path();
    pages.break(new Fault('TableUnavailable', 'the table does not answer'));
    const { status, body } = await pages.post(link, { do: 'export' });
    expect(status).toBe(503);
    expect(body).not.toContain('ada@example.com');
  });
});

describe('erasure', () => {
  it('is done after it was confirmed, and from then on every page says that nothing is stored', async () => {
    expect((await pages.post(path(), { do: 'erase' })).body).toContain('Yes, erase everything for good');
    expect(pages.document().erased).toBeUndefined();
    const { status, body } = await pages.post(path(), { do: 'erase for good' });
    expect(status).toBe(200);
    expect(body).toContain('Everything is erased');
    expect(pages.document().erased).toMatchObject({ by: 'customer' });
    expect(JSON.stringify(pages.document())).not.toContain('ada@example.com');
    for (const purpose of ['unsubscribe', 'preferences', 'why', 'confirm', 'privacy'] as const)
      expect((await pages.get(pages.path(purpose))).body).toContain('We have nothing stored about you');
  });

  it('stays as it is when it is asked for again', async () => {
    await pages.post(path(), { do: 'erase for good' });
    const erased = pages.document();
    const { body } = await pages.post(path(), { do: 'erase for good' });
    expect(body).toContain('We have nothing stored about you');
    expect(pages.document()).toBe(erased);
  });

  it('that could not be saved is not said to be done, and the button asks for the same again', async () => {
    const link = path();
    pages.break(new Fault('TableUnavailable', 'the table does not answer'));
    const { status, body } = await pages.post(link, { do: 'erase for good' });
    expect(status).toBe(503);
    expect(body).toContain('<input type="hidden" name="do" value="erase for good"');
    pages.break(undefined);
    expect(pages.document().erased).toBeUndefined();
  });
});
