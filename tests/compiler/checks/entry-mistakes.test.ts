// Entries that marketers get wrong, each told once and at its place; and one of each kind that is right.
import { describe, expect, test } from 'vitest';
import { changed, readJourneys } from './good-journey.ts';

type Change = Readonly<Record<string, unknown>>;

/** A journey that asks nothing of its entry, so that any entry fits it. */
const AROUND: Change = {
  '/goal': undefined,
  '/exit': [],
  '/steps': [{ id: 'remind', type: 'send', message: 'cart-reminder', channel: 'email' }],
};

function told(change: Change): string[] {
  const { diagnostics } = readJourneys({ 'sample.json': changed({ ...AROUND, ...change }) });
  return diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
}

const RIGHT: readonly unknown[] = [
  {
    event: 'Product Added',
    audience: { 'profile.tags': { contains: { 'same as': 'event.cart_id' } } },
    key: 'event.cart_id',
  },
  { schedule: { every: 'monday 09:00' }, where: { 'profile.age': { gte: 18 } } },
  { schedule: { every: 'FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0', timezone: 'customer' } },
  { schedule: { at: '2026-11-27T08:00', timezone: 'America/New_York' } },
  { schedule: { at: '2026-11-27T08:00:00+01:00' }, where: { 'event.scheduled': { after: '2026-01-01' } } },
  { date: { of: 'profile.birthday', repeat: 'yearly', at: '09:00' }, reentry: { after: '300 days' } },
  { date: { of: 'profile.renews', offset: '2 hours before' } },
  { trait: 'profile.member', to: true, where: { 'event.before': false } },
  { trait: 'profile.country' },
  { api: true },
];

test.each(RIGHT)('nothing is said of %j', (entry) => {
  expect(told({ '/entry': entry })).toEqual([]);
});

test('of an end without a start, and of what would have no effect', () => {
  expect(told({ '/ends': '2027-01-01', '/atEnd': 'exit' })).toEqual([]);
  expect(told({ '/atEnd': 'exit' })).toEqual(['without-effect /atEnd']);
});

describe('one mistake, one diagnostic', () => {
  test.each<readonly [string, Change, string, string]>([
    [
      'entry segment unknown',
      { '/entry': { enters: 'nobody', existing: 'ignore' } },
      'unknown-segment',
      '/entry/enters',
    ],
    [
      'entry existing typo',
      { '/entry': { enters: 'nobody', existing: 'enters' } },
      'not-one-of',
      '/entry/existing',
    ],
    [
      'schedule cron',
      { '/entry': { schedule: { every: '0 9 * * 1' } } },
      'schedule-unreadable',
      '/entry/schedule/every',
    ],
    [
      'schedule without time',
      { '/entry': { schedule: { every: 'monday' } } },
      'schedule-unreadable',
      '/entry/schedule/every',
    ],
    [
      'schedule bad part',
      { '/entry': { schedule: { every: 'FREQ=WEEKLY;BYDAY=MON;BYHOUR=9' } } },
      'schedule-unreadable',
      '/entry/schedule/every',
    ],
    [
      'schedule ends before it starts',
      { '/entry': { schedule: { every: 'DTSTART:20260105T090000 RRULE:FREQ=DAILY;UNTIL=20250101' } } },
      'schedule-never',
      '/entry/schedule/every',
    ],
    [
      'schedule on a day alone',
      { '/entry': { schedule: { at: '2026-11-27' } } },
      'time-missing',
      '/entry/schedule/at',
    ],
    [
      'schedule at no date',
      { '/entry': { schedule: { at: 'black friday' } } },
      'invalid-value',
      '/entry/schedule/at',
    ],
    [
      'schedule every and at',
      { '/entry': { schedule: { every: 'day 09:00', at: '2026-11-27T09:00' } } },
      'not-together',
      '/entry/schedule/at',
    ],
    [
      'schedule bad zone',
      { '/entry': { schedule: { every: 'day 09:00', timezone: 'Berlin' } } },
      'unknown-timezone',
      '/entry/schedule/timezone',
    ],
    [
      'schedule unknown segment',
      { '/entry': { schedule: { every: 'day 09:00' }, segment: 'nobody' } },
      'unknown-segment',
      '/entry/segment',
    ],
    [
      'date of unknown trait',
      { '/entry': { date: { of: 'profile.birthdy', at: '09:00' } } },
      'unknown-trait',
      '/entry/date/of',
    ],
    [
      'date of no trait',
      { '/entry': { date: { of: 'birthday', at: '09:00' } } },
      'invalid-value',
      '/entry/date/of',
    ],
    [
      'date bad offset',
      { '/entry': { date: { of: 'profile.birthday', offset: 'a week', at: '09:00' } } },
      'invalid-value',
      '/entry/date/offset',
    ],
    [
      'date at bad time',
      { '/entry': { date: { of: 'profile.birthday', at: '9:00' } } },
      'invalid-value',
      '/entry/date/at',
    ],
    ['trait unknown', { '/entry': { trait: 'profile.agee' } }, 'unknown-trait', '/entry/trait'],
    [
      'trait to other type',
      { '/entry': { trait: 'profile.age', to: 'gold' } },
      'value-not-of-type',
      '/entry/to',
    ],
    ['api false', { '/entry': { api: false } }, 'wrong-type', '/entry/api'],
    [
      'audience unknown event',
      { '/entry': { event: 'Product Aded', audience: { 'profile.age': 18 } } },
      'unknown-event',
      '/entry/event',
    ],
    [
      'audience unknown trait',
      { '/entry': { event: 'Product Added', audience: { 'profile.agee': 18 } } },
      'unknown-trait',
      '/entry/audience/profile.agee',
    ],
    [
      'audience where unknown property',
      { '/entry': { event: 'Product Added', audience: { 'profile.age': 18 }, where: { 'event.pric': 1 } } },
      'unknown-property',
      '/entry/where/event.pric',
    ],
    [
      'key with a date',
      { '/entry': { date: { of: 'profile.birthday', at: '09:00' }, key: 'event.cart_id' } },
      'key-without-event',
      '/entry/key',
    ],
    ['starts no date', { '/starts': 'december' }, 'invalid-value', '/starts'],
  ])('%s', (_, change, code, pointer) => {
    expect(told(change)).toEqual([`${code} ${pointer}`]);
  });
});
