/** Durations as plain milliseconds, for reckoning that has no time zone. */
import { parseDuration } from '#lib/contracts/duration.ts';

const DAY = 86_400_000;

/** A duration at its shortest: days of 24 hours, months of 28 days. 0 for nothing, and for a text that is none. */
export function shortestLength(text: string | undefined): number {
  const parsed = parseDuration(text ?? '');
  if ('problem' in parsed) return 0;
  const { years, months, days, milliseconds } = parsed;
  return (years * 365 + months * 28 + days) * DAY + milliseconds;
}
