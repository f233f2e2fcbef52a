/**
 * Walks a journey's graph from a node to the next Task or wait and decides everything on the way: which case a branch takes,
 * which arm a split, whether a bounded goto jumps, until when the next wait lasts. The state machine follows the plan without
 * asking again, so that a customer pays for the steps of the journey and for nothing else.
 */
import { FIRST_LOOP, type Loop, type Plan } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { isCallbackWait } from '#lib/journey/waits.ts';
import { MOST_PLANNED_STEPS } from '../budgets.ts';
import { isTrue, type Scope } from '../conditions/evaluate.ts';
import { becauseOfCases } from '../conditions/explain.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Version } from '../workspace.ts';
import type { Rest } from '../document.ts';
import { countStates, fitsLeg } from './leg-limits.ts';
import {
  nodeOf,
  planWait,
  planWaitFor,
  planWaitForDate,
  type PlannedEnd,
  type PlanFrom,
} from './plan-waits.ts';
import { keepAhead } from './priority.ts';
import { drawArm } from './split.ts';
import { keepMatchesSince } from './wait-memory.ts';

/** A plan, and how the run ends where the walk has reached the end of the journey. */
export interface Planned {
  readonly plan: Plan;
  readonly end?: PlannedEnd;
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
        const { until, end } =
          node.date === undefined
            ? { until: planWait(deciding, from, next, node, loop), end: undefined }
            : planWaitForDate(deciding, from, next, node, node.date, loop);
        if (end !== undefined) return { ...planned(until), end };
        // One whose Task calls is looked at when it does.
        return isCallbackWait(node) || fitsLeg(run, version, next, until)
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

function exitAt(id: string, reason: string): PlannedEnd {
  return { as: 'exited', reason, ...(isWritten(id) ? { step: id } : {}) };
}

/** The marketer gave it an id; those of other gotos have parentheses (see flow.ts). */
function isWritten(id: string): boolean {
  return !id.includes('(');
}
