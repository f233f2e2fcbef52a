// goto, `ifPast` and `{ "send": … }` have to name steps that there are, the latter a send.
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const knownSteps: Check = function* knownSteps({ steps, conditions, writtenIds }) {
  const types = new Map(steps.map(({ step }) => [step.id, step.type]));
  const known = [...types.keys()].filter((id) => id !== undefined);
  for (const { step, path } of steps)
    if (step.type === 'goto' && !writtenIds.has(step.step))
      yield finding('unknown-step', [...path, 'step'], { name: step.step, known });
    else if (step.type === 'wait' && typeof step.ifPast === 'object' && !writtenIds.has(step.ifPast.goto))
      yield finding('unknown-step', [...path, 'ifPast', 'goto'], { name: step.ifPast.goto, known });
  const sends = known.filter((id) => types.get(id) === 'send');
  for (const { condition, path } of conditions) {
    if (condition === undefined) continue;
    for (const leaf of leavesOf(condition)) {
      if (leaf.kind !== 'send') continue;
      const at = [...path, ...leaf.path, 'send'];
      const type = types.get(leaf.send);
      if (!writtenIds.has(leaf.send)) yield finding('unknown-step', at, { name: leaf.send, known: sends });
      else if (type !== undefined && type !== 'send')
        yield finding('not-a-send', at, { name: leaf.send, type, known: sends });
    }
  }
};
