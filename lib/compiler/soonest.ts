/** How soon a run can come to some of its steps, and how many of them lie inside a length of time: waits at their shortest. */
import { isExact, parseDuration } from '#lib/contracts/duration.ts';
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { shortestLength } from './lengths.ts';
import { armsOf } from '#lib/journey/waits.ts';
import { edgesOf } from './plan/flow-reading.ts';

const HOUR = 3_600_000;
/** Beyond this many combinations of step, time and jumps nobody walks on. */
const MOST_POSITIONS = 20_000;

type Wanted = (id: string) => boolean;

/** Milliseconds from the start to the first wanted step on the quickest way; Infinity where there is none. */
export function soonest(flow: Flow, isWanted: Wanted): number {
  const best = new Map<string, number>();
  const open: [id: string, elapsed: number][] = flow.start === null ? [] : [[flow.start, 0]];
  let found = Number.POSITIVE_INFINITY;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [id, elapsed] = next;
    const node = flow.nodes[id];
    if (node === undefined || elapsed >= found || (best.get(id) ?? Number.POSITIVE_INFINITY) <= elapsed)
      continue;
    best.set(id, elapsed);
    if (isWanted(id)) found = elapsed;
    for (const [edge, target] of edgesOf(node).entries())
      if (target !== null) open.push([target, elapsed + shortest(node, edge)]);
  }
  return found;
}

/**
 * The most wanted steps that one run can take within `length` milliseconds, the end not included. Undefined where there are too
 * many ways to be sure.
 */
export function mostWithin(flow: Flow, isWanted: Wanted, length: number): number | undefined {
  const known = new Map<string, number>();
  const most = (id: string | null, left: number, jumps: ReadonlyMap<string, number>): number => {
    const node = id === null ? undefined : flow.nodes[id];
    if (id === null || node === undefined || left <= 0 || known.size > MOST_POSITIONS) return 0;
    const key = `${id} ${left} ${[...jumps]
      .map(([goto, taken]) => `${goto}=${taken}`)
      .toSorted()
      .join(' ')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let best = 0;
    for (const [edge, target] of edgesOf(node).entries()) {
      const taken = (jumps.get(id) ?? 0) + 1;
      const isJump = node.kind === 'goto' && node.atMost !== undefined && edge === 0;
      if (isJump && taken > (node.atMost ?? 0)) continue;
      const after = isJump ? new Map([...jumps, [id, taken]]) : jumps;
      best = Math.max(best, most(target, left - shortest(node, edge), after));
    }
    const count = best + (isWanted(id) ? 1 : 0);
    known.set(key, count);
    return count;
  };
  const counts = Object.keys(flow.nodes)
    .filter(isWanted)
    .map((id) => most(id, length, new Map()));
  return known.size > MOST_POSITIONS ? undefined : Math.max(0, ...counts);
}

/** How long a step takes at least when it is left by an edge. A time of day may be the next moment. */
function shortest(node: FlowNode, edge: number): number {
  // One whose date is past may be left at once.
  if (node.kind === 'wait') return edge === 0 ? shortestWait(node.for) : 0;
  // Its events may come at once.
  return node.kind === 'waitFor' && edge >= armsOf(node).length ? shortestWait(node.within) : 0;
}

/** On the way through a calendar day the clocks may go forward, by two hours at most. */
function shortestWait(text: string | undefined): number {
  const parsed = parseDuration(text ?? '');
  const isExactLength = 'problem' in parsed || isExact(parsed);
  return shortestLength(text) - (isExactLength ? 0 : 2 * HOUR);
}
