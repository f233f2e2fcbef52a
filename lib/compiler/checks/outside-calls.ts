// Functions and endpoints have to be named in the settings, journeys to enter have to be there.
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const outsideCalls: Check = function* outsideCalls({ steps, settings, journeys }) {
  for (const { step, path } of steps) {
    if (step.type === 'enter' && !journeys.has(step.journey))
      yield finding('unknown-journey', [...path, 'journey'], { name: step.journey, known: [...journeys] });
    if (settings === undefined) continue;
    const { functions, endpoints } = settings;
    if (step.type === 'invoke' && !Object.hasOwn(functions, step.function))
      yield finding('unknown-function', [...path, 'function'], {
        name: step.function,
        known: Object.keys(functions),
      });
    if (step.type === 'webhook' && !Object.hasOwn(endpoints, step.endpoint))
      yield finding('unknown-endpoint', [...path, 'endpoint'], {
        name: step.endpoint,
        known: Object.keys(endpoints),
      });
  }
};
