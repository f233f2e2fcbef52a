/**
 * Waits whose state is a callback Task: their date may be past, or may move while they last. What they end by stands in
 * `run.waiting`, as for waits for events, and their Task is told so when it registers.
 */
import type { Loop } from '#lib/contracts/step-calls.ts';
import { addMillis, ceilToSecond, type Instant } from '#lib/contracts/time.ts';
import type { DateOf, NodeOf } from '#lib/journey/flow.ts';
import { followedTrait, isCallbackWait } from '#lib/journey/waits.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Version } from '../workspace.ts';
import { keepAhead } from './priority.ts';
import { foldSendingHours } from './sending-hours.ts';
import { dateEnd, type DateEnd, type WaitBegun, type WhyPast } from './wait-dates.ts';

/** A wait whose date is past ends by its call: this long its Task has for it, before the state machine gives up. */
const TIME_TO_CALL_MILLIS = 5 * 60_000;

export type Waiting = NonNullable<Run['waiting']>;

/** What is known of a wait with a date from reaching it on. */
export interface ReachedWait {
  readonly id: string;
  readonly run: Run;
  readonly version: Version;
  readonly step: string;
  readonly node: NodeOf<'wait'>;
  readonly date: DateOf;
  readonly begun: WaitBegun;
}

/** Until when the wait lasts, quiet hours of the send behind it included, and what the document remembers of it. */
export interface WaitPlan {
  readonly until: Instant;
  readonly past?: WhyPast;
  readonly folded?: NonNullable<Run['folded']>;
  readonly found: DateEnd;
}

/** Reckons a wait for a date as it looks now. */
export function planDateWait(deciding: Deciding, wait: ReachedWait): WaitPlan {
  const { id, run, version, step, node, date, begun } = wait;
  const found = dateEnd(deciding, node, date, id, run, step, begun);
  if (found.past !== undefined && node.ifPast !== undefined)
    return { until: callUntil(found.end), past: found.past, found };
  const unmoved = ceilToSecond(found.end);
  const closed = foldSendingHours(deciding, version, node, id, unmoved);
  if (closed !== undefined && node.next !== null) {
    const { until, reason } = closed;
    return { until: ceilToSecond(until), folded: { step: node.next, reached: unmoved, reason }, found };
  }
  // With nothing left to wait for, the Task goes on by its call; a Wait state lets through at once.
  return found.past !== undefined && unmoved <= ceilToSecond(deciding.now) && isCallbackWait(node)
    ? { until: callUntil(found.end), past: found.past, found }
    : { until: unmoved, found };
}

function callUntil(end: Instant): Instant {
  return ceilToSecond(addMillis(end, TIME_TO_CALL_MILLIS));
}

/** Of a wait for events: a date that is past leaves a condition that is true already the second that every Task has. */
export function eventsUntil(node: NodeOf<'waitFor'>, found: DateEnd): WaitPlan {
  const { end, past } = found;
  const until = ceilToSecond(past !== undefined && node.when !== undefined ? addMillis(end, 1000) : end);
  return { until, found, ...(past === undefined ? {} : { past }) };
}

/** The log tells the instant itself, also where the Task is given some time to call. */
export function noteDateWait(
  deciding: Deciding,
  { id, run, step }: Pick<ReachedWait, 'id' | 'run' | 'step'>,
  { until, past, found }: Pick<WaitPlan, 'until' | 'past' | 'found'>,
  moved?: true,
): void {
  note(deciding, {
    kind: 'waits',
    ...about(id, run),
    step,
    until: past === undefined ? until : found.end,
    ...(found.past === undefined ? {} : { reason: found.past }),
    ...(moved === undefined ? {} : { moved }),
  });
}

/** The run is in the wait from now on, whether its Task has registered or not; `since`: when it was reached. */
export function enterCallbackWait(
  deciding: Deciding,
  wait: ReachedWait,
  { until, past, folded, found }: WaitPlan,
  loop: Loop,
  since: Instant,
): void {
  const { run, version, step, node, begun } = wait;
  if (folded !== undefined) run.folded = folded;
  if (node.next !== null)
    keepAhead(deciding, version, run, { step: node.next, visit: loop.visit, at: until });
  run.waiting = {
    step,
    visit: loop.visit,
    attempt: -1,
    since,
    until,
    loop,
    ...(followedTrait(node) === undefined ? {} : { follows: followed(begun, found.date) }),
    ...(past === undefined ? {} : { past }),
  };
}

/** What is kept of a wait whose end follows a trait. */
export function followed(
  { reached, zone }: WaitBegun,
  date: Instant | undefined,
): NonNullable<Waiting['follows']> {
  return { reached, zone, ...(date === undefined ? {} : { date }) };
}
