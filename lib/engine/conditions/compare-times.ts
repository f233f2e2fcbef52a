/**
 * Comparisons with the present: `within next`, `within last`, `more than ago`. The time asked about is reckoned from the value
 * and not from now, so that it begins and ends at fixed instants: the last of them is when the answer changes, to the
 * millisecond, whatever months and clocks do.
 */
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { Compare } from '#lib/journey/conditions/condition.ts';
import { addDuration, subtractDuration } from '../time/add-duration.ts';
import { momentOf } from './values.ts';

/** From the one instant to the other, both included, "within …" is true; "more than ago" after it. */
interface Times {
  readonly from: Instant;
  readonly to: Instant;
}

/** Undefined for other comparisons, and for a value that is no moment. */
export function timesOf(compare: Compare, value: unknown, zone: () => string): Times | undefined {
  switch (compare.operator) {
    case 'within next': {
      const moment = momentOf(value, zone());
      if (moment === undefined) return undefined;
      return { from: addMillis(subtractDuration(moment, compare.value, zone()), 1), to: moment };
    }
    case 'within last':
    case 'more than ago': {
      const moment = momentOf(value, zone());
      return moment === undefined
        ? undefined
        : { from: moment, to: addDuration(moment, compare.value, zone()) };
    }
    default:
      return undefined;
  }
}
