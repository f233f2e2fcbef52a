// Messages, journeys and segments that a condition asks about have to be there: else it would never be true.
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import { finding } from '../diagnostics.ts';
import type { ConditionCheck } from './condition-context.ts';

export const knownInConditions: ConditionCheck = function* knownInConditions({
  conditions,
  messages,
  journeys,
  segments,
}) {
  for (const { condition, path } of conditions) {
    if (condition === undefined) continue;
    for (const leaf of leavesOf(condition)) {
      const at = [...path, ...leaf.path, leaf.kind];
      if (leaf.kind === 'message' && !messages.has(leaf.message))
        yield finding('unknown-message', at, { name: leaf.message, known: [...messages.keys()] });
      if (leaf.kind === 'segment' && !segments.has(leaf.segment))
        yield finding('unknown-segment', at, { name: leaf.segment, known: [...segments] });
      if ((leaf.kind === 'inJourney' || leaf.kind === 'completed') && !journeys.has(leaf.journey))
        yield finding('unknown-journey', at, { name: leaf.journey, known: [...journeys] });
    }
  }
};
