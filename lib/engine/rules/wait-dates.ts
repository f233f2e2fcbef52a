/** Waits for a date: when they end, whether the date is past, and the spread that keeps everybody from being written to at once. */
import type { Weekday } from '#lib/contracts/calendar.ts';
import { hashFraction } from '#lib/contracts/hash.ts';
import { addMillis, later, toMillis, type Instant } from '#lib/contracts/time.ts';
import { parseField } from '#lib/journey/conditions/field.ts';
import type { DateOf, NodeOf } from '#lib/journey/flow.ts';
import type { WaitNode } from '#lib/journey/waits.ts';
import { valueOf } from '../conditions/evaluate.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import { dateOffset, duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';
import { dateWaitEnd } from '../time/date-wait.ts';
import { readDate } from '../time/moment.ts';

/** Why there is nothing to wait for. */
export type WhyPast = 'past' | 'no date';

export interface DateEnd {
  /** What the date comes to, with offset, time of day and weekdays; undefined where there is none. */
  readonly date: Instant | undefined;
  /** When the wait is over; not rounded. */
  readonly end: Instant;
  /** Set where the date is past or missing by then. */
  readonly past?: WhyPast;
}

/** What a wait counts from: read when its step is reached, kept while it lasts. */
export interface WaitBegun {
  readonly reached: Instant;
  readonly zone: string;
}

/** The zone is the step's, else the customer's at this moment. */
export function beginWait(deciding: Deciding, node: WaitNode, reached: Instant): WaitBegun {
  return { reached, zone: node.timezone ?? zoneOf(deciding.document, deciding.workspace) };
}

/**
 * When a wait for a date ends, as it looks now. A date that lies before now, or before the end of `for`, is past: then the wait
 * ends with `for`, or at once. `date` must be the node's.
 */
export function dateEnd(
  deciding: Deciding,
  node: WaitNode,
  date: DateOf,
  id: string,
  run: Run,
  step: string,
  { reached, zone }: WaitBegun,
): DateEnd {
  const value = dateValue(deciding, date, id, run);
  const read = readDate(value, zone);
  const on = node.kind === 'wait' ? (node.on as readonly Weekday[] | undefined) : undefined;
  const offset = date.offset === undefined ? undefined : dateOffset(date.offset);
  const found = read === undefined ? undefined : dateWaitEnd({ date: read, offset, at: date.at, on, zone });
  const earliest =
    node.kind === 'wait' && node.for !== undefined ? addDuration(reached, duration(node.for), zone) : reached;
  const from = later(earliest, deciding.now);
  if (found !== undefined && found >= from) {
    const late = node.kind === 'wait' ? spreadOf(node, run, id, step, found, zone) : 0;
    return { date: found, end: addMillis(found, late) };
  }
  return { date: found, end: from, past: found === undefined ? 'no date' : 'past' };
}

/** Milliseconds by which this run's wait ends later, from 0 to the length of the spread; the same whenever it is asked. */
export function spreadOf(
  node: NodeOf<'wait'>,
  run: Run,
  id: string,
  step: string,
  end: Instant,
  zone: string,
): number {
  if (node.spread === undefined) return 0;
  const most = toMillis(addDuration(end, duration(node.spread), zone)) - toMillis(end);
  return Math.floor(hashFraction('spread', run.journey, id, step) * most);
}

/** The value of the date's field, or the date as it is written. */
function dateValue(deciding: Deciding, { of }: DateOf, id: string, run: Run): unknown {
  const field = parseField(of);
  return field === undefined ? of : valueOf(field, deciding, { entry: run.event, run: { id, run } });
}
