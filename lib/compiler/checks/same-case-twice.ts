// A case that asks what an earlier one has asked is never taken: the first that is true wins.
import { finding } from '../diagnostics.ts';
import { canonicalJson } from '../version.ts';
import type { Check } from './journey-context.ts';

export const sameCaseTwice: Check = function* sameCaseTwice({ steps }) {
  for (const { step, path } of steps) {
    if (step.type !== 'branch') continue;
    const seen = new Map<string, string>();
    for (const [index, { name, when }] of step.cases.entries()) {
      const asked = canonicalJson(when);
      const earlier = seen.get(asked);
      if (earlier === undefined) seen.set(asked, name);
      else yield finding('case-never-taken', [...path, 'cases', index, 'when'], { name, earlier });
    }
  }
};
