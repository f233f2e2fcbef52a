/** Plans the wait that a run comes to: until when it lasts, and what the run remembers of it. */
import type { Loop } from '#lib/contracts/step-calls.ts';
import { addMillis, ceilToSecond, type Instant } from '#lib/contracts/time.ts';
import type { DateOf, FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { followedTrait, isCallbackWait } from '#lib/journey/waits.ts';
import { MOST_PLANNED_STEPS } from '../budgets.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Version } from '../workspace.ts';
import { enterCallbackWait, eventsUntil, followed, noteDateWait, planDateWait } from './callback-waits.ts';
import { fitsLeg } from './leg-limits.ts';
import { keepAhead } from './priority.ts';
import { foldSendingHours } from './sending-hours.ts';
import { beginWait, dateEnd } from './wait-dates.ts';
import { exactMillis, waitEnds, waitForEnds } from './wait-ends.ts';
import { keepMatchesSince, windowStart } from './wait-memory.ts';

export interface PlanFrom {
  readonly version: Version;
  readonly id: string;
  readonly run: Run;
  readonly next: string | null;
  readonly loop?: Loop | undefined;
  /** End of the step before, where it is not now: the planned end of the wait directly before. */
  readonly stepEnded?: Instant | undefined;
  /**
   * From when on events count for a wait that comes next, where that is earlier: the entry event's own timestamp, for what
   * happened between it and its decision comes after the entry.
   */
  readonly countsFrom?: Instant | undefined;
  /** The plan begins a leg, at this instant; else it goes on with the present one. */
  readonly legSince?: Instant | undefined;
}

/** How a run ends where there is nothing more to do. */
export type PlannedEnd =
  | { readonly as: 'completed' }
  | { readonly as: 'exited'; readonly reason: string; readonly step?: string };

/** A wait that begins now and lasts a while, or until a time of day: a Wait state. */
export function planWait(
  deciding: Deciding,
  { version, id, run }: PlanFrom,
  step: string,
  node: NodeOf<'wait'>,
  loop: Loop,
): Instant {
  const unmoved = ceilToSecond(waitEnds(deciding, node, id, run, step));
  const folded = foldSendingHours(deciding, version, node, id, unmoved);
  if (folded !== undefined && node.next !== null)
    run.folded = { step: node.next, reached: unmoved, reason: folded.reason };
  const until = folded === undefined ? unmoved : ceilToSecond(folded.until);
  note(deciding, { kind: 'waits', ...about(id, run), step, until });
  restUntil(deciding, { version, id, run }, step, node, until, loop);
  return until;
}

/** The run does nothing until then, and what comes before does not count for a wait behind this one. */
function restUntil(
  deciding: Deciding,
  { version, id, run }: Pick<PlanFrom, 'version' | 'id' | 'run'>,
  step: string,
  node: NodeOf<'wait'>,
  until: Instant,
  loop: Loop,
): void {
  // What comes behind a wait that leaves the execution is planned when that is over.
  const { end, next } = fitsLeg(run, version, step, until)
    ? endOfExactWaits(deciding, version, id, run, node, until)
    : { end: until, next: node.next };
  run.since = end;
  if (next !== null) keepAhead(deciding, version, run, { step: next, visit: loop.visit, at: end });
  keepMatchesSince(run, version, run.since);
}

/**
 * A wait for a date: a Wait state like the others where the date stays as it is and nothing but going on can come of it, else a
 * callback Task. Where the journey is left because the date is past, it is over now: the Task hears of it.
 */
export function planWaitForDate(
  deciding: Deciding,
  from: PlanFrom,
  step: string,
  node: NodeOf<'wait'>,
  date: DateOf,
  loop: Loop,
): { readonly until: Instant; readonly end?: PlannedEnd } {
  const { version, id, run } = from;
  const wait = { id, run, version, step, node, date, begun: beginWait(deciding, node, deciding.now) };
  const planned = planDateWait(deciding, wait);
  const { until, past, folded } = planned;
  noteDateWait(deciding, wait, planned);
  if (!isCallbackWait(node)) {
    if (folded !== undefined) run.folded = folded;
    restUntil(deciding, from, step, node, until, loop);
    return { until };
  }
  if (past !== undefined && node.ifPast === 'exit')
    return { until, end: { as: 'exited', reason: past, step } };
  // Where its date is past it is over as it begins, and the next wait counts from then on, however late the entry was.
  enterCallbackWait(deciding, wait, planned, loop, deciding.now);
  return { until };
}

/**
 * Exact waits directly behind a wait are reckoned by the state machine; an event counts from the end of the last one on. Also
 * what comes next then.
 */
function endOfExactWaits(
  deciding: Deciding,
  version: Version,
  id: string,
  run: Run,
  first: NodeOf<'wait'>,
  until: Instant,
): { readonly end: Instant; readonly next: string | null } {
  let end = until;
  let next = first.next;
  for (let steps = 0; steps < MOST_PLANNED_STEPS && next !== null; steps += 1) {
    const node: FlowNode = nodeOf(version, next);
    if (node.kind === 'goto' && node.atMost === undefined) {
      next = node.target;
      continue;
    }
    const length = node.kind === 'wait' ? exactMillis(node) : undefined;
    if (node.kind !== 'wait' || length === undefined) break;
    const began = end;
    end = addMillis(end, length);
    note(deciding, { at: began, kind: 'waits', ...about(id, run), step: next, until: end });
    next = node.next;
  }
  return { end, next };
}

/**
 * The wait counts from the end of the step before, and events count for it from now on, whether its Task has registered or
 * not. Its log entry is written when it registers.
 */
export function planWaitFor(
  deciding: Deciding,
  from: PlanFrom,
  step: string,
  node: NodeOf<'waitFor'>,
  loop: Loop,
): Instant {
  const reached = from.stepEnded ?? deciding.now;
  const { id, run, version } = from;
  const wait = version.waits.get(step);
  const counts = from.countsFrom ?? reached;
  const since = wait === undefined ? counts : windowStart(deciding, run, wait, counts);
  const waiting = { step, visit: loop.visit, attempt: -1, since, loop };
  if (node.date === undefined) {
    const until = ceilToSecond(waitForEnds(deciding, node, reached));
    run.waiting = { ...waiting, until };
    if (node.otherwise !== null)
      keepAhead(deciding, version, run, { step: node.otherwise, visit: loop.visit, at: until });
    return until;
  }
  const begun = beginWait(deciding, node, reached);
  const found = dateEnd(deciding, node, node.date, id, run, step, begun);
  const { until, past } = eventsUntil(node, found);
  run.waiting = {
    ...waiting,
    until,
    ...(followedTrait(node) === undefined ? {} : { follows: followed(begun, found.date) }),
    ...(past === undefined ? {} : { past }),
  };
  return until;
}

/** Throws a RangeError for a node that the version does not have, which no compiler of ours writes. */
export function nodeOf(version: Version, id: string): FlowNode {
  const node = version.manifest.flow.nodes[id];
  if (node === undefined) throw new RangeError(`version ${version.key} has no step "${id}"`);
  return node;
}
