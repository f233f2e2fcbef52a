// What may be written and comes to nothing, and where nothing is said because it may be meant.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { describe, expect, test } from 'vitest';
import { checkUnused } from '#lib/compiler/check-unused.ts';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { namesOf, readCatalog } from '#lib/messages/catalog.ts';
import { SETTINGS } from './good-journey.ts';

const NO_QUIET = { quietHours: {} };
const send = (more: object = {}) => ({ id: 'hi', type: 'send', message: 'hello', channel: 'email', ...more });
const CATALOG = namesOf(
  readCatalog({ 'lamps.csv': 'id,size,name\na,large,Ada\nb,large,Bea\nc,small,Cox\nd,small,Dov\n' }).catalog,
);

interface Told {
  readonly steps?: readonly object[];
  readonly settings?: object;
  readonly segment?: object;
  readonly [part: string]: unknown;
}

/** `code pointer` of everything that is said, and with `hints` the hints. */
function told({ steps = [send()], settings = {}, segment, ...parts }: Told, hints = false): string[] {
  const journey = {
    name: 'Sample',
    status: 'live',
    entry: { event: 'Cart Viewed' },
    delivery: { topic: 'promotions' },
    steps,
    ...parts,
  };
  const { diagnostics } = readWorkspace({
    settings: { path: 'settings.json', text: JSON.stringify({ ...SETTINGS, ...settings }) },
    journeys: [{ path: 'journeys/sample.json', text: JSON.stringify(journey) }],
    segments:
      segment === undefined
        ? []
        : [{ path: 'segments/some.json', text: JSON.stringify({ name: 'Some', when: segment }) }],
    messages: [{ id: 'hello', hash: 'h', channels: ['email', 'sms', 'push'], locales: ['en'], file: 'm' }],
    readLiquid,
    catalog: CATALOG,
  });
  const about = diagnostics.filter(({ code }) => code !== 'segment-not-used');
  return about.map(({ code, pointer, hint = '' }) => (hints ? hint : `${code} ${pointer}`));
}

const delivery = (more: object) => ({ delivery: { topic: 'promotions', ...more } });

/** An exit by an event with this condition. */
const exit = (event: string, where: object) => ({ exit: [{ event, where }] });

describe('values of built-in events', () => {
  test.each<[string, object, string]>([
    ['Message Opened', { 'event.channel': 'emial' }, 'Did you mean "email"?'],
    ['Message Unsubscribed', { 'event.topic': 'promotion' }, 'Did you mean "promotions"?'],
    ['Preferences Changed', { 'event.frequency': ['all', 'weekli'] }, 'Did you mean "weekly"?'],
    ['Message Bounced', { 'event.type': 'Hard' }, 'Did you mean "hard"?'],
    ['Message Sent', { 'event.message': { ne: 'helo' } }, 'Did you mean "hello"?'],
    ['Journey Exited', { 'event.journey': 'sampel' }, 'Did you mean "sample"?'],
    ['Trait Changed', { 'event.trait': 'contry' }, 'Did you mean "country"?'],
    ['Message Skipped', { 'event.reason': 'expird' }, 'Did you mean "expired"?'],
    ['Message Bounced', { 'event.reason': 'soft bounce' }, 'Did you mean "event.type": "soft"?'],
  ])('%s %j', (event, where, hint) => {
    expect(told(exit(event, where), true)).toEqual([hint]);
  });

  test.each<[string, object]>([
    ['Message Unsubscribed', { 'event.topic': '*' }],
    ['Message Skipped', { 'event.reason': 'fatigue: 10 e-mails without a reaction' }],
    ['Message Bounced', { 'event.reason': 'what an application says of its own provider' }],
    ['Message Opened', { 'event.link': 'anything' }],
  ])('may be %s %j', (event, where) => {
    expect(told(exit(event, where)).filter((one) => !one.startsWith('unknown-property'))).toEqual([]);
  });

  test('are known of the past as well, in segments', () => {
    const segment = { did: 'Message Clicked', atLeast: 1, where: { 'event.channel': 'mail' } };
    expect(told({ segment }, true)).toEqual(['Did you mean "email"?']);
  });
});

describe('values of the catalogue', () => {
  const settings = {
    vocabulary: { events: { 'Cart Viewed': {}, 'Lamp Bought': { size: 'text', name: 'text' } } },
  };

  test('a value that is almost one of a column that sorts the items', () => {
    const bought = exit('Lamp Bought', { 'event.size': 'lrage' });
    expect(told({ ...bought, settings })).toEqual(['value-misspelt /exit/0/where/event.size']);
  });

  test('is not asked for where it is far from all of them, or where a column names single items', () => {
    expect(told({ ...exit('Lamp Bought', { 'event.size': 'enormous' }), settings })).toEqual([]);
    expect(told({ ...exit('Lamp Bought', { 'event.name': 'Adam' }), settings })).toEqual([]);
  });
});

const waits = (where?: object) => ({
  exit: [{ event: 'Message Replied', ...(where === undefined ? {} : { where }) }],
});

const clicked = (channel: unknown) => ({
  steps: [
    send({ channel }),
    { id: 'rest', type: 'wait', for: '1 day' },
    {
      id: 'ask',
      type: 'branch',
      cases: [{ name: 'x', when: { send: 'hi', was: 'clicked' }, then: [{ type: 'exit', reason: 'x' }] }],
    },
    send({ id: 'again' }),
  ],
});

describe('what nobody reports', () => {
  test('answers, where the settings hear none or none of this channel', () => {
    expect(told(waits())).toEqual(['replies-not-heard /exit/0/event']);
    expect(told({ ...waits(), settings: { replies: ['email'] } })).toEqual([]);
    const byText = waits({ 'event.channel': 'sms' });
    expect(told({ ...byText, settings: { replies: ['email'] } })).toEqual([
      'replies-not-heard /exit/0/event',
    ]);
    expect(told({ ...byText, settings: { replies: ['sms'] } })).toEqual([]);
  });

  test('answers to what cannot be answered', () => {
    const parts = { ...waits({ 'event.channel': 'push' }), settings: { replies: ['email'] } };
    expect(told(parts, true)).toEqual(['Send by a channel that can be answered, or remove this.']);
  });

  test('clicks in text messages, unless links are tracked; of a choice of channels one is enough', () => {
    expect(told(clicked('sms'))).toEqual(['never-reported /steps/2/cases/0/when/was']);
    expect(told({ ...clicked('sms'), settings: { trackedLinks: ['sms'] } })).toEqual([]);
    expect(told(clicked(['sms', 'email']))).toEqual([]);
  });
});

describe('a message that expires before anything opens', () => {
  const weekdays = { windows: { email: { weekdays: '09:00-18:00' } } };
  test('is told once, where nothing is said of when it expires', () => {
    const steps = [send(), send({ id: 'again' })];
    expect(told({ settings: weekdays, steps })).toEqual(['expires-while-closed /steps/0/channel']);
    expect(told({ settings: weekdays, steps, ...delivery({ expires: '63 hours' }) })).toEqual([]);
  });

  test('is meant where a short time is written, unless most of the week is too early', () => {
    expect(told(delivery({ expires: '6 hours' }))).toEqual([]);
    const monday = { email: { monday: '09:00-18:00' } };
    expect(told(delivery({ windows: monday, expires: '3 days' }))).toEqual([
      'expires-while-closed /delivery/expires',
    ]);
    expect(told(delivery({ windows: monday, expires: '4 days' }))).toEqual([]);
  });

  test.each([{ ifQuiet: 'skip' }, { class: 'transactional' }, { channel: ['email', 'sms'] }])(
    'is not told of %j',
    (more) => {
      expect(told({ settings: { ...weekdays, ...NO_QUIET }, steps: [send(more)] })).toEqual([]);
    },
  );
});

const both = (goal: object, more: object = {}) => ({
  goal: { event: 'Order Completed', ...goal },
  exit: [{ event: 'Order Completed', ...more }],
});

describe('exits', () => {
  test('behind one that takes everybody are never taken', () => {
    const narrow = { event: 'Order Completed', where: { 'event.cart_id': 'x' } };
    const all = { event: 'Order Completed' };
    expect(told({ exit: [all, narrow] })).toEqual(['exit-never-taken /exit/1/event']);
    expect(told({ exit: [narrow, all] })).toEqual([]);
  });

  test('by the event of the goal are never taken', () => {
    expect(told(both({}))).toEqual(['exit-never-taken /exit/0/event']);
    expect(told(both({}, { where: { 'event.cart_id': 'x' } }))).toEqual(['exit-never-taken /exit/0/event']);
  });

  test('may be taken where the goal ends nothing, counts for a time or is narrower', () => {
    for (const goal of [{ ends: false }, { within: '1 day' }, { where: { 'event.cart_id': 'x' } }])
      expect(told(both(goal))).toEqual([]);
  });
});

describe('rules of delivery that hold nothing back', () => {
  test('caps beside stricter ones', () => {
    const week = { most: 2, per: '1 week', of: 'all' };
    const settings = { caps: [week] };
    const own = (cap: object) => told({ settings, ...delivery({ caps: [cap] }) });
    expect(own({ most: 3, per: '2 days', of: 'journey' })).toEqual(['cap-without-effect /delivery/caps/0']);
    expect(own({ most: 1, per: '1 day', of: 'journey' })).toEqual([]);
    expect(own({ most: 2, of: 'journey' })).toEqual([]);
    expect(told({ settings: { caps: [week, week] } })).toEqual(['cap-without-effect /caps/1']);
  });

  test('quiet hours of a journey that is transactional', () => {
    const steps = [send({ class: 'transactional' })];
    expect(told({ steps, ...delivery({ quietHours: 'default' }) })).toEqual([
      'without-effect /delivery/quietHours',
    ]);
    expect(told({ steps, ...delivery({ quietHours: 'none', priority: 90 }) })).toEqual([]);
  });

  test('windows of a channel that the journey does not use', () => {
    const windows = { sms: { weekdays: '09:00-18:00' } };
    expect(told(delivery({ windows }))).toEqual(['without-effect /delivery/windows/sms']);
  });

  test('what to do when it is quiet, where it never is', () => {
    const steps = [send({ ifQuiet: 'skip' })];
    expect(told({ steps, settings: NO_QUIET })).toEqual(['without-effect /steps/0/ifQuiet']);
    expect(told({ steps })).toEqual([]);
    expect(told({ steps, settings: { ...NO_QUIET, closed: ['2026-12-24'] } })).toEqual([]);
    // The law closes the night to text messages by itself.
    expect(told({ steps: [send({ ifQuiet: 'skip', channel: 'sms' })], settings: NO_QUIET })).toEqual([]);
  });
});

test('a holdout of everybody leaves nobody to write to', () => {
  const event = 'Cart Viewed';
  expect(told({ entry: { event, holdout: '100%' } })).toEqual(['everybody-held-out /entry/holdout']);
  expect(told({ entry: { event, holdout: '99%' } })).toEqual([]);
});

/** What is said of the settings' windows for e-mail beside a journey with these rules. */
const unused = (own: object) => {
  const settingsText = JSON.stringify({ ...SETTINGS, windows: { email: { weekdays: '09:00-18:00' } } });
  const settingsFile = { path: 'settings.json', text: settingsText };
  const journey = {
    name: 'Sample',
    status: 'live',
    entry: { event: 'Cart Viewed' },
    delivery: { topic: 'promotions', expires: '3 days', ...own },
    steps: [send()],
  };
  const messages = [{ id: 'hello', hash: 'h', channels: ['email'] as const, locales: ['en'], file: 'm' }];
  const { settings, journeys, segments } = readWorkspace({
    settings: settingsFile,
    journeys: [{ path: 'journeys/sample.json', text: JSON.stringify(journey) }],
    messages,
    readLiquid,
  });
  if (settings === undefined) throw new Error('the settings have errors');
  return checkUnused({ settings, settingsFile, journeys, segments, messages })
    .filter(({ code }) => code === 'rule-without-channel')
    .map(({ pointer, message }) => `${pointer}: ${message}`);
};

describe('windows of the settings', () => {
  test('hold nothing back where every journey has its own, or is transactional', () => {
    expect(unused({})).toEqual([]);
    expect(unused({ windows: { email: { weekend: '09:00-18:00' } } })).toEqual([
      '/windows/email: Every journey that sends marketing by email has windows of its own: these hold nothing back.',
    ]);
    expect(unused({ class: 'transactional' })).toEqual([
      '/windows/email: No journey sends marketing by email: "windows" for it holds nothing back.',
    ]);
  });
});
