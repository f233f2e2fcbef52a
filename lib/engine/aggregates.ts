/**
 * What documents keep of events so that conditions can ask what a customer has done: for each kind of events that any version
 * or segment asks about one aggregate, shared by all that ask about the same events.
 */
import { hashHex } from '#lib/contracts/hash.ts';
import type { Duration } from '#lib/contracts/duration.ts';
import type { Condition, DidCondition } from '#lib/journey/conditions/condition.ts';
import { ANY_EVENT } from '#lib/journey/conditions/did.ts';
import { BUILT_IN_EVENTS } from '#lib/journey/vocabulary.ts';
import { MOST_SUMMED } from './budgets.ts';

/** What is kept of events of one kind. */
export interface Aggregate {
  readonly key: string;
  readonly event: string;
  readonly where: Condition | undefined;
  /** The property that is added up; undefined where events are counted. */
  readonly property: string | undefined;
  /** How many of the latest events are kept with their instants; 0 where nobody asks about a time. */
  readonly keeps: number;
  /** The times in which it is asked about: what is older than all of them is forgotten. Undefined where a run may ask since its entry. */
  readonly windows: readonly Duration[] | undefined;
  /** Names it in a document that has seen it. */
  readonly mark: string;
}

/** The aggregates that conditions need, by key. */
export function aggregatesFor(dids: Iterable<DidCondition>): ReadonlyMap<string, Aggregate> {
  const byKey = new Map<string, Aggregate>();
  for (const did of dids) {
    const before = byKey.get(did.aggregate);
    const isTimed = did.within !== undefined || did.sinceEntry === true;
    const keeps = Math.max(before?.keeps ?? 0, isTimed ? keptFor(did) : 0);
    byKey.set(did.aggregate, {
      key: did.aggregate,
      event: did.event,
      where: did.where,
      property: did.measure.kind === 'sum' ? did.measure.property : undefined,
      keeps,
      windows:
        did.sinceEntry === true || (before !== undefined && before.windows === undefined)
          ? undefined
          : [...(before?.windows ?? []), ...(did.within === undefined ? [] : [did.within])],
      // A list that was not kept before begins empty, as an aggregate does that was not.
      mark: hashHex(`${did.aggregate} ${keeps > 0}`, 8),
    });
  }
  return byKey;
}

/** By event; those that count any event are told of all of them. */
export function aggregatesByEvent(all: Iterable<Aggregate>): ReadonlyMap<string, readonly Aggregate[]> {
  return Map.groupBy(all, ({ event }) => event);
}

/** The aggregates that an event may count for: one that no application sends is not just any event. */
export function listenersTo(
  event: string,
  byEvent: ReadonlyMap<string, readonly Aggregate[]>,
): readonly Aggregate[] {
  const own = byEvent.get(event);
  const any = Object.hasOwn(BUILT_IN_EVENTS, event) ? undefined : byEvent.get(ANY_EVENT);
  if (own === undefined || any === undefined) return own ?? any ?? NONE;
  return [...own, ...any];
}

const NONE: readonly Aggregate[] = [];

/** As many of the latest as decide the answer: one more than may be, or as many as must be. */
function keptFor({ measure }: DidCondition): number {
  if (measure.kind === 'sum') return MOST_SUMMED;
  return measure.operator === 'atLeast' ? measure.value : measure.value + 1;
}
