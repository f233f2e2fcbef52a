// When a `wait` step ends. Everything a wait can say about time but a date: `for`, `until` a time of day, `on` weekdays.
import type { Weekday } from '#lib/contracts/calendar.ts';
import type { Duration } from '#lib/contracts/duration.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { addDuration } from './add-duration.ts';
import { nextTimeOfDay, sameTimeOnAllowedDay, timeOfDayAtOrAfter } from './local-time.ts';

/** A wait and the moment at which it begins. */
export interface Wait {
  readonly from: Instant;
  readonly for?: Duration | undefined;
  /** A time of day, "09:00". */
  readonly until?: string | undefined;
  /** The local days on which the wait may end; any day where absent. */
  readonly on?: readonly Weekday[] | undefined;
  /** The zone of the step or of the customer, IANA name. */
  readonly zone: string;
}

/**
 * The instant at which a wait is over. `until` alone: the next such time of day strictly after `from`. Both: first `for`,
 * then the next `until` at or after that. `for` alone: where `on` forbids the day, the same local time of the next day
 * it allows. Not rounded to seconds: that belongs to whoever hands it to Step Functions.
 * Throws RangeError for texts and lists that the check refuses (bad time of day, empty `on`, unknown zone).
 */
export function waitUntil({ from, for: duration, until, on, zone }: Wait): Instant {
  if (duration === undefined && until !== undefined) return nextTimeOfDay(from, until, zone, on);
  const passed = duration === undefined ? from : addDuration(from, duration, zone);
  if (until !== undefined) return timeOfDayAtOrAfter(passed, until, zone, on);
  return on === undefined ? passed : sameTimeOnAllowedDay(passed, zone, on);
}
