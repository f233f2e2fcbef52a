// Recurrence rules against a library that reckons them in another way, and against RFC 5545 where that library leaves it.
import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseRecurrence, readingsIn } from '#lib/journey/entries/recurrence.ts';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const numbers = (min: number, max: number) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 });
const around = (max: number) =>
  fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max }), fc.integer({ min: -max, max: -1 })), {
    minLength: 1,
    maxLength: 3,
  });
// The library loses plain weekdays beside numbered ones.
const nth = fc.constantFrom('1', '2', '3', '-1', '-2', '5');
const days = (numbered: boolean) =>
  fc.uniqueArray(
    fc
      .tuple(numbered ? nth : fc.constant(''), fc.constantFrom(...WEEKDAYS))
      .map(([which, day]) => `${which}${day}`),
    { minLength: 1, maxLength: 3 },
  );
/** Names of parts → their values; what the library and the RFC agree on, for each frequency. */
const dayParts = fc.oneof(
  fc.record({ FREQ: fc.constant('YEARLY'), BYDAY: days(true) }),
  fc.record({ FREQ: fc.constant('YEARLY'), BYMONTHDAY: around(31), BYMONTH: numbers(1, 12) }),
  fc.record({ FREQ: fc.constant('YEARLY'), BYYEARDAY: around(366) }),
  fc.record({ FREQ: fc.constant('YEARLY'), BYWEEKNO: around(53), BYDAY: days(false) }),
  fc.record({ FREQ: fc.constant('MONTHLY'), BYDAY: days(true), BYMONTHDAY: around(31) }),
  fc.record({ FREQ: fc.constant('MONTHLY'), BYDAY: days(true) }),
  fc.record({ FREQ: fc.constant('WEEKLY'), BYDAY: days(false), BYMONTH: numbers(1, 12) }),
  fc.record({ FREQ: fc.constantFrom('DAILY', 'HOURLY'), BYMONTHDAY: around(31) }),
);
const otherParts = fc.record(
  {
    BYHOUR: numbers(0, 23),
    BYMINUTE: numbers(0, 59),
    BYSETPOS: around(4),
    WKST: fc.constantFrom(...WEEKDAYS),
  },
  { requiredKeys: ['BYHOUR', 'BYMINUTE'] },
);
const start = fc.record({
  from: fc.constantFrom('20190228T093000', '20200229T000000', '20201231T235900', '20210704T120000'),
  INTERVAL: fc.integer({ min: 1, max: 5 }),
  end: fc.constantFrom('', ';COUNT=7', ';COUNT=40', ';UNTIL=20220510', ';UNTIL=20231231T120000'),
});

const instantAt = (millis: number) =>
  Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO('UTC');

function byLibrary({ rule, from }: { rule: string; from?: string | undefined }, year: number): number[] {
  const first = Date.UTC(year, 0, 1);
  // Without a start, from the Monday of the week that the year begins in.
  const monday = first - ((Math.floor(first / 86_400_000) + 3) % 7) * 86_400_000;
  const dtstart =
    from === undefined ? instantAt(monday) : Temporal.PlainDateTime.from(from).toZonedDateTime('UTC');
  return new RRuleTemporal({ rruleString: rule, dtstart, maxIterations: 1_000_000 })
    .between(instantAt(first), instantAt(Date.UTC(year + 1, 0, 1) - 1), true)
    .map(({ epochMilliseconds }) => epochMilliseconds)
    .filter((reading) => reading >= first);
}

function read(text: string): Exclude<ReturnType<typeof parseRecurrence>, { problem: string }> {
  const rule = parseRecurrence(text);
  if ('problem' in rule) throw new Error(`${text}: ${rule.problem}`);
  return rule;
}

const shown = (text: string, year: number): string[] =>
  readingsIn(read(text), year).map((reading) => new Date(reading).toISOString().slice(0, 16));

describe('a recurrence rule', () => {
  it('means what another way of reckoning says', () => {
    const any = fc
      .tuple(dayParts, otherParts, fc.option(start), fc.integer({ min: 2019, max: 2028 }))
      // To which year's positions the days around the new year count, the RFC does not say.
      .filter(([ofDays, others]) => !('BYWEEKNO' in ofDays && 'BYSETPOS' in others));
    fc.assert(
      fc.property(any, ([ofDays, others, began, year]) => {
        const parts = Object.entries({ ...ofDays, ...others }).map(
          ([name, value]) => `${name}=${String(value)}`,
        );
        const text =
          began === null
            ? parts.join(';')
            : `DTSTART:${began.from}\n${parts.join(';')};INTERVAL=${began.INTERVAL}${began.end}`;
        const rule = read(text);
        expect(readingsIn(rule, year)).toEqual(byLibrary(rule, year));
      }),
      { numRuns: 300 },
    );
  });

  it('that names days in several ways means those that all of them name', () => {
    const at = ';BYHOUR=9;BYMINUTE=0';
    expect(shown(`FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR${at}`, 2026)).toEqual([
      '2026-02-13T09:00',
      '2026-03-13T09:00',
      '2026-11-13T09:00',
    ]);
    expect(shown(`FREQ=YEARLY;BYYEARDAY=1;BYDAY=TH${at}`, 2026)).toEqual(['2026-01-01T09:00']);
    expect(shown(`FREQ=YEARLY;BYYEARDAY=1;BYDAY=FR${at}`, 2026)).toEqual([]);
  });

  it('about numbered weeks alone means the weekday on which it began', () => {
    expect(shown('DTSTART:20210107T090000\nFREQ=YEARLY;BYWEEKNO=53,1', 2026)).toEqual([
      '2026-01-01T09:00',
      '2026-12-31T09:00',
    ]);
    expect(shown('FREQ=YEARLY;BYWEEKNO=20;BYHOUR=9;BYMINUTE=0', 2026)).toEqual(['2026-05-11T09:00']);
  });
});
