// When a channel is open, as the minutes of a week: what checks of windows, quiet hours and laws reckon with.
import { WEEKDAYS, type DailyWindow } from '#lib/contracts/calendar.ts';
import type { Opening } from '#lib/contracts/step-calls.ts';

const DAY = 1440;
const WEEK = 7 * DAY;

/** For each minute of a week, from Monday 00:00, whether it is open. Without openings everything is but the quiet hours. */
export function openMinutes(openings: readonly Opening[] | undefined, quiet?: DailyWindow): boolean[] {
  const open = Array.from({ length: WEEK }, () => openings === undefined);
  for (const { on, from, to } of openings ?? [])
    for (const day of on) fill(open, WEEKDAYS.indexOf(day) * DAY + minuteOf(from), lengthOf(from, to), true);
  if (quiet !== undefined)
    for (let day = 0; day < 7; day += 1)
      fill(open, day * DAY + minuteOf(quiet.from), lengthOf(quiet.from, quiet.to), false);
  return open;
}

/** The longest time, in minutes, in which a week is closed at a stretch, and the minute at which that begins; 0 where it never is. */
export function longestClosed(open: readonly boolean[]): { readonly from: number; readonly minutes: number } {
  let longest = { from: 0, minutes: 0 };
  const firstOpen = open.indexOf(true);
  if (firstOpen < 0) return { from: 0, minutes: Number.POSITIVE_INFINITY };
  let run = 0;
  // Once around, beginning where it is open, so that no stretch is cut in two.
  for (let step = 0; step <= open.length; step += 1) {
    const minute = (firstOpen + step) % open.length;
    if (open[minute] === true) run = 0;
    else run += 1;
    if (run > longest.minutes)
      longest = { from: (minute - run + 1 + open.length) % open.length, minutes: run };
  }
  return longest;
}

/** How many minutes of a week are so early in a closed stretch that it opens only after `minutes`. */
export function minutesLost(open: readonly boolean[], minutes: number): number {
  let lost = 0;
  let untilOpen = 0;
  // Twice around, backwards: the first time finds when it opens behind the week's end.
  for (let step = 2 * open.length - 1; step >= 0; step -= 1) {
    untilOpen = open[step % open.length] === true ? 0 : untilOpen + 1;
    if (step < open.length && untilOpen > minutes) lost += 1;
  }
  return lost;
}

function fill(minutes: boolean[], start: number, length: number, value: boolean): void {
  for (let minute = start; minute < start + length; minute += 1) minutes[minute % WEEK] = value;
}

/** From a time to one that is later, or on the next day; equal: a whole day. */
function lengthOf(from: string, to: string): number {
  return (minuteOf(to) - minuteOf(from) + DAY) % DAY || DAY;
}

/** Minutes since midnight of "HH:MM". */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
