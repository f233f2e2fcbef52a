// Items as DynamoDB's JSON protocol writes them: `{ "pk": { "S": "a" }, "count": { "N": "1" } }`, binaries as base64.
import { isObject, type Json, type JsonObject } from '../asl/json.ts';

export type Item = { readonly [attribute: string]: JsonObject };

/** The item's key attributes. */
export function keysOf(item: Item, keyNames: readonly string[]): Item {
  return Object.fromEntries(
    keyNames.flatMap((name) => (item[name] === undefined ? [] : [[name, item[name]]])),
  );
}

/**
 * One text for each item of a table, from its stored key; numbers of stored keys are always written alike.
 * undefined: what is given is no key of this table, which the database refuses.
 */
export function keyText(item: unknown, keyNames: readonly string[]): string | undefined {
  if (!isObject(item)) return undefined;
  const texts: string[] = [];
  for (const name of keyNames) {
    const value = item[name];
    if (!isObject(value)) return undefined;
    const text = value['S'] ?? value['B'] ?? value['N'];
    if (typeof text !== 'string') return undefined;
    texts.push(text);
  }
  return JSON.stringify(texts);
}

/** As `keyText`, for a key as a client wrote it: 1 and 1.0 are one item. Two numbers of more than 17 digits may share a text. */
export function requestedKeyText(item: unknown, keyNames: readonly string[]): string | undefined {
  if (!isObject(item)) return undefined;
  const written = keyNames.map((name) => {
    const value = item[name];
    const isNumber = isObject(value) && typeof value['N'] === 'string';
    return [name, isNumber ? { N: String(Number(value['N'])) } : value];
  });
  return keyText(Object.fromEntries(written), keyNames);
}

/** Whether the database stores exactly what is written here: one type for each value, and no number that it would write otherwise. */
export function isStoredVerbatim(item: Item): boolean {
  return Object.values(item).every(isVerbatim);
}

const PLAIN_NUMBER = /^(?:0|-?[1-9]\d{0,30})$/;

function isVerbatim(value: unknown): boolean {
  if (!isObject(value)) return false;
  const types = Object.keys(value);
  const [type = ''] = types;
  const held = value[type];
  if (types.length !== 1) return false;
  switch (type) {
    case 'S':
    case 'B':
      return typeof held === 'string';
    case 'N':
      return typeof held === 'string' && PLAIN_NUMBER.test(held);
    case 'BOOL':
    case 'NULL':
      return typeof held === 'boolean';
    case 'SS':
    case 'BS':
      return Array.isArray(held) && held.every((element) => typeof element === 'string');
    case 'L':
      return Array.isArray(held) && held.every(isVerbatim);
    case 'M':
      return isObject(held) && Object.values(held).every(isVerbatim);
    default:
      return false;
  }
}

/** Whether two items are the same to DynamoDB: neither attributes nor the elements of a set have an order. */
export function isSameItem(one: Item | undefined, other: Item | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return JSON.stringify(one) === JSON.stringify(other) || ordered(one) === ordered(other);
}

const SETS = new Set(['SS', 'NS', 'BS']);

function ordered(item: Item): string {
  return JSON.stringify(item, (name, value: unknown) => {
    if (Array.isArray(value))
      return SETS.has(name) ? (value as readonly string[]).toSorted(byCode) : (value as unknown);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => byCode(a, b)));
  });
}

const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Bytes that DynamoDB counts: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
}

/** What a list or map takes beside its elements, and an element beside its value. */
const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

function valueBytes(value: JsonObject): number {
  const [[type, held] = ['', null]] = Object.entries(value);
  const text = typeof held === 'string' ? held : '';
  switch (type) {
    case 'S':
      return Buffer.byteLength(text);
    case 'B':
      return Buffer.byteLength(text, 'base64');
    case 'N':
      // Two digits take a byte, and there is one more; leading and trailing zeros take none.
      return Math.ceil(text.replaceAll(/^-?0*\.?0*|\.|0+$/g, '').length / 2) + 1;
    case 'SS':
    case 'NS':
    case 'BS':
      return elements(held).reduce<number>((sum, one) => sum + valueBytes({ [type.slice(0, 1)]: one }), 0);
    case 'L':
      return elements(held).reduce<number>(
        (sum, one) => sum + ELEMENT_BYTES + valueBytes(one as JsonObject),
        CONTAINER_BYTES,
      );
    case 'M':
      return Object.entries(held as JsonObject).reduce(
        (sum, [name, one]) => sum + ELEMENT_BYTES + Buffer.byteLength(name) + valueBytes(one as JsonObject),
        CONTAINER_BYTES,
      );
    default:
      return 1;
  }
}

const elements = (held: Json): readonly Json[] => held as readonly Json[];
