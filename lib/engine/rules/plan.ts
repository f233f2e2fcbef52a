/**
 * Walks a journey's graph from a node to the next Task or wait and decides everything on the way: which case a branch takes,
 * which arm a split, whether a bounded goto jumps, until when the next wait lasts. The state machine follows the plan without
 * asking again, so that a customer pays for the steps of the journey and for nothing else.
 */
import { FIRST_LOOP, type Loop, type Plan } from '#lib/contracts/step-calls.ts';
import { addMillis, ceilToSecond, type Instant } from '#lib/contracts/time.ts';
import { isExact } from '#lib/contracts/duration.ts';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { MOST_PLANNED_STEPS } from '../budgets.ts';
import { isTrue, type Scope } from '../conditions/evaluate.ts';
import { becauseOfCases } from '../conditions/explain.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Rest, Run } from '../document.ts';
import { duration } from '../durations.ts';
import type { Version } from '../workspace.ts';
import { countStates, fitsLeg } from './leg-limits.ts';
import { drawArm } from './split.ts';
import { keepAhead } from './priority.ts';
import { foldSendingHours } from './sending-hours.ts';
import { waitEnds, waitForEnds } from './wait-ends.ts';
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

/** A plan, and how the run ends where the walk has reached the end of the journey. */
export interface Planned {
  readonly plan: Plan;
  readonly end?:
    | { readonly as: 'completed' }
    | { readonly as: 'exited'; readonly reason: string; readonly step?: string };
  /** The wait that comes next lasts longer than the execution may: the run leaves it and is parked. */
  readonly rest?: Rest;
}

export function makePlan(deciding: Deciding, from: PlanFrom): Planned {
  const { version, id, run } = from;
  const since = from.countsFrom ?? from.stepEnded ?? deciding.now;
  const route: Record<string, number> = {};
  let loop = from.loop ?? FIRST_LOOP;
  let next = from.next;
  if (run.folded !== undefined) delete run.folded;
  if (run.ahead !== undefined) delete run.ahead;
  if (from.legSince !== undefined) run.legSince = from.legSince;
  run.since = since;
  keepMatchesSince(run, version, since);
  const planned = (until: Instant | null): Planned => ({ plan: { route, until, from: since } });
  for (let steps = 0; steps < MOST_PLANNED_STEPS; steps += 1) {
    countStates(run, 1);
    if (loop.round > 0) run.round = loop.round;
    if (next === null) return { ...planned(null), end: { as: 'completed' } };
    const node: FlowNode = nodeOf(version, next);
    switch (node.kind) {
      case 'send':
        keepAhead(deciding, version, run, { step: next, visit: loop.visit, at: deciding.now });
        return planned(null);
      case 'action':
        return planned(null);
      case 'exit':
        return { ...planned(null), end: exitAt(next, node.reason) };
      case 'wait': {
        const until = planWait(deciding, from, next, node, loop);
        return fitsLeg(run, version, next, until)
          ? planned(until)
          : { ...planned(until), rest: { as: 'parked', step: next, until, loop } };
      }
      case 'waitFor':
        return planned(planWaitFor(deciding, from, next, node, loop));
      case 'goto': {
        const jumps = loop.jumps[next] ?? 0;
        const passes = node.atMost !== undefined && jumps >= node.atMost;
        if (node.atMost !== undefined) route[next] = passes ? 1 : 0;
        if (!passes && node.atMost !== undefined) loop = jumped(loop, next, node.backward);
        if (isWritten(next))
          note(deciding, {
            kind: 'takes',
            ...about(id, run),
            step: next,
            branch: passes ? 'on' : node.target,
          });
        next = passes ? node.next : node.target;
        break;
      }
      case 'branch': {
        const scope: Scope = { entry: run.event, run: { id, run } };
        const cases = version.cases.get(next) ?? [];
        const found = cases.findIndex((condition) => isTrue(condition, deciding, scope));
        const index = found === -1 ? cases.length : found;
        route[next] = index;
        note(deciding, {
          kind: 'takes',
          ...about(id, run),
          step: next,
          branch: node.cases[index]?.name ?? 'otherwise',
          ...becauseOfCases(cases, index, deciding, scope),
        });
        next = node.cases[index] === undefined ? node.otherwise : node.cases[index].next;
        break;
      }
      case 'split': {
        const index = drawArm(deciding.document, node);
        const arm = node.arms[index];
        route[next] = index;
        note(deciding, { kind: 'takes', ...about(id, run), step: next, branch: arm?.name ?? '' });
        next = arm?.next ?? null;
        break;
      }
    }
  }
  throw new RangeError('a journey turns in a circle without a wait: its check should have refused it');
}

/** The loop after a jump; the state machine computes the same in the goto's Choice. */
function jumped(loop: Loop, goto: string, backward: boolean): Loop {
  const jumps = (loop.jumps[goto] ?? 0) + 1;
  return {
    visit: loop.visit + 1,
    round: backward ? jumps : loop.round,
    jumps: { ...loop.jumps, [goto]: jumps },
  };
}

function planWait(
  deciding: Deciding,
  { version, id, run }: PlanFrom,
  step: string,
  node: NodeOf<'wait'>,
  loop: Loop,
): Instant {
  const unmoved = ceilToSecond(waitEnds(deciding, node, deciding.now));
  const folded = foldSendingHours(deciding, version, node, unmoved);
  if (folded !== undefined && node.next !== null)
    run.folded = { step: node.next, reached: unmoved, reason: folded.reason };
  const until = folded === undefined ? unmoved : ceilToSecond(folded.until);
  note(deciding, { kind: 'waits', ...about(id, run), step, until });
  // What comes behind a wait that leaves the execution is planned when that is over.
  const { end, next } = fitsLeg(run, version, step, until)
    ? endOfExactWaits(deciding, version, id, run, node, until)
    : { end: until, next: node.next };
  run.since = end;
  if (next !== null) keepAhead(deciding, version, run, { step: next, visit: loop.visit, at: end });
  keepMatchesSince(run, version, run.since);
  return until;
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
    if (node.kind !== 'wait') break;
    if (node.for === undefined || node.until !== undefined || node.on !== undefined) break;
    const length = duration(node.for);
    if (!isExact(length)) break;
    const began = end;
    end = addMillis(end, length.milliseconds);
    note(deciding, { at: began, kind: 'waits', ...about(id, run), step: next, until: end });
    next = node.next;
  }
  return { end, next };
}

/**
 * The wait counts from the end of the step before, and events count for it from now on, whether its Task has registered or
 * not. Its log entry is written when it registers.
 */
function planWaitFor(
  deciding: Deciding,
  from: PlanFrom,
  step: string,
  node: NodeOf<'waitFor'>,
  loop: Loop,
): Instant {
  const reached = from.stepEnded ?? deciding.now;
  const until = ceilToSecond(waitForEnds(deciding, node, reached));
  const wait = from.version.waits.get(step);
  const counts = from.countsFrom ?? reached;
  const since = wait === undefined ? counts : windowStart(deciding, from.run, wait, counts);
  from.run.waiting = { step, visit: loop.visit, attempt: -1, since, until, loop };
  return until;
}

/** Whether a run that comes to the node waits or is over, with nothing to be done or decided first. */
export function waitsAt(version: Version, id: string): boolean {
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at);) {
    seen.add(at);
    const node = nodeOf(version, at);
    if (node.kind !== 'goto' || node.atMost !== undefined)
      return node.kind === 'wait' || node.kind === 'waitFor' || node.kind === 'exit';
    at = node.target;
  }
  return true;
}

function exitAt(id: string, reason: string): NonNullable<Planned['end']> {
  return { as: 'exited', reason, ...(isWritten(id) ? { step: id } : {}) };
}

/** The marketer gave it an id; those of other gotos have parentheses (see flow.ts). */
function isWritten(id: string): boolean {
  return !id.includes('(');
}

function nodeOf(version: Version, id: string): FlowNode {
  const node = version.manifest.flow.nodes[id];
  if (node === undefined) throw new RangeError(`version ${version.key} has no step "${id}"`);
  return node;
}
