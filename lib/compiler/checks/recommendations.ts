// What settings recommend has to be in the catalogue: the list, hand-picked items, the properties that items are chosen by.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { Recommendation } from '#lib/journey/recommendation.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';

/**
 * The names of a catalogue: list → ids of its items, and the properties that they have; `values` of those that have a few, each for several
 * items (a category, a brand).
 */
export type CatalogNames = Readonly<
  Record<
    string,
    {
      readonly ids: readonly string[];
      readonly properties: readonly string[];
      readonly values?: Readonly<Record<string, readonly string[]>>;
    }
  >
>;

export function* checkRecommendation(
  { from, ids = [], best, same = {} }: Recommendation,
  path: JsonPath,
  catalog: CatalogNames,
): Generator<Finding> {
  const list = Object.hasOwn(catalog, from) ? catalog[from] : undefined;
  if (list === undefined) {
    const facts = { what: 'list' as const, name: from, list: from, known: Object.keys(catalog) };
    yield finding('unknown-in-catalog', [...path, 'from'], facts);
    return;
  }
  for (const [index, id] of ids.entries())
    if (!list.ids.includes(id))
      yield finding('unknown-in-catalog', [...path, 'ids', index], {
        what: 'item',
        name: id,
        list: from,
        known: list.ids,
      });
  const property = { what: 'property' as const, list: from, known: list.properties };
  if (best !== undefined && !list.properties.includes(best))
    yield finding('unknown-in-catalog', [...path, 'best'], { ...property, name: best });
  for (const name of Object.keys(same))
    if (!list.properties.includes(name))
      yield findingAtKey('unknown-in-catalog', [...path, 'same', name], { ...property, name });
}
