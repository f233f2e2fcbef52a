// What a condition asks to have been done: an event that there is, a number that can be added up, and "since entry" only in a
// journey. Its "where" asks of the event alone: it is asked when the event happens, of nothing else.
import type { DidCondition } from '#lib/journey/conditions/condition.ts';
import { ANY_EVENT } from '#lib/journey/conditions/did.ts';
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { BUILT_IN_EVENTS, eventProperties } from '#lib/journey/vocabulary.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import type { ConditionCheck, ConditionPlace } from './condition-context.ts';

export const behaviour: ConditionCheck = function* behaviour({ conditions, settings }) {
  for (const place of conditions) {
    if (place.condition === undefined) continue;
    for (const leaf of leavesOf(place.condition)) {
      if (place.scope === 'did' && leaf.kind !== 'compare')
        yield findingAtKey('not-in-did', [...place.path, ...leaf.path, leaf.kind], { name: leaf.kind });
      else if (leaf.kind === 'did') yield* checkDid(leaf, place, settings);
    }
  }
};

function* checkDid(
  leaf: DidCondition,
  { scope, path }: ConditionPlace,
  settings: Settings | undefined,
): Generator<Finding> {
  const at = [...path, ...leaf.path];
  if (leaf.sinceEntry === true && scope === 'segment')
    yield findingAtKey('not-known-in-segment', [...at, 'since'], { name: 'since' });
  if (leaf.sinceEntry === true && scope === 'entry')
    yield findingAtKey('not-known-at-entry', [...at, 'since'], { name: 'since' });
  if (settings === undefined || leaf.event === ANY_EVENT) return;
  const { vocabulary } = settings;
  const properties = eventProperties(vocabulary, leaf.event);
  if (properties === undefined) {
    const known = [...Object.keys(vocabulary.events), ...Object.keys(BUILT_IN_EVENTS), ANY_EVENT];
    yield finding('unknown-event', [...at, 'did'], { name: leaf.event, known });
    return;
  }
  if (leaf.measure.kind !== 'sum') return;
  const { property } = leaf.measure;
  const type = Object.hasOwn(properties, property) ? properties[property] : undefined;
  if (type === undefined) {
    const known = Object.keys(properties);
    yield finding('unknown-property', [...at, 'sum'], { name: property, event: leaf.event, known });
  } else if (type !== 'number')
    yield finding('sum-of-no-number', [...at, 'sum'], { name: property, event: leaf.event, type });
}
