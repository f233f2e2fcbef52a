// Dates, once and every year: moved over a change of the clocks, into its gap and its repeated hour, to the ends of months.
import type { Duration } from '#lib/contracts/duration.ts';
import { fromMillis } from '#lib/contracts/time.ts';
import type { DayList } from './day-lists.ts';
import { EVERY_DAY, MONDAY_TO_FRIDAY, WEEKEND } from './day-lists.ts';
import { DAY, HOUR, MINUTE } from './oracle-clock.ts';
import { momentOfDate, momentOfYearlyDate, type OracleDate } from './oracle-dates.ts';
import type { Length } from './oracle.ts';
import { momentOnAllowedDay, momentShowing } from './oracle.ts';
import type { Subject } from './subject.ts';
import { dateText, minuteOf, moved, timeText, type Surroundings } from './surroundings.ts';
import type { Tally } from './tally.ts';

type Offset = readonly [written: string | undefined, length: Length, direction: 1 | -1];

const OFFSETS: readonly Offset[] = [
  [undefined, {}, 1],
  ['3 days before', { days: 3 }, -1],
  ['1 month after', { months: 1 }, 1],
  ['2 hours before', { millis: 2 * HOUR }, -1],
  ['P1DT2H after', { days: 1, millis: 2 * HOUR }, 1],
];
const LONG_OFFSETS: readonly Offset[] = [
  ['1 month before', { months: 1 }, -1],
  ['1 month after', { months: 1 }, 1],
  ['1 year before', { years: 1 }, -1],
  ['1 year after', { years: 1 }, 1],
  ['4 years after', { years: 4 }, 1],
  ['P1M1D before', { months: 1, days: 1 }, -1],
];
const MONTH_ENDS = ['2024-02-29', '2024-12-31', '2027-01-31', '2028-02-29', '2028-03-31', '2030-10-31'];

/** Compares `readDate`, `dateWaitEnd` and `nextDateOccurrence` around one change of the clocks. */
export function proveDates(subject: Subject, around: Surroundings, tally: Tally): void {
  const { clock, at, low, middle, high } = around;
  for (const reading of [low - MINUTE, low, middle, high - MINUTE, high]) {
    const written = localText(reading);
    tally.compare(
      'readDate',
      [written, clock.zone],
      () => instantOf(subject.readDate(written, clock.zone)),
      momentShowing(clock, reading),
    );
  }
  for (const offset of OFFSETS) {
    const [, length, direction] = offset;
    // Dates that lead to the change, and the day of the change itself, which leads elsewhere.
    const leading = [low, high].map((target) => moved(target, length, direction === 1 ? -1 : 1));
    for (const date of [...leading, low]) {
      const midnight = Math.floor(date / DAY) * DAY;
      for (const time of [undefined, minuteOf(middle)])
        proveDate(subject, around, tally, { reading: midnight, offset, at: time });
      proveDate(subject, around, tally, { reading: midnight, offset, at: minuteOf(middle), on: WEEKEND });
    }
    for (const moment of [at - 1, at, at + Math.floor((high - low) / 2)])
      for (const time of [undefined, minuteOf(middle)])
        proveDate(subject, around, tally, { reading: clock.shows(moment), moment, offset, at: time });
    proveDate(subject, around, tally, { reading: clock.shows(at), moment: at, offset, on: MONDAY_TO_FRIDAY });
  }
  // Born thirty years before, on the day of the change, at a time that the clocks leave out or show twice in this year alone.
  const born = new Date(middle).setUTCFullYear(new Date(middle).getUTCFullYear() - 30);
  for (const offset of OFFSETS.slice(0, 4)) {
    for (const time of [undefined, minuteOf(middle)])
      proveYearly(subject, around, tally, dateText(born), Math.floor(born / DAY) * DAY, offset, time);
    proveYearly(subject, around, tally, localText(born), born, offset, undefined);
  }
}

/** Compares dates at the ends of months and on leap days, which need no change of the clocks to go wrong. */
export function proveDatesAtMonthEnds(subject: Subject, around: Surroundings, tally: Tally): void {
  for (const date of MONTH_ENDS)
    for (const offset of LONG_OFFSETS)
      for (const at of [undefined, 9 * 60]) {
        const midnight = Date.parse(date);
        proveDate(subject, around, tally, { reading: midnight, offset, at });
        const { clock } = around;
        for (const year of [2025, 2026, 2028])
          proveNextYearly(subject, around, tally, date, { reading: midnight, ...partsOf(offset), at }, [
            momentShowing(clock, Date.UTC(year, 1, 27, 12)),
            momentShowing(clock, Date.UTC(year, 1, 28, 12)),
          ]);
      }
}

interface DateCase {
  readonly reading: number;
  readonly moment?: number;
  readonly offset: Offset;
  readonly at?: number | undefined;
  readonly on?: DayList;
}

function proveDate(
  subject: Subject,
  { clock }: Surroundings,
  tally: Tally,
  { reading, moment, offset, at, on = EVERY_DAY }: DateCase,
): void {
  const [, length] = offset;
  const parts = partsOf(offset);
  const asked = {
    date: moment === undefined ? { date: dateText(reading) } : { instant: fromMillis(moment) },
    offset: offset[0] === undefined ? undefined : durationOf(length, parts.direction),
    at: at === undefined ? undefined : timeText(at * MINUTE),
    on: on.names,
    zone: clock.zone,
  };
  const end = momentOfDate(clock, { reading, moment, ...parts, at });
  tally.compare(
    'dateWaitEnd',
    [asked],
    () => subject.dateWaitEnd(asked),
    on.numbers === undefined ? end : momentOnAllowedDay(clock, end, on.numbers),
  );
}

function proveYearly(
  subject: Subject,
  around: Surroundings,
  tally: Tally,
  written: string,
  reading: number,
  offset: Offset,
  at: number | undefined,
): void {
  const date: OracleDate = { reading, ...partsOf(offset), at };
  const now = around.at - 20 * DAY;
  const next = momentOfYearlyDate(around.clock, date, now) ?? now;
  proveNextYearly(subject, around, tally, written, date, [next - 1, next]);
}

function proveNextYearly(
  subject: Subject,
  { clock }: Surroundings,
  tally: Tally,
  written: string,
  date: OracleDate,
  moments: readonly number[],
): void {
  const { offset = {}, direction, at } = date;
  const rule = {
    repeat: 'yearly',
    offset: offsetText(offset, direction),
    at: at === undefined ? undefined : timeText(at * MINUTE),
  } as const;
  for (const moment of moments) {
    const after = fromMillis(moment);
    tally.compare(
      'nextDateOccurrence',
      [written, rule, after, clock.zone],
      () => subject.nextDateOccurrence(written, rule, after, clock.zone)?.at,
      momentOfYearlyDate(clock, date, moment),
    );
  }
}

function partsOf([, length, direction]: Offset): Pick<OracleDate, 'offset' | 'direction'> {
  return { offset: length, direction };
}

function offsetText(length: Length, direction: 1 | -1): string | undefined {
  const found = [...OFFSETS, ...LONG_OFFSETS].find(([, one, way]) => one === length && way === direction);
  return found?.[0];
}

function durationOf({ years = 0, months = 0, days = 0, millis = 0 }: Length, direction: 1 | -1): Duration {
  return {
    years: direction * years,
    months: direction * months,
    days: direction * days,
    milliseconds: direction * millis,
  };
}

/** "2026-03-29T02:30", as an application writes it that knows no zones. */
function localText(reading: number): string {
  return `${dateText(reading)}T${timeText(reading)}`;
}

function instantOf(read: ReturnType<Subject['readDate']>): string | undefined {
  return read !== undefined && 'instant' in read ? read.instant : undefined;
}
