/**
 * Values that a field is compared with and never has: a topic, channel or frequency that there is not. Where other values are possible but
 * one that is known is close by (the words of providers, what the catalogue has in a column), it is only asked whether that was meant.
 */
import { builtInValues, type BuiltInValues, type NamedThings } from '#lib/journey/built-in-values.ts';
import type { Compare } from '#lib/journey/conditions/condition.ts';
import { fieldName } from '#lib/journey/conditions/field.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { BUILT_IN_EVENTS, BUILT_IN_TRAITS } from '#lib/journey/vocabulary.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { closest } from '../diagnostics/suggestion.ts';
import type { ConditionCheck, ConditionContext, ConditionPlace } from './condition-context.ts';
import { comparesOf, namesFor, nameWithin } from './condition-fields.ts';

/** Kinds of bounces, which are easily looked for under the reason. */
const KINDS_OF_BOUNCE = ['hard', 'soft'];

export const knownValues: ConditionCheck = function* knownValues(context) {
  const { settings } = context;
  if (settings === undefined) return;
  for (const place of context.conditions)
    for (const compare of comparesOf(place))
      for (const { value, index } of comparedTexts(compare)) {
        const path = [...place.path, ...compare.path, ...(index === undefined ? [] : [index])];
        yield* checkValue(value, compare, place, { ...context, settings }, path);
      }
};

function* checkValue(
  value: string,
  { field }: Compare,
  place: ConditionPlace,
  context: ConditionContext & { readonly settings: Settings },
  path: Finding['path'],
): Generator<Finding> {
  const names = namesFor(field, place, context, context.settings.vocabulary);
  if (names === undefined) return;
  const [name, property] = [fieldName(field), nameWithin(field)];
  const event = 'event' in names ? names.event : undefined;
  const known = event === undefined ? undefined : builtInValues(event, property);
  if (known !== undefined) {
    const values = valuesOf(known, context);
    if (values.includes(value)) return;
    if (known.kind !== 'words') {
      yield finding('value-never-occurs', path, { name, value, known: values });
      return;
    }
    const kind = event === 'Message Bounced' ? KINDS_OF_BOUNCE.find((one) => isOf(one, value)) : undefined;
    const meant = kind ?? closest(value, values);
    if (meant !== undefined)
      yield finding('value-misspelt', path, {
        name,
        value,
        meant:
          kind === undefined ? { value: meant } : { field: name.replace(/reason$/, 'type'), value: kind },
        from: 'providers',
      });
    return;
  }
  if (event !== undefined && Object.hasOwn(BUILT_IN_EVENTS, event)) return;
  const column = columnOf(property, context);
  if (column === undefined || column.values.includes(value)) return;
  const meant = closest(value, column.values);
  if (meant !== undefined)
    yield finding('value-misspelt', path, { name, value, meant: { value: meant }, from: column.list });
}

/** "hard", "hard bounce", "Hard-Bouce". */
function isOf(kind: string, value: string): boolean {
  return value.toLowerCase().startsWith(kind);
}

/** The texts that a field is said to be or not to be. */
function comparedTexts({ operator, value }: Compare): { readonly value: string; readonly index?: number }[] {
  if (!['eq', 'ne', 'in', 'notIn'].includes(operator)) return [];
  if (typeof value === 'string') return [{ value }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown, index) => (typeof one === 'string' ? [{ value: one, index }] : []));
}

function valuesOf(
  known: BuiltInValues,
  { settings, messages, journeys }: ConditionContext & { readonly settings: Settings },
): readonly string[] {
  if (known.kind !== 'names') return known.values;
  const named: Record<NamedThings, () => readonly string[]> = {
    topics: () => Object.keys(settings.topics),
    journeys: () => [...journeys],
    messages: () => [...messages.keys()],
    traits: () => [...Object.keys(settings.vocabulary.traits), ...Object.keys(BUILT_IN_TRAITS)],
  };
  return [...named[known.of](), ...known.also];
}

/** The list of the catalogue that has a column of this name with a few values, each of several items. */
function columnOf(
  property: string,
  { catalog = {} }: ConditionContext,
): { readonly list: string; readonly values: readonly string[] } | undefined {
  for (const [list, { values = {} }] of Object.entries(catalog)) {
    const own = Object.hasOwn(values, property) ? values[property] : undefined;
    if (own !== undefined) return { list, values: own };
  }
  return undefined;
}
