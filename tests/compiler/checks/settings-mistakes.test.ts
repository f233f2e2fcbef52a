// What marketers get wrong in settings about laws, holidays, senders and cases: each is told, and what is meant is not.
import { describe, expect, test } from 'vitest';
import { checkSettings } from '#lib/compiler/check-settings.ts';
import { changed, readJourneys } from './good-journey.ts';

function told(settings: object): readonly string[] {
  const text = JSON.stringify({
    brand: { name: 'Shop' },
    timezone: 'Europe/Berlin',
    locale: 'en',
    ...settings,
  });
  return checkSettings({ path: 'settings.json', text }).diagnostics.map(
    ({ code, message, hint = '' }) => `${code}: ${message} ${hint}`,
  );
}

const sms = (sender: object): object => ({ senders: { default: { sms: sender } } });
const NUMBER = '+491713920042';

describe('what would be ignored or refused later', () => {
  test.each<[string, object, string]>([
    [
      'a country that is named in another way',
      { legal: { sms: { UK: ['recipient-day'] } } },
      'The United Kingdom is "GB"',
    ],
    ['a country in words', { legal: { sms: { Germany: ['recipient-day'] } } }, 'unknown-country'],
    ['a law of another country', { legal: { sms: { others: ['us-states'] } } }, 'never hold for the others'],
    ['a law for no country', { legal: { sms: {} } }, 'names no country'],
    [
      'holidays of a country that has them by parts',
      { closed: [{ holidays: 'UK' }] },
      '"GB-ENG", "GB-NIR" and "GB-WLS"',
    ],
    ['holidays in small letters', { closed: [{ holidays: 'de-by' }] }, 'Did you mean "DE-BY"?'],
    ['a price of nothing', sms({ sender: NUMBER, maxPrice: '0.00' }), 'more than nothing'],
    ['a price without a point', sms({ sender: NUMBER, maxPrice: '1' }), 'with a point'],
    ['a number with blanks', sms({ sender: '+1 844 555 0123' }), 'must be a number such as'],
    ['a number without its country', sms({ sender: '01713920042' }), 'must be a number such as'],
    ['a sender id that is too long', sms({ sender: 'KestrelLaneShop' }), 'up to 11 letters'],
    [
      'a country of which nothing is said',
      sms({ sender: NUMBER, countries: { GB: {} } }),
      'says nothing about this country',
    ],
    [
      'fatigue that nothing ends',
      { fatigue: [{ channel: 'sms', after: 5, most: 1, per: '1 month' }] },
      'fatigue-never-ends',
    ],
  ])('%s', (_, settings, expected) => {
    expect(told(settings).join('\n')).toContain(expected);
    expect(told(settings)).toHaveLength(1);
  });
});

test.each<[string, object]>([
  [
    'laws by country',
    { legal: { sms: { US: ['us-tcpa', 'us-states'], CH: 'none', others: ['recipient-day'] } } },
  ],
  ['holidays', { closed: [{ holidays: 'DE-BY' }, { holidays: 'GB-WLS' }] }],
  ['a number', sms({ sender: NUMBER, maxPrice: '0.10' })],
  ['a sender id', sms({ sender: 'KestrelLane' })],
  ['a pool', sms({ sender: 'pool-2c15d6a4b0e94e0f' })],
  ['an ARN', sms({ sender: 'arn:aws:sms-voice:eu-central-1:111122223333:phone-number/phone-0a1b' })],
  [
    'fatigue that a click ends',
    { trackedLinks: ['sms'], fatigue: [{ channel: 'sms', after: 5, most: 1, per: '1 month' }] },
  ],
])('%s: nothing is said', (_, settings) => {
  expect(told(settings)).toEqual([]);
});

test.each([
  ['caps', [{ most: 1, per: '1 day', of: 'journey' }], true],
  ['windows', { email: { weekdays: '09:00-17:00' } }, true],
  ['closed', ['2026-12-24'], true],
  ['perSecond', { email: 5 }, true],
  ['closed', 'none', false],
] as const)('"%s" of a journey that sends no marketing changes nothing: %j', (field, value, isTold) => {
  const { diagnostics } = readJourneys({
    'sample.json': changed({ '/delivery': { class: 'transactional', [field]: value } }),
  });
  const about = diagnostics.filter(({ message }) => message.includes(`"${field}" changes nothing`));
  expect(about).toHaveLength(isTold ? 1 : 0);
});
