// Every step has to be one that a customer can come to. Of steps in a row that nobody reaches, the first is told.
import { finding } from '../diagnostics.ts';
import { reachableSteps } from './flow-graph.ts';
import type { Check } from './journey-context.ts';

export const unreachableSteps: Check = function* unreachableSteps({ flow, manifest, steps }) {
  if (flow === undefined) return;
  const reached = reachableSteps({ flow, manifest });
  for (const { step, node, path, before } of steps) {
    if (reached.has(node) || before === undefined || !reached.has(before.node)) continue;
    yield finding('unreachable-step', path, { name: step.id ?? step.type, before: before.step.type });
  }
};
