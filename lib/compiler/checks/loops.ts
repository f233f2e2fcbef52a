/**
 * Loops have to end and to take time: on every way round there must be a goto with a bound, and a wait. Without the one a
 * customer would go round for ever, without the other all at once. The goto that leads back needs a bound of its own, also
 * where another goto ends the loop: its jumps are the rounds that `run.round` counts.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { finding } from '../diagnostics.ts';
import {
  leadsTo,
  reachableSteps,
  successors,
  successorsAtOnce,
  successorsWithoutJumps,
} from './flow-graph.ts';
import type { Check } from './journey-context.ts';

export const loops: Check = function* loops({ flow, manifest, steps }) {
  if (flow === undefined) return;
  const reached = reachableSteps({ flow, manifest });
  for (const { step, node, path } of steps) {
    if (!reached.has(node)) continue;
    if (step.type === 'wait' && typeof step.ifPast === 'object') {
      const { goto } = step.ifPast;
      if (leadsTo(goto, node, (id) => successorsWithoutJumps(flow, id)))
        yield finding('loop-without-bound', [...path, 'ifPast', 'goto'], { step: goto, ifPast: true });
    }
    if (step.type !== 'goto') continue;
    const back = isBackward(flow, node);
    const unbounded = (id: string): string[] =>
      back ? successors(flow, id) : successorsWithoutJumps(flow, id);
    if (step.atMost === undefined && leadsTo(step.step, node, unbounded))
      yield finding('loop-without-bound', path, { step: step.step });
    else if (leadsTo(step.step, node, (id) => successorsAtOnce(flow, id)))
      yield finding('loop-without-wait', path, { step: step.step });
  }
};

function isBackward(flow: Flow, id: string): boolean {
  const node = flow.nodes[id];
  return node?.kind === 'goto' && node.backward;
}
