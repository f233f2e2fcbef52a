// Everybody's quiet hours end at the same instant. Where many were held back, each goes out a little later than the opening.
import { addMillis, toMillis, type Instant } from '#lib/contracts/time.ts';

/** Hours are written to the minute, and clocks are touched at full minutes. */
const MINUTE = 60_000;

/** Step Functions waits for whole seconds and rounds up: a part of one could lead out of the opening. */
function wholeSeconds(millis: number): number {
  return Math.floor(millis / 1000) * 1000;
}

/** How long after an opening those who were held back go out; the last instant that is allowed. */
export interface Spread {
  readonly millis: number;
  readonly last: Instant;
  /** Two even draws from [0, 1) of their own for each send; the second is used where the first leads out of the opening. */
  readonly draws: readonly [number, number];
}

/**
 * The instant in [opening, opening + spread) that a send has drawn; never beyond `last` nor behind the end of what is open there,
 * into which the draw is fitted where the opening is shorter than the spread.
 */
export function spreadBehind(
  opening: Instant,
  { millis, last, draws }: Spread,
  isOpen: (instant: Instant) => boolean,
): Instant {
  const room = Math.min(millis, toMillis(last) - toMillis(opening));
  if (room <= 0) return opening;
  const late = wholeSeconds(draws[0] * room);
  for (let passed = MINUTE; passed <= late; passed += MINUTE)
    if (!isOpen(addMillis(opening, passed))) return addMillis(opening, wholeSeconds(draws[1] * passed));
  return addMillis(opening, late);
}
