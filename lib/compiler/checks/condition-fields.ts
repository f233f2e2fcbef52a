// The fields that a condition reads, each with the place where its name is written and the type it has.
import { isSameAs, type Compare, type Field, type JsonPath } from '#lib/journey/conditions/condition.ts';
import { fieldName } from '#lib/journey/conditions/field.ts';
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import { entryEvent, entryProperties } from '#lib/journey/entry.ts';
import { eventProperties, traitType, type ValueType, type Vocabulary } from '#lib/journey/vocabulary.ts';
import type { ConditionContext, ConditionPlace } from './condition-context.ts';

export interface FieldPlace {
  readonly field: Field;
  /** Path in the journey to the name, which is a key or, behind `same as`, a value. */
  readonly path: JsonPath;
  readonly at: 'key' | 'value';
}

/** All comparisons of a condition; none where it could not be read. */
export function comparesOf({ condition }: ConditionPlace): Compare[] {
  if (condition === undefined) return [];
  return [...leavesOf(condition)].filter((leaf) => leaf.kind === 'compare');
}

/** The one or two fields of a comparison. */
export function fieldPlaces(place: ConditionPlace, compare: Compare): FieldPlace[] {
  const { field, value } = compare;
  const name = fieldName(field);
  const ownPath = compare.path.at(-1) === name ? compare.path : compare.path.slice(0, -1);
  const own: FieldPlace = { field, path: [...place.path, ...ownPath], at: 'key' };
  if (!isSameAs(value)) return [own];
  return [own, { field: value.sameAs, path: [...place.path, ...sameAsPath(compare)], at: 'value' }];
}

/** From the condition to the text behind `same as`. */
export function sameAsPath(compare: Compare): JsonPath {
  return compare.path.at(-1) === 'same as' ? compare.path : [...compare.path, 'same as'];
}

/** Properties of an event, or of what is kept under a name. */
type Names = ({ readonly event: string } | { readonly saved: string }) & {
  readonly properties: Readonly<Record<string, ValueType>>;
};
type FieldContext = Pick<ConditionContext, 'journey' | 'saved'>;

/** The field's name within what it is looked up in: `cart_id` for `entry.cart_id`, `value` for `saved.score.value`. */
export function nameWithin({ root, path }: Field): string {
  return (root === 'saved' ? path.slice(1) : path).join('.');
}

/** What a name of this field is looked up in; undefined where nothing is declared of it, which is told elsewhere. */
export function namesFor(
  field: Field,
  place: ConditionPlace,
  { journey, saved }: FieldContext,
  vocabulary: Vocabulary,
): Names | undefined {
  if (field.root === 'saved') {
    const kept = saved.get(field.path[0] ?? '');
    return kept?.properties === undefined
      ? undefined
      : { saved: field.path[0] ?? '', properties: kept.properties };
  }
  if (field.root !== 'entry' && field.root !== 'event') return undefined;
  if (field.root === 'entry' || place.scope === 'entry') {
    const properties = journey === undefined ? undefined : entryProperties(journey.entry, vocabulary);
    return journey === undefined || properties === undefined
      ? undefined
      : { event: entryEvent(journey.entry), properties };
  }
  const { event } = place;
  const properties = event === undefined ? undefined : eventProperties(vocabulary, event);
  return event === undefined || properties === undefined ? undefined : { event, properties };
}

/** The type of a field by the vocabulary; undefined where its name is not known. */
export function typeOfField(
  field: Field,
  place: ConditionPlace,
  context: FieldContext,
  vocabulary: Vocabulary,
): ValueType | undefined {
  if (field.root === 'run') return 'number';
  const name = nameWithin(field);
  if (field.root === 'profile') return traitType(vocabulary, name);
  const names = namesFor(field, place, context, vocabulary);
  return names !== undefined && Object.hasOwn(names.properties, name) ? names.properties[name] : undefined;
}
