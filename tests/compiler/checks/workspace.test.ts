// Settings, several journeys together, and whatever else a folder may hold.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { changed, GOOD_JOURNEY, readJourneys, SETTINGS } from './good-journey.ts';

const told = (settings: unknown): string[] =>
  readJourneys({ 'sample.json': changed({}) }, settings).diagnostics.map(
    ({ file, code, pointer }) => `${file} ${code} ${pointer}`,
  );

describe('settings', () => {
  test.each([
    ['without a brand', { brand: undefined }, 'missing-field '],
    ['an unknown zone', { timezone: 'Europe/Berlim' }, 'unknown-timezone /timezone'],
    ['a locale that is none', { locale: 'English' }, 'invalid-value /locale'],
    ['an unknown default topic', { defaultTopic: 'news' }, 'unknown-topic /defaultTopic'],
    ['a cap of zero', { caps: [{ most: 0, of: 'all' }] }, 'cap-of-zero /caps/0/most'],
    ['an unknown field', { quiethours: {} }, 'unknown-field /quiethours'],
    [
      'a wrong type of a trait',
      { vocabulary: { ...SETTINGS.vocabulary, traits: { age: 'integer' } } },
      'not-one-of /vocabulary/traits/age',
    ],
    [
      'quiet hours named none',
      { quietHours: { ...SETTINGS.quietHours, none: { from: '01:00', to: '02:00' } } },
      'invalid-value /quietHours/none',
    ],
    [
      'plain events of AWS itself',
      { plainEvents: [{ source: 'aws.ses', customer: 'detail.to' }] },
      'invalid-value /plainEvents/0/source',
    ],
    [
      'plain events whose customer stands nowhere',
      { plainEvents: [{ source: 'shop', customer: 'customer.id' }] },
      'invalid-value /plainEvents/0/customer',
    ],
    [
      'a plain event that there is not',
      { plainEvents: [{ source: 'shop', customer: 'detail.id', events: { placed: 'Order Complete' } }] },
      'unknown-event /plainEvents/0/events/placed',
    ],
    [
      'plain events whose customer stands in a list',
      { plainEvents: [{ source: 'shop', customer: 'detail.buyers[0].id' }] },
      'invalid-value /plainEvents/0/customer',
    ],
    [
      'plain events that name none',
      { plainEvents: [{ source: 'shop', customer: 'detail.id', events: {} }] },
      'invalid-value /plainEvents/0/events',
    ],
    [
      'a plain event that only Wend makes',
      { plainEvents: [{ source: 'shop', customer: 'detail.id', events: { moved: 'Segment Entered' } }] },
      'built-in-sent /plainEvents/0/events/moved',
    ],
    [
      'plain events of which another entry reads all',
      {
        plainEvents: [
          { source: 'shop', customer: 'detail.id', events: { placed: 'Order Completed' } },
          { source: 'shop', customer: 'detail.buyer' },
        ],
      },
      'read-twice /plainEvents/1/source',
    ],
    [
      'an address of the web that is none',
      { links: { unsubscribe: 'shop.example', preferences: 'https://a.example', why: 'https://a.example' } },
      'invalid-value /links/unsubscribe',
    ],
  ])('%s', (_, change, expected) => {
    expect(told({ ...SETTINGS, ...change })).toEqual([`settings.json ${expected}`]);
  });

  test('where they cannot be read, names in journeys are not called unknown', () => {
    expect(told([])).toEqual(['settings.json wrong-type ']);
    const { settings, journeys } = readJourneys({ 'sample.json': changed({}) }, []);
    expect([settings, journeys]).toEqual([undefined, []]);
  });

  test('what is built in may be repeated as it is, also in part', () => {
    const { vocabulary } = SETTINGS;
    const traits = { ...vocabulary.traits, timezone: 'text' };
    const events = { ...vocabulary.events, 'Consent Changed': { topic: 'text' } };
    expect(told({ ...SETTINGS, vocabulary: { events, traits } })).toEqual([]);
    expect(
      told({
        ...SETTINGS,
        vocabulary: { events: { ...events, 'Consent Changed': { who: 'text' } }, traits },
      }),
    ).toEqual(['settings.json built-in-changed /vocabulary/events/Consent Changed/who']);
  });

  test('built-in events need no declaration', () => {
    const entry = { event: 'Consent Changed', where: { 'event.granted': true, 'event.topic': 'promotions' } };
    const text = changed({
      '/entry': entry,
      '/goal': undefined,
      '/exit': [],
      '/steps': [{ id: 'a', type: 'wait', for: '1 day' }],
    });
    expect(readJourneys({ 'sample.json': text }).diagnostics).toEqual([]);
  });
});

test.each([
  ['Message Bounced', { 'event.type': 'hard' }],
  ['Message Opened', { 'event.machine': { ne: true } }],
  ['Message Clicked', { 'event.link': { contains: 'shop.example' }, 'event.send': { exists: true } }],
  ['Consent Changed', { 'event.source': 'preferences' }],
])('of a built-in %s can be asked what providers and Wend tell with it', (event, where) => {
  const text = changed({ '/exit/0': { event, anyKey: true, where } });
  expect(readJourneys({ 'a.json': text }).diagnostics).toEqual([]);
});

test.each([
  ['profile.renews', []],
  ['profile.birthday', []],
  ['profile.country', ['same-as-other-type']],
])('a date is compared with %s', (other, expected) => {
  const text = changed({ '/exit/1/when': { 'profile.birthday': { before: { 'same as': other } } } });
  expect(readJourneys({ 'a.json': text }).diagnostics.map(({ code }) => code)).toEqual(expected);
});

describe('several journeys', () => {
  const good = changed({});

  test('one with errors does not keep the others from being compiled', () => {
    const { journeys, diagnostics } = readJourneys({ 'b.json': good, 'broken.json': '{', 'a.jsonc': good });
    expect(journeys.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(diagnostics.map(({ file }) => file)).toEqual(['journeys/broken.json']);
  });

  test('diagnostics come by file, line and column', () => {
    const bad = changed({ '/status': 'on', '/steps/1/message': 'no', '/entry/event': 'Nothing' });
    const { diagnostics } = readJourneys({ 'z.json': bad, 'a.json': bad });
    const places = diagnostics.map(({ file, line }) => `${file}:${String(line).padStart(4)}`);
    expect(places).toEqual(places.toSorted());
    expect(diagnostics).toHaveLength(6);
  });

  test('a draft is checked like a live one', () => {
    const { journeys } = readJourneys({ 'a.json': changed({ '/status': undefined }) });
    expect(journeys.map(({ status }) => status)).toEqual(['draft']);
    expect(
      readJourneys({ 'a.json': changed({ '/status': 'draft', '/steps/1/message': 'no' }) }).diagnostics,
    ).toHaveLength(1);
  });
});

describe('whatever a file holds', () => {
  test('a good journey with anything anywhere in it gives diagnostics or a manifest whose edges all lead somewhere', () => {
    const pointers = [...pointersIn(GOOD_JOURNEY, '')];
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(
        undefined,
        'send',
        'wait',
        'goto',
        'again',
        { type: 'exit' },
        [],
        {},
        '1 day',
        '50%',
        -1,
      ),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...pointers), { minLength: 1, maxLength: 2 }),
        anything,
        (where, value) => {
          fc.pre(!JSON.stringify(value ?? null).includes('__proto__'));
          const [first = '', second] = where;
          const text = changed({
            [first]: value,
            ...(second?.startsWith(first) || second === undefined ? {} : { [second]: value }),
          });
          const { diagnostics, journeys } = readJourneys({ 'sample.json': text });
          const errors = diagnostics.filter(({ severity }) => severity === 'error');
          expect(journeys.length === 0).toBe(errors.length > 0);
          for (const { manifest } of journeys) {
            const { nodes, start } = manifest.flow;
            const edges = [...JSON.stringify(nodes).matchAll(/"(?:next|otherwise|target)":"([^"]+)"/g)].map(
              ([, id]) => id,
            );
            for (const id of [...edges, start]) expect(Object.hasOwn(nodes, id ?? '')).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('any texts at all', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 50 }), fc.string({ maxLength: 50 }), (settings, journey) => {
        const source = {
          settings: { path: 'settings.json', text: settings },
          journeys: [{ path: `journeys/${journey}`, text: journey }],
          messages: [],
        };
        expect(readWorkspace({ ...source, readLiquid }).diagnostics.length).toBeGreaterThan(0);
      }),
    );
  });
});

function* pointersIn(value: unknown, path: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    const pointer = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    yield pointer;
    yield* pointersIn(part, pointer);
  }
}
