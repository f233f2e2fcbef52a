// What is told of rules that hold back too much, and where nothing is said because it cannot be known.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { describe, expect, test } from 'vitest';
import { readWorkspace } from '#lib/compiler/workspace.ts';
import { readLiquid } from '#lib/messages/read-liquid.ts';
import { SETTINGS } from './good-journey.ts';

const send = (id: string, more: object = {}) => ({
  id,
  type: 'send',
  message: 'hello',
  channel: 'email',
  ...more,
});
const rest = (length: string) => ({ id: `rest-${length.replace(' ', '-')}`, type: 'wait', for: length });

/** `code pointer` of everything that is said about a journey with these steps and rules. */
function told(
  steps: readonly object[],
  delivery: object,
  settings: object = {},
  entry: object = {},
): string[] {
  const journey = {
    name: 'Sample',
    status: 'live',
    entry: { event: 'Cart Viewed', ...entry },
    delivery: { topic: 'promotions', quietHours: 'none', ...delivery },
    steps,
  };
  const { diagnostics } = readWorkspace({
    settings: { path: 'settings.json', text: JSON.stringify({ ...SETTINGS, ...settings }) },
    journeys: [{ path: 'journeys/sample.json', text: JSON.stringify(journey) }],
    messages: [{ id: 'hello', hash: 'h', channels: ['email', 'sms'], locales: ['en'], file: 'm' }],
    readLiquid,
  });
  return diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
}

const cap = (most: number, per?: string, of = 'journey') => ({ caps: [{ most, of, ...(per && { per }) }] });

describe('a message that a cap never lets out', () => {
  test.each<[string, readonly object[], object, string[]]>([
    [
      'the third of two for life',
      [send('a'), send('b'), send('c')],
      cap(2),
      ['cap-used-up /steps/2/message'],
    ],
    ['but not the second', [send('a'), send('b')], cap(2), []],
    [
      'inside the window',
      [send('a'), rest('3 days'), send('b')],
      cap(1, '1 week'),
      ['cap-used-up /steps/2/message'],
    ],
    ['outside it', [send('a'), rest('7 days'), send('b')], cap(1, '1 week'), []],
    // The first may be put off by a day and the second as well.
    ['perhaps outside it', [send('a'), rest('6 days'), send('b')], cap(1, '1 week'), []],
    [
      'of another topic',
      [send('a', { topic: 'news' }), send('b')],
      cap(1, '1 week', 'topic'),
      ['unknown-topic /steps/0/topic'],
    ],
    ['of another channel', [send('a', { channel: 'sms' }), send('b')], cap(1, '1 week', 'channel'), []],
    ['behind a transactional one', [send('a', { class: 'transactional' }), send('b')], cap(1), []],
    [
      'on one way only',
      [
        {
          id: 'ask',
          type: 'branch',
          cases: [{ name: 'x', when: { 'profile.country': 'DE' }, then: [send('a')] }],
        },
        send('b'),
      ],
      cap(1),
      [],
    ],
  ])('%s', (_, steps, delivery, expected) => {
    // Windows put messages off, by a day at most: what is said stays true.
    const daily = { weekdays: '09:00-18:00', weekend: '09:00-18:00' };
    expect(told(steps, { ...delivery, windows: { email: daily } })).toEqual(expected);
  });
});

describe('windows that never open', () => {
  const hours = { windows: { email: { weekdays: '22:00-23:00' } } };
  const expires = '7 days';

  test('in the settings, with the quiet hours that hold by default', () => {
    expect(told([send('a')], { expires }, hours)).toEqual(['windows-never-open /windows/email']);
  });

  test('with the quiet hours of the journey', () => {
    const open = { windows: { email: { weekdays: '19:00-20:00' } } };
    const quiet = { expires, quietHours: { from: '18:00', to: '08:00' } };
    expect(told([send('a')], quiet, open)).toEqual(['windows-never-open /delivery/quietHours']);
    expect(told([send('a', { channel: 'sms' })], quiet, open)).toEqual([]);
    expect(told([send('a', { class: 'transactional' })], quiet, open)).toEqual([
      'without-effect /delivery/quietHours',
    ]);
  });

  test('one minute is enough', () => {
    expect(
      told([send('a')], { expires, quietHours: 'default', windows: { email: { monday: '20:59-23:00' } } }),
    ).toEqual([]);
    expect(
      told([send('a')], { expires, quietHours: 'default', windows: { email: { monday: '22:00-08:01' } } }),
    ).toEqual([]);
  });
});

test('any number of messages in a day: told where re-entry is "always" and no cap holds', () => {
  const always = { reentry: 'always' };
  expect(told([send('a')], {}, {}, always)).toEqual(['messages-unbounded /entry/reentry']);
  expect(told([send('a')], { caps: [{ most: 1, per: '1 day', of: 'journey' }] }, {}, always)).toEqual([]);
  expect(told([send('a', { class: 'transactional' })], {}, {}, always)).toEqual([]);
});
