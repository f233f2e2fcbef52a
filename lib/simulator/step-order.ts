// The steps of a journey in the order in which somebody reads them: each step before what follows it, the arms of a branch
// one after the other, and behind them what they lead to.
import { edgesOf } from '#lib/compiler/plan/flow-reading.ts';
import type { Flow } from '#lib/journey/flow.ts';

/** Ids of all nodes that can be reached, in reading order; those of the goal's steps, which begin at `goalStart`, come last. */
export function stepOrder({ start, nodes }: Flow, goalStart: string | null = null): readonly string[] {
  const visited = new Set<string>();
  const backwards: string[] = [];
  const visit = (id: string | null): void => {
    const node = id === null ? undefined : nodes[id];
    if (id === null || node === undefined || visited.has(id)) return;
    visited.add(id);
    // The last arm first, and each node behind all that follows it: turned around, that is the order of reading.
    for (const next of edgesOf(node).toReversed()) visit(next);
    backwards.push(id);
  };
  visit(goalStart);
  visit(start);
  return backwards.toReversed();
}
