// What was meant by a name in a condition that is neither a form nor says whose it is: "country" for "profile.country".
import { distance } from 'fastest-levenshtein';
import { entryProperties } from '#lib/journey/entry.ts';
import { eventProperties, BUILT_IN_TRAITS } from '#lib/journey/vocabulary.ts';
import { closest, listed } from '../diagnostics/suggestion.ts';
import type { ConditionContext, ConditionPlace } from './condition-context.ts';

/**
 * A hint for a bare name. A declared field of that very name comes first, then a form that is misspelt by a letter, then a
 * field of a similar name; else how a field is written.
 * @param forms names of the forms that a condition may have ("all", "reachable").
 */
export function hintForBareName(
  name: string,
  forms: readonly string[],
  place: ConditionPlace,
  context: Pick<ConditionContext, 'journey' | 'settings'>,
): string {
  const declared = declaredFields(place, context);
  const exact = declared.filter((field) => bareName(field) === name);
  if (exact.length > 0) return `Did you mean ${exact.map((field) => `"${field}"`).join(' or ')}?`;
  const word = OTHER_WORDS.get(name.toLowerCase());
  if (word !== undefined) return `Did you mean "${word}"?`;
  const root = ROOTS.get(name.toLowerCase());
  if (root !== undefined)
    return `A field is one name with a dot, such as ${root === 'profile' ? '"profile.country": "DE"' : `"${root}.…"`}.`;
  const form = forms.find((each) => name.length > 1 && distance(name.toLowerCase(), each) <= 1);
  if (form !== undefined) return `Did you mean "${form}"?`;
  const similar = closest(name, declared.map(bareName));
  const meant = declared.find((field) => bareName(field) === similar);
  if (meant !== undefined) return `Did you mean "${meant}"?`;
  const fields = [...(place.scope === 'segment' ? [] : [`${eventRoot(place)}.${name}`]), `profile.${name}`];
  return `A field is written with what it belongs to, such as ${fields.map((field) => `"${field}"`).join(' or ')}; else there is ${listed(forms)}.`;
}

/** What other languages call the forms. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['and', 'all'],
  ['or', 'any'],
  ['none', 'not'],
  ['nor', 'not'],
  ['conditions', 'all'],
  ['event', 'did'],
]);

/** Whose fields there are, also by the words of other products. */
const ROOTS: ReadonlyMap<string, string> = new Map([
  ...['profile', 'customer', 'user', 'contact', 'person', 'traits'].map((word) => [word, 'profile'] as const),
  ['entry', 'entry'],
  ['saved', 'saved'],
]);

/** Branches and exits with "when" have no event at hand: what they can ask is the one that let the customer in. */
function eventRoot({ scope }: ConditionPlace): 'event' | 'entry' {
  return scope === 'when' ? 'entry' : 'event';
}

function declaredFields(
  place: ConditionPlace,
  { journey, settings }: Pick<ConditionContext, 'journey' | 'settings'>,
): string[] {
  if (settings === undefined) return [];
  const { vocabulary } = settings;
  const isEntry = place.event === undefined || place.scope === 'entry';
  const ofEntry = journey === undefined ? undefined : entryProperties(journey.entry, vocabulary);
  const ofEvent = place.event === undefined ? undefined : eventProperties(vocabulary, place.event);
  const properties = (isEntry ? ofEntry : ofEvent) ?? {};
  const traits = { ...BUILT_IN_TRAITS, ...vocabulary.traits };
  return [
    ...Object.keys(properties).map((property) => `${eventRoot(place)}.${property}`),
    ...Object.keys(traits).map((trait) => `profile.${trait}`),
  ];
}

function bareName(field: string): string {
  return field.slice(field.indexOf('.') + 1);
}
