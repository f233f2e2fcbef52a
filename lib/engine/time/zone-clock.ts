// What the clocks of a zone show. The rules come from the runtime's tz database through Temporal; the periods between
// two changes of the clocks are remembered, because every wait and every quiet hour asks again: a look-up is a fraction
// of a microsecond, asking Temporal is several.
import { Temporal } from 'temporal-polyfill';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/**
 * A reading of the clocks on the wall, date included: the milliseconds since 1970-01-01T00:00 that this reading would
 * have in UTC. So `Math.floor(reading / DAY)` is the local date and the rest the local time of day.
 */
export type Reading = number;

/** A stretch of time in which nobody touches the clocks: [from, until) in milliseconds since 1970, ahead of UTC by `offset`. */
export interface Period {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

/** There are about 600 names of zones; the limit keeps odd spellings of them from filling the memory. */
const REMEMBERED_ZONES = 2000;
const remembered = new Map<string, Period[]>();

/** The period around a moment (milliseconds since 1970). Throws RangeError for a zone that `isZone` does not know. */
export function periodAt(millis: number, zone: string): Period {
  const known = remembered.get(zone) ?? [];
  const found = known.find((period) => period.from <= millis && millis < period.until);
  if (found !== undefined) return found;
  const period = askTemporal(millis, zone);
  if (known.length === 0) {
    if (remembered.size >= REMEMBERED_ZONES) remembered.clear();
    remembered.set(zone, known);
  }
  known.push(period);
  return period;
}

/** What the clocks of a zone show at a moment. Throws RangeError for an unknown zone. */
export function readingAt(millis: number, zone: string): Reading {
  return millis + periodAt(millis, zone).offset;
}

/**
 * The moment, in milliseconds since 1970, at which the clocks of a zone show a reading: the first where they show it
 * twice (they are put back), the first moment after the gap where they never do (they are put forward).
 * Throws RangeError for an unknown zone.
 */
export function momentOf(reading: Reading, zone: string): number {
  // No zone is a day ahead of UTC, so the search begins before the moment and the first period that reaches it wins.
  let period = periodAt(reading - DAY, zone);
  while (reading - period.offset >= period.until) period = periodAt(period.until, zone);
  return Math.max(reading - period.offset, period.from);
}

function askTemporal(millis: number, zone: string): Period {
  const at = Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(zone);
  // "previous" means strictly before, and a change at this very moment begins the period.
  const from = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const until = at.getTimeZoneTransition('next');
  return {
    from: from?.epochMilliseconds ?? -Infinity,
    until: until?.epochMilliseconds ?? Infinity,
    offset: at.offsetNanoseconds / 1_000_000,
  };
}
