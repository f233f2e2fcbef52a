// A run as the graph alone tells it: which nodes it visits and when. Knows nothing of states, Tasks or plans.
import { parseDuration } from '#lib/contracts/duration.ts';
import { edgesOf, nodeAt } from '#lib/compiler/plan/flow-reading.ts';
import type { PathNode } from '#lib/compiler/transitions/paths.ts';
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import type { Chance } from './chance.ts';

/** Seconds that a deferred send waits. */
export const DEFERRAL_SECONDS = 600;

export interface DirectWalk {
  /** One line for each node: which, when, and what its call must say. Edges and ends have none. */
  readonly visits: readonly string[];
  /** `completed`, `exited`, `over` (told so by a call) or `failed`. */
  readonly end: string;
  readonly path: readonly PathNode[];
  readonly deferrals: number;
  readonly faults: number;
  /** A time-out came second: the run pays for the call that was told so. */
  readonly late: number;
}

export function instant(millis: number): string {
  return new Date(millis).toISOString();
}

/** End of a wait from `from` on, as the tests reckon it: days are 24 hours, a time of day is the next one in UTC. */
export function endOf(node: NodeOf<'wait'> | NodeOf<'waitFor'>, from: number): number {
  const length = node.kind === 'wait' ? node.for : node.within;
  if (length === undefined) {
    const [hour = 0, minute = 0] = (node.until ?? '').split(':').map(Number);
    const today = new Date(from).setUTCHours(hour, minute, 0, 0);
    return today > from ? today : today + 86_400_000;
  }
  const duration = parseDuration(length);
  if ('problem' in duration) throw new Error(duration.problem);
  return Math.ceil((from + duration.days * 86_400_000 + duration.milliseconds) / 1000) * 1000;
}

/** When Step Functions gives up waiting: whole seconds, at least one. */
export function timeOutAt(now: number, until: number): number {
  return now + Math.max(1, Math.ceil((until - now) / 1000)) * 1000;
}

/** The instant of an event inside a wait, before its time-out. */
export function eventAt(now: number, leaves: number, after: number): number {
  return now + Math.floor(((leaves - now) * after) / 1000) * 1000;
}

export function directWalk(flow: Flow, chance: Chance, start: number): DirectWalk {
  const visits: string[] = [];
  const path: PathNode[] = [];
  const counts = { deferrals: 0, faults: 0, late: 0 };
  let jumps = new Map<string, number>();
  let visit = 1;
  let now = start;
  /** From when on the next wait counts. */
  let base = start;
  /** Planned end of the wait directly before, until something is decided. */
  let ended: number | null = null;
  const done = (end: string): DirectWalk => ({ visits, end, path, ...counts });

  /** The bounded goto's way; counts the jump. */
  const jumpsOn = (id: string, node: NodeOf<'goto'>): number => {
    if (node.atMost === undefined) return 0;
    visits.push(`${id} at ${instant(now)}`);
    const taken = jumps.get(id) ?? 0;
    if (taken >= node.atMost) return 1;
    jumps = new Map([...jumps, [id, taken + 1]]);
    visit += 1;
    return 0;
  };

  /** The calls of a send or wait: how many fail, and whether the run goes on. */
  const call = (id: string): string | undefined => {
    if (chance.isOver(id, visit)) return 'over';
    const faults = chance.faults(id, visit);
    if (faults === Number.POSITIVE_INFINITY) return 'failed';
    counts.faults += faults;
    return undefined;
  };

  /** What a run still visits between a time-out that came second and the call that is told so. */
  const afterLateTimeOut = (from: string | null): string | undefined => {
    const kept = { jumps, visit };
    let id = from;
    while (id !== null) {
      const node = nodeAt(flow, id);
      if (node.kind !== 'goto') break;
      id = edgesOf(node)[jumpsOn(id, node)] ?? null;
    }
    const node = id === null ? undefined : nodeAt(flow, id);
    const stands =
      node?.kind === 'send' || node?.kind === 'action' || (node?.kind === 'waitFor' && isExactWait(node));
    let stopped: string | undefined;
    if (id !== null && stands) {
      const until = node.kind === 'waitFor' && ended !== null ? endOf(node, ended) : undefined;
      visits.push(described(id, visit, now, ended, until));
      stopped = call(id);
    }
    ({ jumps, visit } = kept);
    return stopped;
  };

  let id: string | null = flow.start;
  let before: string | undefined;
  while (id !== null) {
    const node = nodeAt(flow, id);
    let edge = 0;
    switch (node.kind) {
      case 'exit':
        path.push({ node: id, edge });
        return done('exited');
      case 'goto':
        edge = jumpsOn(id, node);
        break;
      case 'branch':
      case 'split':
        edge = chance.way(id, visit, edgesOf(node).length);
        if (node.kind === 'branch' || before !== 'split') visits.push(`${id} at ${instant(now)}`);
        ended = null;
        break;
      case 'action': {
        visits.push(described(id, visit, now, ended, undefined));
        const stopped = call(id);
        if (stopped !== undefined) return done(stopped);
        base = now;
        ended = null;
        break;
      }
      case 'send': {
        visits.push(described(id, visit, now, ended, undefined));
        const stopped = call(id);
        if (stopped !== undefined) return done(stopped);
        const deferrals = chance.deferrals(id, visit);
        counts.deferrals += deferrals;
        now += deferrals * DEFERRAL_SECONDS * 1000;
        base = now;
        ended = null;
        break;
      }
      case 'wait':
        visits.push(`${id} at ${instant(now)}`);
        base = endOf(node, base);
        now = Math.max(now, base);
        ended = base;
        break;
      case 'waitFor': {
        const until = endOf(node, base);
        visits.push(described(id, visit, now, base, until));
        const stopped = call(id);
        if (stopped !== undefined) return done(stopped);
        const leaves = timeOutAt(now, until);
        const outcome = chance.wait(id, visit, node.events.length);
        if (outcome.kind === 'event') {
          edge = outcome.arm;
          now = eventAt(now, leaves, outcome.after);
          base = now;
          ended = null;
          break;
        }
        now = leaves;
        ended = until;
        base = until;
        edge = node.events.length;
        if (outcome.kind === 'late') {
          const halted = afterLateTimeOut(node.otherwise);
          if (halted !== undefined) return done(halted);
          counts.late += 1;
          edge = outcome.arm;
          base = now;
          ended = null;
        }
      }
    }
    path.push({ node: id, edge });
    if (node.kind !== 'goto' || node.atMost !== undefined) before = node.kind;
    id = edgesOf(node)[edge] ?? null;
  }
  return done('completed');
}

/** A call in words: `since` is when the wait before was to end, or null. */
export function described(
  id: string,
  visit: number,
  now: number,
  since: number | null,
  until: number | undefined,
): string {
  const from = since === null ? '' : ` after ${instant(since)}`;
  return `${id} at ${instant(now)} visit ${visit}${from}${until === undefined ? '' : ` until ${instant(until)}`}`;
}

function isExactWait(node: NodeOf<'waitFor'>): boolean {
  return node.within !== undefined && !node.within.includes('day');
}
