// A tracked link leads where the author has written, whatever happens, and nowhere else.
import { expect, it } from 'vitest';
import { readRequest } from '#lib/runtime/customer-pages/read-request.ts';
import { CUSTOMER, SEND_KEY, testPages } from './pages-fixture.ts';

const TARGET = 'https://shop.example/p/7?colour=red';

function clicksOf(pages: Awaited<ReturnType<typeof testPages>>): unknown {
  return pages.document().sends[0]?.reports?.['clicked'];
}

it('leads on and is told of the message, once a minute', async () => {
  const pages = await testPages();
  const path = pages.path('click', { detail: TARGET });
  const answer = await pages.get(path);
  expect(answer).toMatchObject({
    status: 302,
    headers: { location: TARGET, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
  expect(clicksOf(pages)).toBe('2026-03-02T10:00:00.000Z');
  const { revision } = pages.document();
  await pages.get(path);
  expect(pages.document().revision).toBe(revision);
  pages.at('2026-03-02T10:01:00Z');
  await pages.get(path);
  expect(pages.document().revision).toBe(revision + 1);
});

it('followed by a program leads on as well, and counts as nobody', async () => {
  const pages = await testPages();
  const path = pages.path('click', { detail: TARGET });
  expect(await pages.get(path, { method: 'HEAD' })).toMatchObject({ status: 302 });
  expect(clicksOf(pages)).toBeUndefined();
  await pages.get(path);
  expect(clicksOf(pages)).toBeDefined();
});

it.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1', {}, false],
  ['WhatsApp/2.24.1 A', {}, true],
  ['facebookexternalhit/1.1 Facebot Twitterbot/1.0', {}, true],
  ['curl/8.5.0', {}, true],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/140', { 'sec-purpose': 'prefetch;prerender' }, true],
])('a request of %s with %j is by a machine: %s', async (agent, headers, byMachine) => {
  const request = await readRequest({
    rawPath: '/click/x',
    headers: { 'user-agent': agent, ...headers },
    requestContext: { http: { method: 'GET' } },
  });
  expect(request.byMachine).toBe(byMachine);
});

it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'no address', undefined])(
  'leads nowhere with %j, even if it was signed',
  async (detail) => {
    const pages = await testPages();
    const answer = await pages.get(pages.path('click', { detail }));
    expect(answer.status).toBe(404);
    expect(answer.headers).not.toHaveProperty('location');
  },
);

it('that somebody has changed, or made of another link, leads nowhere', async () => {
  const pages = await testPages();
  const path = pages.path('click', { detail: TARGET });
  const changed = path.replace(/.{4}$/, 'AAAA');
  const other = pages
    .path('unsubscribe', { detail: 'https://evil.example/' })
    .replace('unsubscribe', 'click');
  for (const wrong of [changed, other, '/click/https://evil.example/'])
    expect((await pages.get(wrong)).headers).not.toHaveProperty('location');
});

it('leads on where nothing can be told: the table does not answer, the link is old, the customer is gone', async () => {
  const pages = await testPages();
  const path = pages.path('click', { detail: TARGET });
  pages.break(new Error('no table'));
  const { answer, failure } = await pages.ask(path, 'GET');
  expect(answer.headers['location']).toBe(TARGET);
  expect(failure).toBeDefined();
  pages.break(undefined);
  pages.at('2040-01-01T00:00:00Z');
  expect((await pages.get(path)).headers['location']).toBe(TARGET);
  expect(clicksOf(pages)).toBeUndefined();
  const stranger = pages.path('click', { detail: TARGET, customer: 'ee'.repeat(16) });
  expect((await pages.get(stranger)).headers['location']).toBe(TARGET);
});

it('has ids and the address in it, and nothing else', async () => {
  const pages = await testPages();
  const [, , token = ''] = pages.path('click', { detail: TARGET, topic: undefined }).split('/');
  const text = Buffer.from(token, 'base64url').toString('latin1');
  expect(text).toContain(TARGET);
  expect(text).not.toContain('ada@example.com');
  expect(SEND_KEY).not.toContain(CUSTOMER);
});
