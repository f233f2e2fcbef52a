/** What `recommend` prints: items of the catalogue as settings ask for them. The same customer and event get the same items. */
import type { Recommendation } from '#lib/journey/recommendation.ts';
import type { Catalog, Item } from './catalog.ts';

/** Whom it is for: the variables that a recommendation may look at. */
export interface Subject {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly entry: Readonly<Record<string, unknown>>;
}

type Recommend = (subject: Subject) => Readonly<Record<string, readonly Item[]>>;

/** Sorts once; a list or item that is not there is left out. */
export function createRecommend(
  recommendations: Readonly<Record<string, Recommendation>>,
  catalog: Catalog,
): Recommend {
  const lists = Object.entries(recommendations).map(
    ([name, wanted]) => [name, wanted, candidates(wanted, catalog)] as const,
  );
  return (subject) =>
    Object.fromEntries(lists.map(([name, wanted, items]) => [name, chosen(wanted, items, subject)]));
}

/** Names of entry properties that decide what is recommended: a run keeps them for the message. */
export function entryPropertiesOf({ same, except }: Recommendation): string[] {
  return [...Object.values(same ?? {}), ...(except === undefined ? [] : [except])]
    .filter((field) => field.startsWith('entry.'))
    .map((field) => field.slice('entry.'.length));
}

function candidates({ from, ids, best }: Recommendation, catalog: Catalog): readonly Item[] {
  const list = Object.hasOwn(catalog, from) ? (catalog[from] ?? {}) : {};
  if (ids !== undefined)
    return ids.flatMap((id) => {
      const item = Object.hasOwn(list, id) ? list[id] : undefined;
      return item === undefined ? [] : [item];
    });
  return Object.values(list).toSorted(
    (a, b) => numberOf(b, best) - numberOf(a, best) || (String(a['id']) < String(b['id']) ? -1 : 1),
  );
}

function chosen(
  { same, except, most }: Recommendation,
  items: readonly Item[],
  subject: Subject,
): readonly Item[] {
  const left = except === undefined ? undefined : valueOf(except, subject);
  const others = left === undefined ? items : items.filter((item) => item['id'] !== left);
  const wanted = Object.entries(same ?? {}).map(([name, field]) => [name, valueOf(field, subject)] as const);
  if (wanted.length === 0 || wanted.some(([, value]) => value === undefined)) return others.slice(0, most);
  const isAlike = (item: Item): boolean => wanted.every(([name, value]) => item[name] === value);
  return [...others.filter((item) => isAlike(item)), ...others.filter((item) => !isAlike(item))].slice(
    0,
    most,
  );
}

function valueOf(field: string, subject: Subject): unknown {
  const [root, name = ''] = field.split('.');
  const values = root === 'profile' ? subject.profile : subject.entry;
  return Object.hasOwn(values, name) ? (values[name] ?? undefined) : undefined;
}

function numberOf(item: Item, name: string | undefined): number {
  const value = name === undefined ? undefined : item[name];
  return typeof value === 'number' ? value : Number.NEGATIVE_INFINITY;
}
