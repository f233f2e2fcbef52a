// When a message must wait for the morning. Quiet is what the clocks on the wall show: every instant whose local reading
// lies in the window is quiet, both times where an hour is repeated; where an hour is left out, so are its quiet minutes.
import type { DailyWindow } from '#lib/contracts/calendar.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { addMillis, fromMillis, later } from '#lib/contracts/time.ts';
import type { Temporal } from 'temporal-polyfill';
import { zonedAt } from './local-time.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far ahead an hour is looked for that is quiet in none of several zones. */
const LONGEST_COMMON_QUIET = 7 * DAY;

/** True for a window that is quiet all day long (`from` equals `to`): nothing would ever be sent. */
export function neverOpens(window: DailyWindow): boolean {
  return window.from === window.to;
}

/**
 * The end of the quiet that holds at an instant: the first instant whose local reading is outside the window. Undefined
 * where it is not quiet. Around a repeated hour this can be followed by more quiet: with quiet until 01:30 on the night
 * that repeats 01:00 to 02:00, it ends at the first 01:30, and 01:00 to 01:30 is quiet once more.
 * Throws RangeError for a window that never opens (the check refuses it) and for an unknown zone.
 */
export function quietUntil(instant: Instant, window: DailyWindow, zone: string): Instant | undefined {
  if (neverOpens(window)) throw new RangeError('quiet hours of a whole day never end');
  let at: Temporal.ZonedDateTime | null = zonedAt(instant, zone);
  let left = quietLeft(at, window);
  if (left === 0) return undefined;
  while (left > 0) {
    const end = at.epochMilliseconds + left;
    const change: Temporal.ZonedDateTime | null = at.getTimeZoneTransition('next');
    if (change === null || change.epochMilliseconds > end) return fromMillis(end);
    at = change;
    left = quietLeft(change, window);
  }
  return fromMillis(at.epochMilliseconds);
}

/**
 * As `quietUntil`, for a customer who may be in any of several zones: the first instant that is quiet in none of them,
 * undefined where it is quiet in none now. Where the zones lie so far apart that a week has no such instant, the first
 * zone decides alone, so that a message is not held for ever: name the one that the law asks about first.
 */
export function quietUntilAll(
  instant: Instant,
  window: DailyWindow,
  zones: readonly [string, ...string[]],
): Instant | undefined {
  const giveUp = addMillis(instant, LONGEST_COMMON_QUIET);
  let open = instant;
  while (open < giveUp) {
    const candidate = open;
    open = zones.reduce<Instant>(
      (latest, zone) => later(latest, quietUntil(candidate, window, zone) ?? latest),
      open,
    );
    if (open === candidate) return open === instant ? undefined : open;
  }
  return quietUntil(instant, window, zones[0]);
}

/** Milliseconds until the window ends by the clock on the wall, if nobody touched it; 0 outside the window. */
function quietLeft(at: Temporal.ZonedDateTime, window: DailyWindow): number {
  const now = ((at.hour * 60 + at.minute) * 60 + at.second) * 1000 + at.millisecond;
  const from = millisOfDay(window.from);
  const to = millisOfDay(window.to);
  const quiet = from < to ? from <= now && now < to : now >= from || now < to;
  if (!quiet) return 0;
  return to > now ? to - now : to - now + DAY;
}

function millisOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * MINUTE;
}
