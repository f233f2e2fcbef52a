// How the date of a public holiday follows from the year: on a day of the calendar, from Easter, or as the nth weekday of a month.
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import { parseInstant, toMillis } from '#lib/contracts/time.ts';

type Day = (typeof WEEKDAYS)[number];

/** Days since 1970-01-01. */
type DayNumber = number;

/** The days on which a holiday falls in a year; empty where there is none in it. */
export type HolidayRule = (year: number) => readonly DayNumber[];

const MILLIS_OF_DAY = 86_400_000;

const pad = (part: number): string => String(part).padStart(2, '0');

/** Month and day count from 1. Throws RangeError for a day that the calendar does not have. */
function dayNumber(year: number, month: number, day: number): DayNumber {
  const midnight = parseInstant(`${year}-${pad(month)}-${pad(day)}T00:00:00.000Z`);
  if (midnight === undefined) throw new RangeError('a rule of holidays names a day that is none');
  return toMillis(midnight) / MILLIS_OF_DAY;
}

/** 0 is monday; 1970-01-01 was a thursday. */
function weekdayOf(day: DayNumber): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The same day of every year, written "12-25". */
export function fixed(date: string): HolidayRule {
  const [month = 1, day = 1] = date.split('-').map(Number);
  return (year) => [dayNumber(year, month, day)];
}

/** So many days after Easter Sunday of the western churches. */
export function easter(offset: number): HolidayRule {
  return (year) => [easterSunday(year) + offset];
}

/** The nth of a weekday in a month, from 1; -1 is the last. */
export function nth(count: number, weekday: Day, month: number): HolidayRule {
  return (year) => {
    if (count < 0)
      return [before(weekday, month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1))];
    return [onOrAfter(weekday, dayNumber(year, month, 1)) + (count - 1) * 7];
  };
}

/** The last of a weekday before a day of the calendar. */
export function lastBefore(weekday: Day, date: string): HolidayRule {
  const rule = fixed(date);
  return (year) => rule(year).map((day) => before(weekday, day));
}

/** From one year on, or up to one, both included. */
export function during({ from = -Infinity, to = Infinity }, rule: HolidayRule): HolidayRule {
  return (year) => (year >= from && year <= to ? rule(year) : []);
}

/** Where the day falls on one of some weekdays it is on another day; `both`: it stays a holiday beside it. */
export function moved(
  rule: HolidayRule,
  by: Readonly<Partial<Record<Day, number>>>,
  { both = false } = {},
): HolidayRule {
  return (year) =>
    rule(year).flatMap((day) => {
      const days = by[WEEKDAYS[weekdayOf(day)] ?? 'monday'];
      if (days === undefined) return [day];
      return both ? [day, day + days] : [day + days];
    });
}

function onOrAfter(weekday: Day, day: DayNumber): DayNumber {
  return day + ((WEEKDAYS.indexOf(weekday) - weekdayOf(day) + 7) % 7);
}

function before(weekday: Day, day: DayNumber): DayNumber {
  return onOrAfter(weekday, day - 7);
}

/** Gregorian Easter by the rule of Meeus, Jones and Butcher (J. Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): DayNumber {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const skipped = Math.floor(century / 4);
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - skipped - moonShift + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - moon - (ofCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * moon + 22 * weekday) / 451);
  const sum = moon + weekday - 7 * correction + 114;
  return dayNumber(year, Math.floor(sum / 31), (sum % 31) + 1);
}
