/**
 * An execution lasts a year and 25,000 history events at most (limits of Step Functions), so the longest way through a
 * journey has to fit. The way is measured over the graph without bounded jumps, which has no circles; every jump of a goto
 * then adds at most the longest stretch that leads to it.
 */
import { parseDuration } from '#lib/contracts/duration.ts';
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { finding } from '../diagnostics.ts';
import { reachableFrom, successorsWithoutJumps } from './flow-graph.ts';
import type { Check } from './journey-context.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const MOST_DAYS = 365;
/** What is left below the limit of 25,000 is for attempts that had to be repeated. */
export const MOST_EVENTS = 20_000;

export const longestRun: Check = function* longestRun({ flow, steps }) {
  if (flow === undefined || flow.start === null) return;
  const order = inTopologicalOrder(flow, flow.start);
  // A circle without a bound has no longest way; it is told by itself.
  if (order === undefined) return;
  const days = Math.ceil(longest(flow, order, lastsAtMost) / DAY);
  const events = longest(flow, order, historyEvents);
  const path = steps.length > 0 ? ['steps'] : [];
  if (days > MOST_DAYS) yield finding('longer-than-a-year', path, { days, most: MOST_DAYS });
  else if (events > MOST_EVENTS) yield finding('history-too-long', path, { events, most: MOST_EVENTS });
};

/** Everything that can be reached, each node before those that follow it; undefined where some way leads in a circle. */
function inTopologicalOrder(flow: Flow, start: string): string[] | undefined {
  const state = new Map<string, 'open' | 'done'>();
  const finished: string[] = [];
  const visit = (id: string): boolean => {
    const known = state.get(id);
    if (known !== undefined) return known === 'done';
    state.set(id, 'open');
    if (!successorsWithoutJumps(flow, id).every(visit)) return false;
    state.set(id, 'done');
    finished.push(id);
    return true;
  };
  for (const id of reachableFrom(flow, start)) if (!visit(id)) return undefined;
  return finished.toReversed();
}

/** The greatest sum of weights that a run can gather. */
function longest(flow: Flow, order: readonly string[], weigh: (node: FlowNode) => number): number {
  const jumps = order.flatMap((id) => {
    const node = flow.nodes[id];
    return node?.kind === 'goto' && node.atMost !== undefined
      ? [{ id, target: node.target, atMost: node.atMost }]
      : [];
  });
  const starts = new Set([flow.start, ...jumps.map(({ target }) => target)]);
  let whole = 0;
  const toJump = new Map<string, number>();
  for (const start of starts) {
    const far = start === null ? new Map<string, number>() : farthest(flow, order, start, weigh);
    whole = Math.max(whole, ...far.values());
    for (const { id } of jumps) toJump.set(id, Math.max(toJump.get(id) ?? 0, far.get(id) ?? 0));
  }
  return jumps.reduce((sum, { id, atMost }) => sum + atMost * (toJump.get(id) ?? 0), whole);
}

/** For every node after `start` the heaviest way to its end. */
function farthest(
  flow: Flow,
  order: readonly string[],
  start: string,
  weigh: (node: FlowNode) => number,
): Map<string, number> {
  const until = new Map<string, number>([[start, 0]]);
  const far = new Map<string, number>();
  for (const id of order) {
    const before = until.get(id);
    const node = flow.nodes[id];
    if (before === undefined || node === undefined) continue;
    const after = before + weigh(node);
    far.set(id, after);
    for (const next of successorsWithoutJumps(flow, id))
      until.set(next, Math.max(until.get(next) ?? 0, after));
  }
  return far;
}

/** The longest that a node can take, in milliseconds; a deferred send waits until it expires. */
function lastsAtMost(node: FlowNode): number {
  switch (node.kind) {
    case 'wait':
      return most(node.for) + (node.until === undefined ? 0 : (node.on === undefined ? 1 : 7) * DAY);
    case 'waitFor':
      return node.within === undefined ? DAY : most(node.within);
    case 'send': {
      const { settings } = node;
      const expires = most(settings.expires);
      if (settings.caps.length > 0 && settings.ifCapped === 'wait') return expires;
      return settings.quietHours !== undefined && settings.ifQuiet === 'wait' ? Math.min(expires, DAY) : 0;
    }
    default:
      return 0;
  }
}

/** A year and a month at their longest; an instant (of `expires`) counts as a day, the longest of quiet hours. */
function most(written: string | undefined): number {
  const duration = written === undefined ? undefined : parseDuration(written);
  if (duration === undefined) return 0;
  if ('problem' in duration) return DAY;
  return (duration.years * 366 + duration.months * 31 + duration.days) * DAY + duration.milliseconds;
}

/** Events in the execution's history: five for a Task, two for a wait or Choice, with the Task that may be inserted. */
function historyEvents(node: FlowNode): number {
  switch (node.kind) {
    case 'send':
      return 20;
    case 'waitFor':
      return 12;
    default:
      return 7;
  }
}
