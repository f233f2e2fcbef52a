/**
 * What RFC 5545 (section 3.3.10) says of recurrence rules, on the calendar alone: which days and times of a period a rule means. Days are
 * counted since 1970-01-01, times are minutes of a day; zones and clocks are no matter here.
 */
/* oxlint-disable no-restricted-globals -- Date.UTC and the getters of UTC are pure functions; the clock is not read. */

export const DAY_MILLIS = 86_400_000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY';

/** A rule, read. Weekdays count from Monday, 0. Absent lists say nothing. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  /** Milliseconds since 1970 as if the clocks showed UTC, itself included. */
  readonly until: number | undefined;
  readonly months: readonly number[] | undefined;
  readonly monthDays: readonly number[] | undefined;
  readonly yearDays: readonly number[] | undefined;
  readonly weeks: readonly number[] | undefined;
  readonly weekdays: readonly { readonly nth: number; readonly day: number }[] | undefined;
  readonly hours: readonly number[] | undefined;
  readonly minutes: readonly number[];
  readonly positions: readonly number[] | undefined;
  readonly weekStart: number;
}

/**
 * Reads the parts of a rule whose form was checked before.
 * @param weekday the one on which the rule begins: the day of numbered weeks where the rule names none.
 */
export function readRule(text: string, weekday: number): Rule {
  const parts = new Map(text.split(';').map((part) => part.split('=') as [string, string]));
  const numbers = (name: string): number[] | undefined => parts.get(name)?.split(',').map(Number);
  const until = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(parts.get('UNTIL') ?? '')?.map(Number);
  const [, year = 0, month = 0, day = 0, hour, minute, second] = until ?? [];
  const weeks = numbers('BYWEEKNO');
  const namesDays = ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY'].some((name) => parts.has(name));
  const weekdays = weeks === undefined || namesDays ? undefined : [{ nth: 0, day: weekday }];
  return {
    frequency: (parts.get('FREQ') ?? 'DAILY') as Frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    count: numbers('COUNT')?.[0],
    until: until === undefined ? undefined : Date.UTC(year, month - 1, day, hour, minute, second),
    months: numbers('BYMONTH'),
    monthDays: numbers('BYMONTHDAY'),
    yearDays: numbers('BYYEARDAY'),
    weeks,
    weekdays:
      parts
        .get('BYDAY')
        ?.split(',')
        .map((one) => ({ nth: Number(one.slice(0, -2) || 0), day: WEEKDAYS.indexOf(one.slice(-2)) })) ??
      weekdays,
    hours: numbers('BYHOUR'),
    minutes: numbers('BYMINUTE') ?? [0],
    positions: numbers('BYSETPOS'),
    weekStart: WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO'),
  };
}

/** A day of the calendar, counted since 1970-01-01. */
export function dayOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MILLIS;
}

/** 0 for a Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The days from `first` on, before `end`, that the rule means, in order. Both ends are those of one of its periods. */
export function daysIn(rule: Rule, first: number, end: number): number[] {
  const days: number[] = [];
  for (let day = first; day < end; day += 1) if (isMeant(rule, day)) days.push(day);
  return days;
}

/** Whether all parts of the rule that are about days let the day through. */
export function isMeant(rule: Rule, day: number): boolean {
  const date = new Date(day * DAY_MILLIS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  const { months, monthDays, yearDays, weeks, weekdays } = rule;
  if (months !== undefined && !months.includes(month)) return false;
  if (monthDays !== undefined && !isAt(monthDays, day, dayOf(year, month, 1), dayOf(year, month + 1, 1)))
    return false;
  if (yearDays !== undefined && !isAt(yearDays, day, dayOf(year, 1, 1), dayOf(year + 1, 1, 1))) return false;
  if (weeks !== undefined && !isInWeeks(weeks, day, rule.weekStart, year)) return false;
  if (weekdays === undefined) return true;
  const weekday = weekdayOf(day);
  // "The second Monday" is that of the month where the rule is about months, else that of the year.
  const ofMonth = rule.frequency === 'MONTHLY' || months !== undefined;
  return weekdays.some(
    (one) =>
      one.day === weekday &&
      (one.nth === 0 ||
        (ofMonth
          ? isNth(one.nth, day, dayOf(year, month, 1), dayOf(year, month + 1, 1))
          : isNth(one.nth, day, dayOf(year, 1, 1), dayOf(year + 1, 1, 1)))),
  );
}

/** Positions count from 1 at the first day, or from -1 back from the last. */
function isAt(positions: readonly number[], day: number, first: number, end: number): boolean {
  return positions.includes(day - first + 1) || positions.includes(day - end);
}

function isNth(nth: number, day: number, first: number, end: number): boolean {
  return nth > 0 ? Math.floor((day - first) / 7) + 1 === nth : -Math.floor((end - 1 - day) / 7) - 1 === nth;
}

/** Weeks count from the first that has four days of the year; the days around the new year may be in a week of the other year. */
function isInWeeks(weeks: readonly number[], day: number, weekStart: number, year: number): boolean {
  for (const other of [year - 1, year, year + 1]) {
    const first = firstWeek(other, weekStart);
    const next = firstWeek(other + 1, weekStart);
    if (day < first || day >= next) continue;
    const week = Math.floor((day - first) / 7) + 1;
    return weeks.includes(week) || weeks.includes(week - (next - first) / 7 - 1);
  }
  return false;
}

function firstWeek(year: number, weekStart: number): number {
  const fourth = dayOf(year, 1, 4);
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7);
}
