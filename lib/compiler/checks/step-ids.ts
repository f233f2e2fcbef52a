// An id names one step: it is the name of its state, its sends and its figures.
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const stepIds: Check = function* stepIds({ steps }) {
  const seen = new Set<string>();
  for (const { step, path } of steps) {
    if (step.id === undefined) continue;
    if (seen.has(step.id)) yield finding('duplicate-step-id', [...path, 'id'], { id: step.id });
    seen.add(step.id);
  }
};
