// Public holidays as dates: as the calendars of these places have them.
import { describe, expect, it, test } from 'vitest';
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import { holidaysNamed, holidaysOf } from '#lib/compiler/holidays/expand.ts';
import { HOLIDAY_PLACES } from '#lib/compiler/holidays/places.ts';
import { letter, manifest, pause } from '../../laws/world/journeys.ts';

const of = (place: string, year: number): string[] =>
  (holidaysOf(place) ?? []).filter((date) => date.startsWith(String(year))).map((date) => date.slice(5));

const weekday = (date: string): string | undefined =>
  WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7];

describe('public holidays', () => {
  test.each<[string, number, string]>([
    ['DE', 2026, '01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26'],
    ['DE-BY', 2026, '01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 08-15 10-03 11-01 12-25 12-26'],
    ['DE-BE', 2025, '01-01 03-08 04-18 04-21 05-01 05-08 05-29 06-09 10-03 12-25 12-26'],
    ['DE-BE', 2028, '01-01 03-08 04-14 04-17 05-01 05-25 06-05 06-17 10-03 12-25 12-26'],
    ['DE-SN', 2027, '01-01 03-26 03-29 05-01 05-06 05-17 10-03 10-31 11-17 12-25 12-26'],
    ['FR', 2026, '01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25'],
    // Boxing Day is a Saturday, Christmas in the year after it a Saturday and Boxing Day a Sunday.
    ['GB-ENG', 2026, '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28'],
    ['GB-ENG', 2027, '01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28'],
    // Independence Day is a Saturday, kept on Friday.
    ['US', 2026, '01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25'],
    ['IE', 2030, '01-01 02-01 03-17 04-22 05-06 06-03 08-05 10-28 12-25 12-26'],
    ['NL', 2025, '01-01 04-20 04-21 04-26 05-29 06-08 06-09 12-25 12-26'],
  ])('of %s in %i', (place, year, dates) => {
    expect(of(place, year)).toEqual(dates.split(' '));
  });

  it('that a government keeps on another day never fall on the weekend alone', () => {
    for (const place of ['US', 'GB-ENG']) {
      const dates = holidaysOf(place) ?? [];
      const working = dates.filter((date) => !['saturday', 'sunday'].includes(weekday(date) ?? ''));
      // Seventeen years of 11 and of 8 days off; New Year of the year after the last may be kept in it.
      expect(Math.round(working.length / 17)).toBe(place === 'US' ? 11 : 8);
    }
  });

  it('are each told once and in order, for every place and year', () => {
    for (const place of HOLIDAY_PLACES) {
      const dates = holidaysOf(place) ?? [];
      expect(dates).toEqual([...new Set(dates)].toSorted());
      for (let year = 2024; year <= 2040; year += 1) expect(of(place, year).length).toBeGreaterThan(3);
    }
  });

  it('of places that nobody knows are none', () => {
    for (const place of ['DE-XX', 'de', 'constructor', '__proto__'])
      expect(holidaysOf(place)).toBeUndefined();
  });
});

test('are known for two years ahead at least', () => {
  const last = holidaysOf('US')?.at(-1)?.slice(0, 4) ?? '';
  expect(Number(last) - new Date().getUTCFullYear(), 'let expand.ts reach farther').toBeGreaterThanOrEqual(2);
});

test('packed are those that some version names, and no others', () => {
  const closing = manifest('journey', 'Signed Up', {
    first: letter('first', 'rest', { holidays: ['DE-BY', 'US'] }),
    rest: pause('2 days', 'last'),
    last: letter('last', null, { holidays: ['US'] }),
  });
  const open = manifest('other', 'Signed Up', { hello: letter('hello', null, {}) });
  expect(Object.keys(holidaysNamed([closing, open]))).toEqual(['DE-BY', 'US']);
});
