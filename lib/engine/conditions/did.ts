/**
 * `{ "did": event, … }`: what the aggregates of a document say. An event counts for a time from its own instant until,
 * excluded, that much later, in days of the customer's zone. Each event therefore leaves at an instant of its own.
 */
import type { Duration } from '#lib/contracts/duration.ts';
import { isExact } from '#lib/contracts/duration.ts';
import { addMillis, later, type Instant } from '#lib/contracts/time.ts';
import type { DidCondition } from '#lib/journey/conditions/condition.ts';
import { zoneOf } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import { addDuration } from '../time/add-duration.ts';
import type { Sight } from './sight.ts';

type Kept = CustomerDocument['aggregates'][string];

/** Sums are kept in millionths, so that the order in which events arrive cannot change them. */
export const MILLIONTHS = 1_000_000;

/**
 * True, false, or undefined: what happened before the aggregate was kept would decide it, because the time asked about began
 * before. `entered` is the instant of the run's entry.
 */
export function did(
  condition: DidCondition,
  sight: Sight,
  entered: Instant | undefined,
): boolean | undefined {
  const kept = keptOf(condition, sight.document);
  const { measure } = condition;
  if (measure.kind === 'count') {
    const count = amountOf(condition, sight, entered);
    switch (measure.operator) {
      case 'atLeast':
        return count >= measure.value || unlessUnknown(false, condition, kept, sight);
      case 'atMost':
        return count <= measure.value && unlessUnknown(true, condition, kept, sight);
      case 'exactly':
        return count <= measure.value && unlessUnknown(count === measure.value, condition, kept, sight);
    }
  }
  const sum = amountOf(condition, sight, entered);
  const answers = measure.bounds.map(({ operator, value }) => {
    switch (operator) {
      case 'gt':
        return sum > value || unlessUnknown(false, condition, kept, sight);
      case 'gte':
        return sum >= value || unlessUnknown(false, condition, kept, sight);
      case 'lt':
        return sum < value && unlessUnknown(true, condition, kept, sight);
      case 'lte':
        return sum <= value && unlessUnknown(true, condition, kept, sight);
    }
  });
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** How often it was done, or what it adds up to. */
export function amountOf(condition: DidCondition, sight: Sight, entered: Instant | undefined): number {
  const kept = keptOf(condition, sight.document);
  return condition.measure.kind === 'count'
    ? countOf(condition, kept, sight, entered)
    : sumOf(condition, kept, sight, entered) / MILLIONTHS;
}

/** The instants, later than now, at which time alone may change the answer. */
export function* didChangesAt(condition: DidCondition, sight: Sight): Generator<Instant> {
  const { within } = condition;
  const kept = keptOf(condition, sight.document);
  if (within === undefined || kept === undefined) return;
  const zone = zoneOf(sight.document, sight.workspace);
  for (const at of kept.latest ?? []) {
    const leaves = addDuration(at, within, zone);
    if (leaves > sight.now) yield leaves;
  }
  const complete = completeFrom(kept, sight, condition.aggregate);
  if (complete === undefined) return;
  const known = addDuration(complete, within, zone);
  if (known > sight.now) yield known;
}

/** Since when all events of it are known; undefined: since the customer is. */
export function knownSince(condition: DidCondition, sight: Sight): Instant | undefined {
  const kept = keptOf(condition, sight.document);
  if (kept === undefined) return undefined;
  return condition.within === undefined ? kept.known : completeFrom(kept, sight, condition.aggregate);
}

/** In a time that began before the events of it are known, something may have happened that nobody knows of. */
function unlessUnknown(
  answer: boolean,
  { within, aggregate }: DidCondition,
  kept: Kept | undefined,
  sight: Sight,
): boolean | undefined {
  if (within === undefined || kept === undefined) return answer;
  const complete = completeFrom(kept, sight, aggregate);
  if (complete === undefined) return answer;
  const known = addDuration(complete, within, zoneOf(sight.document, sight.workspace));
  return known <= sight.now ? answer : undefined;
}

/** From when on the list of the latest holds all events, as far as it is asked for. */
function completeFrom(kept: Kept, { workspace }: Sight, aggregate: string): Instant | undefined {
  const wanted = workspace.aggregates.get(aggregate)?.keeps ?? 0;
  // A full list says all that its length can say; a shorter one may have been cut when less was asked for.
  if ((kept.latest?.length ?? 0) >= wanted || kept.from === undefined) return kept.known;
  return kept.known === undefined ? kept.from : later(kept.known, kept.from);
}

function countOf(
  condition: DidCondition,
  kept: Kept | undefined,
  sight: Sight,
  entered: Instant | undefined,
): number {
  if (kept === undefined) return 0;
  const counts = counting(condition, sight, entered);
  if (counts === undefined) return kept.count;
  let count = 0;
  for (const at of kept.latest ?? []) if (counts(at)) count += 1;
  return count;
}

/** In millionths. */
function sumOf(
  condition: DidCondition,
  kept: Kept | undefined,
  sight: Sight,
  entered: Instant | undefined,
): number {
  if (kept === undefined) return 0;
  const counts = counting(condition, sight, entered);
  if (counts === undefined) return kept.sum ?? 0;
  let sum = 0;
  for (const [index, at] of (kept.latest ?? []).entries()) if (counts(at)) sum += kept.values?.[index] ?? 0;
  return sum;
}

/** Whether an event of this instant counts; undefined where all do. */
function counting(
  { within, sinceEntry }: DidCondition,
  sight: Sight,
  entered: Instant | undefined,
): ((at: Instant) => boolean) | undefined {
  if (sinceEntry === true) return (at) => entered !== undefined && at > entered;
  return within === undefined ? undefined : isInside(within, sight);
}

const DAY = 24 * 60 * 60 * 1000;
/** Calendars and zones differ from average lengths by a few days at most: only what is that near is reckoned exactly. */
const NEAR = 6 * DAY;

function isInside(within: Duration, { now, document, workspace }: Sight): (at: Instant) => boolean {
  const { years, months, days, milliseconds } = within;
  const start = addMillis(now, -(years * 365.2425 + months * 30.436_875 + days) * DAY - milliseconds);
  if (isExact(within)) return (at) => at > start && at <= now;
  const [surelyOut, surelyIn] = [addMillis(start, -NEAR), addMillis(start, NEAR)];
  return (at) =>
    at <= now &&
    at > surelyOut &&
    (at > surelyIn || addDuration(at, within, zoneOf(document, workspace)) > now);
}

function keptOf({ aggregate }: DidCondition, { aggregates }: CustomerDocument): Kept | undefined {
  return Object.hasOwn(aggregates, aggregate) ? aggregates[aggregate] : undefined;
}
