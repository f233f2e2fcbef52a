/**
 * The catalogue: what messages know of products, stores, whatever the workspace lists in `catalog/`. One file is one list: JSON, or
 * CSV with a header. Messages look items up by id when they are sent, so that a price of today is today's and no edit of a
 * product makes a new version of a journey.
 */
import { parse } from 'csv-parse/sync';
import { readJson } from './json-text.ts';

export type Item = Readonly<Record<string, unknown>>;

/** List → id → item. Every item has its `id`. */
export type Catalog = Readonly<Record<string, Readonly<Record<string, Item>>>>;

/** What is wrong with a file of the catalogue; lines and columns count from 1. */
export interface CatalogProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** More than this does not fit beside the code that sends. */
const MOST_ITEMS = 20_000;
/** A property of more values names single items, like a supplier's number, and sorts nothing. */
const MOST_VALUES = 200;
const NAME = /^([a-z][a-z0-9_]{0,59})\.(json|jsonc|csv)$/;

/** Reads the folder's texts by file name, such as `products.csv`. Files with a problem give an empty list. */
export function readCatalog(files: Readonly<Record<string, string>>): {
  readonly catalog: Catalog;
  readonly problems: readonly CatalogProblem[];
} {
  const lists = new Map<string, Readonly<Record<string, Item>>>();
  const problems: CatalogProblem[] = [];
  for (const [file, text] of Object.entries(files)) {
    const [, name, form] = NAME.exec(file) ?? [];
    const read =
      name === undefined ? misnamed(file) : form === 'csv' ? readCsv(file, text) : readList(file, text);
    if (name !== undefined && lists.has(name))
      problems.push(at(file, `the list "${name}" is written in two files`));
    if ('problem' in read) problems.push(read.problem);
    if (name !== undefined) lists.set(name, 'items' in read ? byId(read.items) : {});
  }
  return { catalog: Object.fromEntries(lists), problems };
}

/** What checks know of a list. */
interface ListNames {
  readonly ids: readonly string[];
  /** Those that any of its items has. */
  readonly properties: readonly string[];
  /** Property → its values, where it sorts the items: texts of which there are few, and at most half as many as items. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** For checks, by list. */
export function namesOf(catalog: Catalog): Readonly<Record<string, ListNames>> {
  return Object.fromEntries(
    Object.entries(catalog).map(([name, items]) => {
      const properties = [...new Set(Object.values(items).flatMap((item) => Object.keys(item)))];
      const sorting = properties.flatMap((property) => {
        const texts = Object.values(items).map((item) => item[property]);
        const distinct = [...new Set(texts)].filter((text) => typeof text === 'string');
        return distinct.length > 0 && distinct.length <= Math.min(MOST_VALUES, texts.length / 2)
          ? [[property, distinct] as const]
          : [];
      });
      return [name, { ids: Object.keys(items), properties, values: Object.fromEntries(sorting) }];
    }),
  );
}

type Read = { readonly items: readonly Item[] } | { readonly problem: CatalogProblem };

function readList(file: string, text: string): Read {
  const json = readJson(file, text);
  if ('code' in json) return { problem: { ...at(file, json.message), ...placeOf(json), hint: json.hint } };
  const { value, place } = json;
  const entries: readonly unknown[] = Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.entries(value).map(([id, item]) => (isObject(item) ? { ...item, id } : item))
      : [];
  if (!Array.isArray(value) && !isObject(value)) return { problem: at(file, 'this is no list of items') };
  const where = (index: number): Partial<CatalogProblem> =>
    placeOf(place([Array.isArray(value) ? index : (Object.keys(Object(value))[index] ?? '')]));
  return checked(file, entries, where);
}

function readCsv(file: string, text: string): Read {
  let rows: readonly unknown[];
  try {
    rows = parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : 'it cannot be read';
    const line = Number(/line (\d+)/.exec(said)?.[1] ?? 1);
    return { problem: { ...at(file, `this is not CSV: ${said.split('\n')[0]}`), line } };
  }
  const items = rows.map((row) =>
    Object.fromEntries(
      Object.entries(Object(row))
        .filter(([, value]) => value !== '')
        .map(([name, value]) => [name, name === 'id' ? value : typed(String(value))]),
    ),
  );
  return checked(file, items, (index) => ({ line: index + 2 }));
}

function checked(
  file: string,
  entries: readonly unknown[],
  where: (index: number) => Partial<CatalogProblem>,
): Read {
  if (entries.length === 0) return { problem: at(file, 'this list is empty') };
  if (entries.length > MOST_ITEMS)
    return { problem: at(file, `this list has ${entries.length} items; the most is ${MOST_ITEMS}`) };
  const items: Item[] = [];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const id = isObject(entry) ? entry['id'] : undefined;
    if (!isObject(entry) || (typeof id !== 'string' && typeof id !== 'number') || id === '')
      return { problem: { ...at(file, 'this item has no "id"'), ...where(index) } };
    if (seen.has(String(id)))
      return { problem: { ...at(file, `the id "${id}" is used by an earlier item`), ...where(index) } };
    seen.add(String(id));
    items.push({ ...entry, id: String(id) });
  }
  return { items };
}

function byId(items: readonly Item[]): Readonly<Record<string, Item>> {
  return Object.fromEntries(items.map((item) => [String(item['id']), item]));
}

/** Numbers and yes/no as such; "007" is no number. */
function typed(text: string): string | number | boolean {
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

function misnamed(file: string): Read {
  const problem = at(file, `"${file}" cannot be a list of the catalogue`);
  return {
    problem: {
      ...problem,
      hint: 'Lists are named like products.csv or products.json: lower-case letters, digits and "_".',
    },
  };
}

function at(file: string, message: string): CatalogProblem {
  return {
    file,
    line: 1,
    column: 1,
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
    hint: 'A list has items such as { "id": "lamp-3", "name": "Lamp", "price": 89.5 }; in CSV, a header with a column "id".',
  };
}

function placeOf({
  line = 1,
  column = 1,
}: {
  readonly line?: number;
  readonly column?: number;
}): Pick<CatalogProblem, 'line' | 'column'> {
  return { line, column };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
