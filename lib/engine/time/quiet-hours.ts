// When a message must wait for the morning. Quiet is what the clocks on the wall show: every instant whose local reading
// lies in the window is quiet, both times where an hour is repeated; where an hour is left out, so are its quiet minutes.
import type { DailyWindow } from '#lib/contracts/calendar.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { addMillis, fromMillis, later, toMillis } from '#lib/contracts/time.ts';
import { millisOfDay } from './local-time.ts';
import type { Reading } from './zone-clock.ts';
import { DAY, periodAt } from './zone-clock.ts';

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
  const start = toMillis(instant);
  let at = start;
  for (;;) {
    const period = periodAt(at, zone);
    const left = quietLeft(at + period.offset, window);
    if (left === 0) return at === start ? undefined : fromMillis(at);
    if (at + left < period.until) return fromMillis(at + left);
    // The clocks are touched before the window is over: look again at what they show then.
    at = period.until;
  }
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

/** Milliseconds until the window ends by the clocks on the wall, if nobody touched them; 0 outside the window. */
function quietLeft(reading: Reading, window: DailyWindow): number {
  const now = reading - Math.floor(reading / DAY) * DAY;
  const from = millisOfDay(window.from);
  const to = millisOfDay(window.to);
  const quiet = from < to ? from <= now && now < to : now >= from || now < to;
  if (!quiet) return 0;
  return to > now ? to - now : to - now + DAY;
}
