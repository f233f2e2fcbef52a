/**
 * Loops in which nothing happens but waits of exact length: a state machine goes round in them by itself, without a single Task.
 * Executions have limits of time and of history, and only a Task's call tells the document how far one has come; so a Task is
 * inserted at the goto of such a loop. (Nobody needs such a loop: one wait does the same.)
 */
import type { Flow } from '#lib/journey/flow.ts';
import { exactMilliseconds } from './exact-waits.ts';
import { nodeAt } from './flow-reading.ts';

/** Gotos with a bound that a run can come back to with no Task on the way. */
export function untoldLoops(flow: Flow): ReadonlySet<string> {
  const gotos = Object.keys(flow.nodes).filter((id) => isBounded(flow, id));
  return new Set(gotos.filter((id) => comesBack(flow, id)));
}

function comesBack(flow: Flow, goto: string): boolean {
  const seen = new Set<string>();
  const open = silentEdges(flow, goto);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === goto) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...silentEdges(flow, id));
  }
  return false;
}

/** Where a run gets from the node without a Task before or in it. */
function silentEdges(flow: Flow, id: string): string[] {
  const node = nodeAt(flow, id);
  const edges =
    node.kind === 'goto'
      ? [node.target, node.next]
      : node.kind === 'wait' && exactMilliseconds(node) !== undefined
        ? [node.next]
        : [];
  return edges.filter((next) => next !== null);
}

function isBounded(flow: Flow, id: string): boolean {
  const node = nodeAt(flow, id);
  return node.kind === 'goto' && node.atMost !== undefined;
}
