// Every step has to be one that a customer can come to. Of steps in a row that nobody reaches, the first is told.
import { finding } from '../diagnostics.ts';
import { reachableFrom } from './flow-graph.ts';
import type { Check } from './journey-context.ts';

export const reachableSteps: Check = function* reachableSteps({ flow, steps }) {
  if (flow === undefined) return;
  const reached = reachableFrom(flow, flow.start);
  for (const { step, node, path, before } of steps) {
    if (reached.has(node) || before === undefined || !reached.has(before.node)) continue;
    yield finding('unreachable-step', path, { name: step.id ?? step.type, before: before.step.type });
  }
};
