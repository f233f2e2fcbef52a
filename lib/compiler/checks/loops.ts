/**
 * Loops have to end and to take time: on every way round there must be a goto with a bound, and a wait. Without the one a
 * customer would go round for ever, without the other all at once. The goto that leads back needs a bound of its own, also
 * where another goto ends the loop: its jumps are the rounds that `run.round` counts.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { finding } from '../diagnostics.ts';
import { leadsTo, reachableSteps, successors, successorsWithoutJumps } from './flow-graph.ts';
import type { Check } from './journey-context.ts';

export const loops: Check = function* loops({ flow, manifest, steps }) {
  if (flow === undefined) return;
  const reached = reachableSteps({ flow, manifest });
  for (const { step, node, path } of steps) {
    if (step.type !== 'goto' || !reached.has(node)) continue;
    const back = flow.nodes[node]?.kind === 'goto' && flow.nodes[node].backward;
    const unbounded = (id: string): string[] =>
      back ? successors(flow, id) : successorsWithoutJumps(flow, id);
    if (step.atMost === undefined && leadsTo(step.step, node, unbounded))
      yield finding('loop-without-bound', path, { step: step.step });
    else if (leadsTo(step.step, node, (id) => (takesTime(flow, id) ? [] : successors(flow, id))))
      yield finding('loop-without-wait', path, { step: step.step });
  }
};

function takesTime(flow: Flow, id: string): boolean {
  const kind = flow.nodes[id]?.kind;
  return kind === 'wait' || kind === 'waitFor';
}
