/**
 * When a schedule takes place. It is written in local time; here it meets a zone: a reading that the clocks skip is the first
 * instant after the gap, one that they show twice is the first.
 */
import { parseMoment } from '#lib/contracts/date-time.ts';
import { fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import { readingsIn, type Recurrence } from '#lib/journey/entries/recurrence.ts';
import { localInstant } from './local-time.ts';
import { DAY, momentOf, readingAt } from './zone-clock.ts';

export interface Schedule {
  readonly every?: Recurrence | undefined;
  /** Once: a moment, local where it has no offset. */
  readonly at?: string | undefined;
}

/** One time at which a schedule takes place. */
export interface Occurrence {
  readonly at: Instant;
  /** The reading of the clocks, "2026-03-30T09:00": it names the occurrence whatever the zone. */
  readonly reading: string;
}

/** A rule that has not taken place for so many years never will. */
const YEARS_TO_SEARCH = 12;

/** The first occurrence strictly after an instant; undefined where there is none any more. Throws RangeError for an unknown zone. */
export function nextOccurrence(schedule: Schedule, after: Instant, zone: string): Occurrence | undefined {
  const start = toMillis(after);
  if (schedule.every === undefined) {
    const once = onceOf(schedule, zone);
    return once !== undefined && once.at > after ? once : undefined;
  }
  // Clocks are put back by a day at most: no earlier reading can be a later moment.
  const earliest = readingAt(start, zone) - DAY;
  const year = yearOf(earliest);
  for (let ahead = 0; ahead <= YEARS_TO_SEARCH; ahead += 1) {
    const readings = readingsIn(schedule.every, year + ahead);
    for (let index = firstFrom(readings, earliest); index < readings.length; index += 1) {
      const reading = readings[index] ?? 0;
      const moment = momentOf(reading, zone);
      if (moment > start) return occurrence(reading, moment);
    }
  }
  return undefined;
}

/** The last occurrence at or before an instant and strictly after another; undefined where there is none between them. */
export function latestOccurrence(
  schedule: Schedule,
  after: Instant,
  until: Instant,
  zone: string,
): Occurrence | undefined {
  let latest: Occurrence | undefined;
  for (
    let next = nextOccurrence(schedule, after, zone);
    next !== undefined && next.at <= until;
    next = nextOccurrence(schedule, next.at, zone)
  )
    latest = next;
  return latest;
}

function onceOf({ at }: Schedule, zone: string): Occurrence | undefined {
  const moment = at === undefined ? undefined : parseMoment(at);
  if (moment === undefined) return undefined;
  if (moment.instant !== undefined) return { at: moment.instant, reading: moment.instant };
  const time = moment.time ?? '00:00';
  return { at: localInstant(moment.date, time, zone), reading: `${moment.date}T${time}` };
}

function occurrence(reading: number, moment: number): Occurrence {
  return { at: fromMillis(moment), reading: fromMillis(reading).slice(0, 16) };
}

function yearOf(reading: number): number {
  return Number(fromMillis(reading).slice(0, 4));
}

/** Index of the first reading that is not earlier. */
function firstFrom(readings: readonly number[], earliest: number): number {
  let [low, high] = [0, readings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((readings[middle] ?? 0) < earliest) low = middle + 1;
    else high = middle;
  }
  return low;
}
