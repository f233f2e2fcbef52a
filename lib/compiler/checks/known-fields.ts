// Conditions, and waits for a date, may only read what there is: traits and properties of the vocabulary, and only where their event is at hand.
import { fieldName } from '#lib/journey/conditions/field.ts';
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import { entryEvent, entryProperties } from '#lib/journey/entry.ts';
import { BUILT_IN_TRAITS, traitType, type Vocabulary } from '#lib/journey/vocabulary.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import { comparesOf, fieldPlaces, namesFor, nameWithin, type FieldPlace } from './condition-fields.ts';
import type { ConditionCheck, ConditionContext, ConditionPlace } from './condition-context.ts';
import type { Check } from './journey-context.ts';

export const knownFields: ConditionCheck = function* knownFields(context) {
  for (const place of context.conditions) {
    for (const compare of comparesOf(place))
      for (const field of fieldPlaces(place, compare)) yield* checkField(field, place, context);
    yield* checkSends(place);
  }
};

/** One field, read where `place` is. */
export function* checkField(
  at: FieldPlace,
  place: ConditionPlace,
  context: ConditionContext,
): Generator<Finding> {
  const tell = at.at === 'key' ? findingAtKey : finding;
  const { field, path } = at;
  const name = fieldName(field);
  if (place.scope === 'did' && field.root !== 'event') yield tell('not-in-did', path, { name });
  else if (place.scope === 'segment' && field.root !== 'profile')
    yield tell('not-known-in-segment', path, { name });
  else if (field.root === 'event' && place.scope === 'when') yield tell('event-not-at-hand', path, { name });
  else if (['entry', 'saved', 'run'].includes(field.root) && place.scope === 'entry')
    yield tell('not-known-at-entry', path, { name });
  else if (context.settings !== undefined) yield* checkName(at, place, context, context.settings.vocabulary);
}

/** Whether the name of a field is one that there is. */
export function* checkName(
  { field, path, at }: FieldPlace,
  place: ConditionPlace,
  context: ConditionContext,
  vocabulary: Vocabulary,
): Generator<Finding> {
  const tell = at === 'key' ? findingAtKey : finding;
  const name = nameWithin(field);
  const [kept = ''] = field.path;
  if (field.root === 'saved' && !context.saved.has(kept)) {
    yield tell('unknown-saved', path, { name: kept, known: [...context.saved.keys()] });
    return;
  }
  if (field.root === 'profile' && traitType(vocabulary, name) === undefined) {
    const known = [...Object.keys(vocabulary.traits), ...Object.keys(BUILT_IN_TRAITS)];
    yield tell('unknown-trait', path, { name, known });
  }
  const names = namesFor(field, place, context, vocabulary);
  if (names === undefined || Object.hasOwn(names.properties, name)) return;
  const { properties, ...of } = names;
  yield tell('unknown-property', path, { name, ...of, known: Object.keys(properties) });
}

/** Nothing has been sent yet when a customer enters, and a segment belongs to no run. */
function* checkSends({ scope, condition, path }: ConditionPlace): Generator<Finding> {
  const code =
    scope === 'entry' ? 'not-known-at-entry' : scope === 'segment' ? 'not-known-in-segment' : undefined;
  if (code === undefined || condition === undefined) return;
  for (const leaf of leavesOf(condition))
    if (leaf.kind === 'send') yield findingAtKey(code, [...path, ...leaf.path, 'send'], { name: 'send' });
}

/** The key is a property of the entry event. */
export const knownKey: Check = function* knownKey({ journey: { entry }, settings }) {
  // Where no event lets in there is no key at all, which is told by itself.
  if (entry.key === undefined || settings === undefined || !('event' in entry || 'api' in entry)) return;
  const properties = entryProperties(entry, settings.vocabulary);
  const name = entry.key.replace(/^event\./, '');
  if (properties !== undefined && !Object.hasOwn(properties, name)) {
    const known = Object.keys(properties);
    yield finding('unknown-property', ['entry', 'key'], { name, event: entryEvent(entry), known });
  }
};
