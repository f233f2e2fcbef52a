// Who is in a segment, worked out anew from a customer's whole history: slowly, and sharing no code with the engine but the
// reading of conditions. Calendars are Temporal's.
import { Temporal } from 'temporal-polyfill';
import type { Duration } from '#lib/contracts/duration.ts';
import type { Condition, DidCondition } from '#lib/journey/conditions/condition.ts';

export interface Happened {
  readonly id: string;
  readonly event: string;
  readonly at: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface History {
  readonly events: readonly Happened[];
  readonly traits: Readonly<Record<string, unknown>>;
  /** Segment → since when the document has the customer in it; absent: not in it. */
  readonly since: Readonly<Record<string, string>>;
  readonly segments: ReadonlyMap<string, Condition>;
}

export function isMember(condition: Condition, history: History, now: string): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((one) => isMember(one, history, now));
    case 'any':
      return condition.of.some((one) => isMember(one, history, now));
    case 'not':
      return !isMember(condition.of, history, now);
    case 'did':
      return did(condition, history, now);
    case 'segment': {
      const other = history.segments.get(condition.segment);
      if (other === undefined || !isMember(other, history, now)) return false;
      const since = history.since[condition.segment];
      return (
        condition.for === undefined || (since !== undefined && later(since, condition.for, history) <= now)
      );
    }
    case 'compare': {
      if (condition.field.root === 'event') throw new Error('no event at hand');
      const value = history.traits[condition.field.path[0] ?? ''];
      if (typeof value !== 'string') return false;
      if (condition.operator === 'eq') return value === condition.value;
      if (condition.operator === 'within last')
        return value <= now && now <= later(value, condition.value, history);
      if (condition.operator === 'more than ago') return now > later(value, condition.value, history);
      throw new Error(`the oracle does not know "${condition.operator}"`);
    }
    default:
      throw new Error(`the oracle does not know "${condition.kind}"`);
  }
}

function did({ event, where, within, measure }: DidCondition, history: History, now: string): boolean {
  const seen = new Set<string>();
  const counting = history.events.filter((one) => {
    if (seen.has(one.id)) return false;
    seen.add(one.id);
    if (event !== 'any event' && one.event !== event) return false;
    if (where !== undefined && !matches(where, one)) return false;
    return within === undefined || later(one.at, within, history) > now;
  });
  if (measure.kind === 'count') {
    const count = counting.length;
    if (measure.operator === 'atLeast') return count >= measure.value;
    return measure.operator === 'atMost' ? count <= measure.value : count === measure.value;
  }
  // In cents, as whole numbers.
  const sum = counting.reduce((all, { properties }) => {
    const value = properties[measure.property];
    return typeof value === 'number' ? all + Math.round(value * 100) : all;
  }, 0);
  return measure.bounds.every(({ operator, value }) => {
    const bound = Math.round(value * 100);
    if (operator === 'gt') return sum > bound;
    if (operator === 'gte') return sum >= bound;
    return operator === 'lt' ? sum < bound : sum <= bound;
  });
}

function matches(where: Condition, { properties }: Happened): boolean {
  if (where.kind !== 'compare' || where.operator !== 'gte') throw new Error('the oracle knows "gte" alone');
  const value = properties[where.field.path[0] ?? ''];
  return typeof value === 'number' && typeof where.value === 'number' && value >= where.value;
}

function later(instant: string, { years, months, days, milliseconds }: Duration, history: History): string {
  const zone = history.traits['timezone'];
  const start = Temporal.Instant.from(instant).toZonedDateTimeISO(
    typeof zone === 'string' ? zone : 'Europe/Berlin',
  );
  // Days on the calendar, in local time, a repeated time being the first; then hours and less, which are exact.
  const reading = start.toPlainDateTime().add({ years, months }).add({ days });
  const end = isSame(reading, start.toPlainDateTime())
    ? start.toInstant()
    : afterGap(reading, start.timeZoneId);
  return end
    .add({ milliseconds })
    .toZonedDateTimeISO('UTC')
    .toInstant()
    .toString({ smallestUnit: 'millisecond' });
}

function isSame(a: Temporal.PlainDateTime, b: Temporal.PlainDateTime): boolean {
  return Temporal.PlainDateTime.compare(a, b) === 0;
}

/** A local time that does not exist is the first instant after the gap. */
function afterGap(reading: Temporal.PlainDateTime, zone: string): Temporal.Instant {
  const earlier = reading.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (isSame(earlier.toPlainDateTime(), reading)) return earlier.toInstant();
  const transition = earlier.getTimeZoneTransition('next');
  if (transition === null) throw new Error('a gap without a transition');
  return transition.toInstant();
}
