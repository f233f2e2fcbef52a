// The server of the page: what it answers, whom it refuses, and that what it answers has the form that it says.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aboutSchema } from '#lib/laptop/page/api/about.ts';
import { clockSchema } from '#lib/laptop/page/api/clock.ts';
import {
  customerSchema,
  customersSchema,
  decisionsSchema,
  timelineSchema,
} from '#lib/laptop/page/api/customers.ts';
import { sentEventSchema } from '#lib/laptop/page/api/events.ts';
import { journeySchema, journeysSchema } from '#lib/laptop/page/api/journeys.ts';
import { messageSchema, messagesSchema } from '#lib/laptop/page/api/messages.ts';
import {
  deadLettersSchema,
  operationsSchema,
  possibleBehavioursSchema,
} from '#lib/laptop/page/api/operations.ts';
import { readJourneyTitles } from '#lib/laptop/journey-titles.ts';
import { openPage, type Page } from '#lib/laptop/page/page-server.ts';
import { peopleSchema } from '#lib/laptop/page/people-at-step.ts';
import type { KnownCustomer } from '#lib/laptop/running-cloud.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { simulatedCloud, type SimulatedCloud } from './simulated-cloud.ts';

let cloud: SimulatedCloud;
let page: Page;
let ids = 0;
const OPTIONS = {
  titles: readJourneyTitles('workspace'),
  port: 0,
  timers: SYSTEM_TIMERS,
  newId: () => `page-${(ids += 1)}`,
  onFault: (error: unknown) => {
    throw error;
  },
};

function earlier(run: KnownCustomer['runs'][number]) {
  return { ...run, version: 'earlier', step: 'gone' };
}

beforeAll(async () => {
  cloud = await simulatedCloud({
    calls: 1500,
    deadLetters: [{ id: 'd-1', at: 0, body: '{"type":"track"}', reason: 'no customer' }],
    log: [{ at: 0, function: 'send-message', level: 'WARN', message: 'slow' }],
  });
  page = await openPage({ ...OPTIONS, cloud });
  // The workspace is compiled: some seconds on a busy machine.
}, 60_000);
afterAll(() => page.close());

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${page.address}/api/${path}`);
  return { status: response.status, body: await response.json() };
}

async function welcome() {
  return journeySchema.parse((await get('journeys/welcome')).body);
}

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: { problem?: string; field?: string } }> {
  const response = await fetch(`${page.address}/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { problem?: string; field?: string } };
}

/** Headers that fetch does not let one set. */
function rawStatus(headers: Record<string, string>, method = 'GET', path = '/api/journeys'): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(page.address);
    request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(method === 'GET' ? undefined : '{}');
  });
}

describe('answers', () => {
  it('have the forms that the schemas say', async () => {
    const customer = cloud.customers.idOf('c-0063');
    const message = cloud.outbox.messages()[0]?.id ?? '';
    const answers = {
      about: aboutSchema,
      clock: clockSchema,
      journeys: journeysSchema,
      'journeys/welcome': journeySchema,
      'journeys/welcome/people': peopleSchema,
      messages: messagesSchema,
      [`messages/${message}`]: messageSchema,
      customers: customersSchema,
      [`customers/${customer}`]: customerSchema,
      [`customers/${customer}/timeline`]: timelineSchema,
      operations: operationsSchema,
      'operations/queues/wend-test-events-dead/dead-letters': deadLettersSchema,
      'operations/behaviours?of=webhook': possibleBehavioursSchema,
    };
    for (const [path, schema] of Object.entries(answers)) {
      const { status, body } = await get(path);
      const { error } = schema.strict().safeParse(body);
      expect({ path, status, error }).toEqual({ path, status: 200, error: undefined });
    }
  });

  it('count as the documents and the outbox do', async () => {
    await expect
      .poll(async () => {
        const { journeys } = journeysSchema.parse((await get('journeys')).body);
        return journeys.reduce((sum, { counts }) => sum + counts.sent, 0);
      })
      .toBe(cloud.outbox.messages().length);
    const all = [...cloud.customers.all()];
    const documents = await Promise.all(all.map(({ id }) => cloud.customers.document(id)));
    const entered = documents.reduce(
      (sum, document) => sum + (document?.tallies['welcome']?.entered ?? 0),
      0,
    );
    await expect.poll(async () => (await welcome()).counts.entered).toBe(entered);
    const { graph, elsewhere, counts } = await welcome();
    const placed = [...graph.boxes, ...elsewhere].reduce((sum, { people }) => sum + people, 0);
    const runs = all.flatMap((one) => one.runs).filter(({ journey }) => journey === 'welcome');
    expect(counts.active).toBe(runs.length);
    // One that has just begun is nowhere yet.
    expect(placed).toBe(runs.filter(({ step }) => step !== undefined).length);
    expect(counts.active).toBeGreaterThan(0);
  });

  it('find customers by the id of the applications, by their hash and by address', async () => {
    const id = cloud.customers.idOf('c-0063');
    await expect
      .poll(async () => customersSchema.parse((await get('customers?find=C-0063@EXAMPLE')).body).all)
      .toBe(1);
    for (const find of ['c-0063', id]) {
      const { customers } = customersSchema.parse((await get(`customers?find=${find}`)).body);
      expect(customers.map((one) => one.external)).toEqual(['c-0063']);
    }
  });

  it('tell a timeline newest first, in the words of the terminal', async () => {
    const { body } = await get(`customers/${cloud.customers.idOf('c-0063')}/timeline`);
    const { entries } = timelineSchema.parse(body);
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(entries.some(({ words }) => /^sends [\w-]+ by \w+$/.test(words))).toBe(true);
  });
});

describe('journeys that were changed', () => {
  it('keep those who entered before where they can be seen, with the graph that they follow', async () => {
    const { workspace, customers } = cloud;
    const newest = workspace.manifests.find(
      ({ journey, version }) => journey === 'welcome' && workspace.newest[journey] === version,
    );
    if (newest === undefined) throw new Error('the sample has no journey "welcome"');
    const inside = [...customers.all()].filter(({ runs }) => runs.some((run) => run.journey === 'welcome'));
    const [first, second] = inside;
    const changed = await openPage({
      ...OPTIONS,
      cloud: {
        ...cloud,
        workspace: { ...workspace, manifests: [...workspace.manifests, { ...newest, version: 'earlier' }] },
        customers: {
          ...customers,
          all: () =>
            [...customers.all()].map((one) =>
              one.id === first?.id || one.id === second?.id
                ? { ...one, runs: one.runs.map((run) => (run.journey === 'welcome' ? earlier(run) : run)) }
                : one,
            ),
        },
      },
    });
    const ask = async (path: string) => (await fetch(`${changed.address}/api/${path}`)).json();
    const now = journeySchema.parse(await ask('journeys/welcome'));
    expect(now.shown).toBe(newest.version);
    expect(now.earlier).toEqual([{ version: 'earlier', people: 2 }]);
    expect(now.elsewhere).toEqual([{ step: 'gone', people: 2 }]);
    const before = journeySchema.parse(await ask('journeys/welcome?version=earlier'));
    expect(before.shown).toBe('earlier');
    expect(before.graph.boxes.reduce((sum, { people }) => sum + people, 0)).toBe(0);
    const { people } = peopleSchema.parse(await ask('journeys/welcome/people?version=earlier'));
    expect(people.map(({ customer, isEarlier }) => [customer, isEarlier])).toEqual([
      [first?.id, true],
      [second?.id, true],
    ]);
    expect((await fetch(`${changed.address}/api/journeys/welcome?version=x`)).status).toBe(404);
    await changed.close();
  });

  it('are called as their files call them', async () => {
    const { journeys } = journeysSchema.parse((await get('journeys')).body);
    expect(journeys.find(({ id }) => id === 'cart-recovery')).toMatchObject({
      name: 'Cart recovery',
      description: expect.stringContaining('left something in the cart'),
    });
  });
});

describe('events', () => {
  it('say who listens, what may be meant, and what was decided by them', async () => {
    const { body } = await post('events', {
      user: 'c-0063',
      event: 'Product Added',
      properties: {
        product_id: 'p-1',
        name: 'A lamp',
        category: 'light',
        price: 99,
        cart_id: 'k',
        discount: true,
      },
    });
    const { id, customer, journeys, notes } = sentEventSchema.parse(body);
    expect(notes).toEqual([]);
    expect(journeys).toContain('cart-recovery');
    const { entries } = decisionsSchema.parse((await get(`customers/${customer}/decisions/${id}`)).body);
    expect(entries.map(({ journey }) => journey)).toContain('cart-recovery');
    const slip = sentEventSchema.parse(
      (await post('events', { user: 'c-0063', event: 'product aded', properties: {} })).body,
    );
    expect(slip.journeys).toEqual([]);
    expect(slip.notes).toEqual(['The settings do not declare "product aded" (is "Product Added" meant?).']);
    expect((await get('customers/nobody/decisions/nothing')).body).toEqual({ entries: [] });
  });

  it('go on the bus as calls of the Segment spec, at the time of the business', async () => {
    const { status, body } = await post('events', {
      user: 'c-0063',
      event: 'Product Viewed',
      properties: { product_id: 'p-1', price: 'a lot', colour: 'red' },
    });
    expect(status).toBe(200);
    expect(sentEventSchema.parse(body)).toMatchObject({
      customer: cloud.customers.idOf('c-0063'),
      notes: [
        '"price" is declared as number, and is the text "a lot" here: comparisons with it do not hold.',
        '"colour" is not declared for this event: no condition reads it.',
        'Not given: name, category, discount. Conditions find nothing there.',
      ],
    });
    expect(cloud.told.at(-1)).toMatchObject({
      type: 'track',
      userId: 'c-0063',
      event: 'Product Viewed',
      timestamp: new Date(cloud.clock.now()).toISOString(),
    });
  });

  it('that are none are refused at the field that is wrong', async () => {
    const before = cloud.told.length;
    const answers = [
      await post('events', { user: '', event: 'Order Completed', properties: {} }),
      await post('events', { user: 'c', event: ' ', properties: {} }),
      await post('events', { user: 'c', event: 'Order Completed', properties: [] }),
      await post('events', { user: 'c', event: 'Customer Created', properties: {} }),
      await post('customers', { user: 'c', timezone: 'Mars/Olympus' }),
    ];
    expect(answers.map(({ status, body: { field } }) => `${status} ${field}`)).toEqual([
      '400 user',
      '400 event',
      '400 properties',
      '400 event',
      '400 timezone',
    ]);
    expect(cloud.told).toHaveLength(before);
  });

  it('make a customer, with zone, language and consent', async () => {
    await post('customers', {
      user: 'new-1',
      email: 'new@example.com',
      timezone: 'Asia/Tokyo',
      locale: 'de',
      topics: ['promotions'],
    });
    const { body } = await get(`customers/${cloud.customers.idOf('new-1')}`);
    const { traits, consent } = customerSchema.parse(body);
    expect(Object.fromEntries(traits.map(({ name, value }) => [name, value]))).toMatchObject({
      email: 'new@example.com',
      timezone: 'Asia/Tokyo',
      locale: 'de',
    });
    expect(consent.every(({ topic, granted }) => topic === 'promotions' && granted)).toBe(true);
    expect(consent.length).toBeGreaterThan(0);
  });
});

describe('the clock', () => {
  it('goes forward only, and not further than one would look', async () => {
    const now = cloud.clock.now();
    const jumps = [now - 1000, now + 401 * 86_400_000].map((to) => new Date(to).toISOString());
    for (const jumpTo of [...jumps, 'tomorrow'])
      expect(await post('clock', { jumpTo })).toMatchObject({ status: 400, body: { field: 'jumpTo' } });
    expect(cloud.clock.now()).toBe(now);
    expect((await post('clock', { speed: 0 })).status).toBe(400);
  });

  it('jumps, and tells that it is on its way', async () => {
    const to = cloud.clock.now() + 3 * 3_600_000;
    const { body } = await post('clock', { jumpTo: new Date(to).toISOString() });
    expect(clockSchema.parse(body).jumpingTo).toBe(new Date(to).toISOString());
    await expect.poll(() => cloud.clock.jumpingTo).toBeUndefined();
    expect(cloud.clock.now()).toBe(to);
  });
});

describe('whoever asks from elsewhere is refused', () => {
  it.each([
    ['another host (DNS rebinding)', { host: 'evil.example' }, 'GET', 403],
    ['another host that ends alike', { host: '127.0.0.1.evil.example' }, 'GET', 403],
    ['a page of another origin', { origin: 'https://evil.example' }, 'GET', 403],
    ['a page on another port of this machine', { origin: 'http://127.0.0.1:1' }, 'GET', 403],
    ['a form of another page', { 'content-type': 'text/plain' }, 'POST', 415],
    [
      'a write from another site',
      { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
      'POST',
      403,
    ],
  ])('%s', async (_, headers, method, status) => {
    expect(await rawStatus(headers as Record<string, string>, method, '/api/clock')).toBe(status);
  });

  it('a path out of the folder of the page', async () => {
    for (const path of ['/../page-server.ts', '/%2e%2e/page-server.ts', '/script/../../page-server.ts'])
      expect(await rawStatus({}, 'GET', path)).toBe(404);
  });

  it('what is no JSON, and what is too long', async () => {
    expect((await post('events', '{')).status).toBe(400);
    expect((await post('events', `"${'x'.repeat(2 ** 20)}"`)).status).toBe(413);
  });
});

describe('every answer keeps the browser from leaving', () => {
  it.each(['/', '/script/main.js', '/api/journeys', '/api/nothing'])('%s', async (path) => {
    const { headers } = await fetch(`${page.address}${path}`);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'self'; frame-src 'self'; object-src 'none'/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('a message more than all others', async () => {
    const message = cloud.outbox.messages().find(({ html }) => html !== undefined);
    const { headers } = await fetch(`${page.address}/api/messages/${message?.id}/html`);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*img-src data:.*sandbox$/);
  });
});

describe('how providers behave', () => {
  it.each([
    ['webhook', 'open', 'behaviour', /^"open" cannot be set for webhook; possible are throttle, refused, /],
    ['https://shop.example/hook', 'open', 'behaviour', /^"open" cannot be set for webhook; possible are /],
    ['+34600000001', 'scanner', 'behaviour', /^"scanner" cannot be set for sms or whatsapp; possible are /],
    ['sms', 'click', 'behaviour', /^"click" cannot be set for sms; possible are hard bounce, soft bounce, /],
    ['inapp', 'open', 'of', /^No behaviour can be set for inapp: no provider stands between /],
    ['email', 'sleep', 'behaviour', /^There is no behaviour "sleep"; there are hard bounce, /],
  ])(
    'is refused at its field where the channel has it not: %s, %s',
    async (of, behaviour, field, problem) => {
      expect(await post('operations/behaviours', { of, behaviour })).toEqual({
        status: 400,
        body: { field, problem: expect.stringMatching(problem) },
      });
      expect(cloud.providers.all().size).toBe(0);
    },
  );

  it('can be asked: what is offered can be set, and nothing else', async () => {
    const behaviours = 'operations/behaviours';
    for (const of of ['email', 'sms', '+34600000001', 'whatsapp', 'push', 'webhook', 'inapp']) {
      const { body } = await get(`${behaviours}?of=${encodeURIComponent(of)}`);
      const { kinds } = possibleBehavioursSchema.parse(body);
      expect(kinds.length === 0).toBe(of === 'inapp');
      const settable: string[] = [];
      for (const behaviour of cloud.providers.kinds.keys())
        if ((await post(behaviours, { of, behaviour })).status === 200) settable.push(behaviour);
      expect({ of, kinds: settable }).toEqual({ of, kinds });
      await post(behaviours, { of });
    }
    expect(cloud.providers.all().size).toBe(0);
  });
});

describe('much', () => {
  it('leaves the heads of old messages, and says so', async () => {
    const [first] = cloud.outbox.messages();
    if (first === undefined) throw new Error('no message');
    const { html: _html, text: _text, subject: _subject, content: _content, ...head } = first;
    cloud.keep({ ...head, id: 'old', message: 'cart-reminder', isForgotten: true });
    const message = messageSchema.parse((await get('messages/old')).body);
    expect(message).toMatchObject({ isForgotten: true, hasHtml: false, title: 'cart-reminder' });
  });

  it('stays quick: a list of 50,000 messages is answered part by part', async () => {
    const [first] = cloud.outbox.messages();
    if (first === undefined) throw new Error('no message');
    for (let number = 0; number < 50_000; number += 1) cloud.keep({ ...first, id: `many-${number}` });
    const { body } = await get('messages?from=100');
    const { messages, all, next } = messagesSchema.parse(body);
    expect([messages.length, all > 50_000, next]).toEqual([50, true, 150]);
    expect(JSON.stringify(body).length).toBeLessThan(40_000);
  });
});
