/**
 * When time alone will next change what a condition says, with everything else as it is: each part of it that asks about time
 * names the instants at which its own answer may change, and the first of them at which that of the whole does is taken.
 */
import type { Condition } from '#lib/journey/conditions/condition.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { zoneOf } from '../deciding.ts';
import { addDuration } from '../time/add-duration.ts';
import { timesOf } from './compare-times.ts';
import { didChangesAt } from './did.ts';
import { isTrue, valueOf, type Scope } from './evaluate.ts';
import { leavesOf } from './mentions.ts';
import { messageChangesAt } from './send-was.ts';
import type { Sight } from './sight.ts';

/** The first instant later than `sight.now`; undefined where time changes nothing any more. `scope`: of a run's condition. */
export function nextChange(condition: Condition, sight: Sight, scope: Scope = {}): Instant | undefined {
  const instants = new Set<Instant>();
  for (const leaf of leavesOf(condition))
    for (const instant of changesAt(leaf, sight, scope)) if (instant > sight.now) instants.add(instant);
  if (instants.size === 0) return undefined;
  const now = isTrue(condition, sight, scope);
  return [...instants]
    .toSorted()
    .find((instant) => isTrue(condition, { ...sight, now: instant }, scope) !== now);
}

function* changesAt(leaf: Condition, sight: Sight, scope: Scope): Generator<Instant> {
  switch (leaf.kind) {
    case 'compare': {
      const times = timesOf(leaf, valueOf(leaf.field, sight, scope), () =>
        zoneOf(sight.document, sight.workspace),
      );
      if (times === undefined) return;
      // Both ends belong to the time between them, and what lies beyond begins with the next millisecond.
      yield times.from;
      yield addMillis(times.to, 1);
      return;
    }
    case 'did':
      yield* didChangesAt(leaf, sight);
      return;
    case 'message':
      yield* messageChangesAt(leaf, sight);
      return;
    case 'segment': {
      const since = sight.document.segments[leaf.segment];
      if (since !== undefined && leaf.for !== undefined)
        yield addDuration(since, leaf.for, zoneOf(sight.document, sight.workspace));
      return;
    }
    default:
  }
}
