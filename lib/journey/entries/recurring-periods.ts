/**
 * The periods of a recurrence rule one after the other (years, months, weeks, days, hours, with its interval), and the readings of the
 * clocks that the rule means in each.
 */
/* oxlint-disable no-restricted-globals -- Date.UTC and the getters of UTC are pure functions; the clock is not read. */
import { DAY_MILLIS, dayOf, daysIn, isMeant, weekdayOf, type Rule } from './recurring-days.ts';

const HOUR_MILLIS = 3_600_000;
const MINUTE_MILLIS = 60_000;

/**
 * Readings of the rule from `begin` on and before `end`, in order: milliseconds since 1970 as if the clocks showed UTC. Those before
 * `wanted` may be left out, unless the rule counts them.
 */
export function* readingsBetween(rule: Rule, begin: number, wanted: number, end: number): Generator<number> {
  const skipTo = rule.count === undefined ? Math.max(begin, wanted) : begin;
  for (const period of periodsFrom(rule, begin, skipTo)) {
    if (period.begin >= end) return;
    for (const reading of atPositions(rule, readingsOf(rule, period)))
      if (reading >= begin && reading < end) yield reading;
  }
}

/** Milliseconds; `end` is the first that is not in it. */
interface Period {
  readonly begin: number;
  readonly end: number;
}

/** Every `interval`th period from that of `begin` on, beginning with the last that is not behind `skipTo`. */
function* periodsFrom(rule: Rule, begin: number, skipTo: number): Generator<Period> {
  const { interval } = rule;
  const start = numberOf(rule, begin);
  const behind = Math.floor((numberOf(rule, skipTo) - start) / interval);
  for (let number = start + behind * interval; ; number += interval)
    yield { begin: beginOf(rule, number), end: beginOf(rule, number + 1) };
}

/** The number of the period in which a reading is: of its kind, from an arbitrary first one. */
function numberOf({ frequency, weekStart }: Rule, reading: number): number {
  const date = new Date(reading);
  const day = Math.floor(reading / DAY_MILLIS);
  switch (frequency) {
    case 'YEARLY':
      return date.getUTCFullYear();
    case 'MONTHLY':
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    case 'WEEKLY':
      return (day - ((weekdayOf(day) - weekStart + 7) % 7) - firstWeekStart(weekStart)) / 7;
    case 'DAILY':
      return day;
    case 'HOURLY':
      return Math.floor(reading / HOUR_MILLIS);
  }
}

function beginOf({ frequency, weekStart }: Rule, number: number): number {
  switch (frequency) {
    case 'YEARLY':
      return dayOf(number, 1, 1) * DAY_MILLIS;
    case 'MONTHLY':
      return dayOf(Math.floor(number / 12), (number % 12) + 1, 1) * DAY_MILLIS;
    case 'WEEKLY':
      return (firstWeekStart(weekStart) + number * 7) * DAY_MILLIS;
    case 'DAILY':
      return number * DAY_MILLIS;
    case 'HOURLY':
      return number * HOUR_MILLIS;
  }
}

/** The first day from 1970-01-01 (a Thursday) back that begins a week. */
function firstWeekStart(weekStart: number): number {
  return -((weekdayOf(0) - weekStart + 7) % 7);
}

/** All readings of one period, in order. */
function readingsOf(rule: Rule, { begin, end }: Period): number[] {
  const minutes = rule.minutes.toSorted(ascending).map((minute) => minute * MINUTE_MILLIS);
  if (rule.frequency === 'HOURLY') {
    const hour = (begin % DAY_MILLIS) / HOUR_MILLIS;
    const isHour = rule.hours === undefined || rule.hours.includes(hour);
    return isHour && isMeant(rule, Math.floor(begin / DAY_MILLIS))
      ? minutes.map((minute) => begin + minute)
      : [];
  }
  const hours = (rule.hours ?? [0]).toSorted(ascending);
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * HOUR_MILLIS + minute));
  return daysIn(rule, begin / DAY_MILLIS, end / DAY_MILLIS).flatMap((day) =>
    times.map((time) => day * DAY_MILLIS + time),
  );
}

/** Of the readings of one period those at the rule's positions, counted from 1 or, from the last back, from -1. */
function atPositions({ positions }: Rule, readings: number[]): number[] {
  if (positions === undefined) return readings;
  return readings.filter(
    (_, index) => positions.includes(index + 1) || positions.includes(index - readings.length),
  );
}

function ascending(a: number, b: number): number {
  return a - b;
}
