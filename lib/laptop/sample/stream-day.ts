// A day out of a stream of events, moved so that it ends now: with it a fresh local cloud has something to show. What was known of its
// customers before that day comes first, as the past: it sets off nothing.
import { isRecord } from '#lib/contracts/segment-call.ts';
import { fromMillis, parseInstant, toMillis } from '#lib/contracts/time.ts';
import type { SegmentCall } from '../running-cloud.ts';

const DAY_MILLIS = 24 * 60 * 60 * 1000;

interface TimedCall {
  readonly at: number;
  readonly call: SegmentCall;
}

export interface StreamDay {
  /** What was known before: who they are, and what they have consented to. To be put at the day's beginning. */
  readonly before: readonly SegmentCall[];
  /** In order of time; all within the day that ends at `end`. */
  readonly day: readonly TimedCall[];
}

/**
 * Events that tell what became of messages: those of the stream are about messages that the stream's shop has sent. Here messages are
 * sent anew, and whoever answers for the providers reports on them.
 */
export const ABOUT_MESSAGES = /^Message /;

/**
 * The day with the most kinds of events (and of those the one with the most events) among all that end at the time of day of `end`: times
 * are moved by whole days, so that what happened in the evening happens in the evening.
 * @param calls of a whole stream, in any order; what has no readable time is left out.
 * @param end milliseconds since 1970.
 */
export function busiestDay(calls: readonly SegmentCall[], end: number): StreamDay {
  const timed = calls.flatMap((call): TimedCall[] => {
    const at = parseInstant(call['timestamp'] ?? call['originalTimestamp']);
    return at === undefined || ABOUT_MESSAGES.test(String(call['event'])) ? [] : [{ at: toMillis(at), call }];
  });
  const days = new Map<number, TimedCall[]>();
  // A call belongs to the day that ends at or after it: how many days before (or after) `end`, rounded towards the end.
  for (const one of timed) {
    const shift = Math.floor((end - one.at) / DAY_MILLIS);
    const day = days.get(shift);
    if (day === undefined) days.set(shift, [one]);
    else day.push(one);
  }
  let best:
    | { readonly shift: number; readonly day: readonly TimedCall[]; readonly rank: readonly [number, number] }
    | undefined;
  for (const [shift, day] of days) {
    const rank = [new Set(day.map(kindOf)).size, day.length] as const;
    if (best === undefined || rank[0] > best.rank[0] || (rank[0] === best.rank[0] && rank[1] > best.rank[1]))
      best = { shift, day, rank };
  }
  if (best === undefined) return { before: [], day: [] };
  const { shift, day } = best;
  const begin = end - (shift + 1) * DAY_MILLIS;
  const people = new Set<unknown>(day.map(({ call }) => call['userId']).filter((user) => user !== undefined));
  const byTime = timed.toSorted((a, b) => a.at - b.at);
  return {
    before: byTime
      .filter(({ at, call }) => at <= begin && people.has(call['userId']) && isBackground(call))
      .map(({ call }) => asPast(movedCall(call, shift))),
    day: byTime
      .filter(({ at }) => at > begin && at <= begin + DAY_MILLIS)
      .map(({ at, call }) => ({ at: at + shift * DAY_MILLIS, call: movedCall(call, shift) })),
  };
}

function kindOf({ call: { event, type } }: TimedCall): unknown {
  return event ?? type;
}

function isBackground(call: SegmentCall): boolean {
  return call['type'] === 'identify' || call['event'] === 'Consent Changed';
}

function asPast(call: SegmentCall): SegmentCall {
  const { context } = call;
  return { ...call, context: { ...(isRecord(context) ? context : {}), import: true } };
}

/** Dates as far from the call as this are about its time (a delivery, a voucher's end); what is further off, such as a birthday, stays. */
const NEAR_DAYS = 400;

/** The call with every date in it moved by so many days; its id says that it is another call now. */
export function movedCall(call: SegmentCall, shift: number): SegmentCall {
  const about = parseInstant(call['timestamp'] ?? call['originalTimestamp']);
  const near = about === undefined ? 0 : toMillis(about);
  const id = call['messageId'];
  return {
    ...(movedValue(call, shift, near) as SegmentCall),
    ...(typeof id === 'string' && { messageId: `${id}+${shift}` }),
  };
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function movedValue(value: unknown, shift: number, near: number): unknown {
  if (Array.isArray(value)) return value.map((one) => movedValue(one, shift, near));
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, movedValue(one, shift, near)]),
    );
  if (typeof value !== 'string' || !(DATE.test(value) || DATE_TIME.test(value))) return value;
  const isDate = DATE.test(value);
  const instant = parseInstant(isDate ? `${value}T00:00:00Z` : value);
  if (instant === undefined || Math.abs(toMillis(instant) - near) > NEAR_DAYS * DAY_MILLIS) return value;
  const there = fromMillis(toMillis(instant) + shift * DAY_MILLIS);
  return isDate ? there.slice(0, 10) : there;
}
